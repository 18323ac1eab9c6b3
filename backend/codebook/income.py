"""S3 income and S4 expenses of the last twelve months: the lines. Which of them a definition counts is a dated parameter.

`dibao` is the low-income definition (民发〔2021〕57号 第13条), `tekun` differs from it where 特困人员认定办法
第6条 does, `monitor` is the one of relapse prevention (全国防返贫监测信息采集表).
"""

from backend.codebook.base import LabelEnum


class IncomeLine(LabelEnum):
    """S3; E1–E4 are the costs of production, T- is what the household pays to others."""

    W1 = "W1", "务工收入"
    W2 = "W2", "公益性岗位收入"
    W3 = "W3", "其他工资收入"
    B1 = "B1", "种植收入"
    B2 = "B2", "养殖收入"
    B3 = "B3", "经商、运输、手工"
    E1 = "E1", "种植本钱"
    E2 = "E2", "养殖本钱"
    E3 = "E3", "林果本钱"
    E4 = "E4", "其他生产经营本钱"
    P1 = "P1", "土地流转、房屋租金"
    P2 = "P2", "分红、利息"
    T1 = "T1", "职工养老金、离退休金"
    T2 = "T2", "城乡居民基础养老金"
    T3 = "T3", "赡养费、抚养费"
    T4 = "T4", "低保金、特困供养金、临时救助"
    T5 = "T5", "残疾人两项补贴"
    T6 = "T6", "优待抚恤、计生奖扶、奖学金"
    T7 = "T7", "耕地补贴、退耕还林、生态补偿"
    T8 = "T8", "高龄津贴"
    T9 = "T9", "赔偿、捐赠、保险理赔"
    T_OUT = "T-", "社保缴费、给付赡养费"


class ExpenseLine(LabelEnum):
    """S4; what the household paid itself, receipts beside it (刚性支出困难家庭认定办法 第5条)."""

    M1 = "M1", "住院自付（合规）"
    M2 = "M2", "门诊慢特病自付"
    M3 = "M3", "异地就医交通、住宿"
    E1 = "E1", "学费、保教费"
    E2 = "E2", "上学住宿费"
    R1 = "R1", "残疾康复、辅具自付"
    D1 = "D1", "灾害损失、重建"
    A1 = "A1", "意外事故支出"
    H1 = "H1", "住房修缮、危改自筹"
    WT = "Wt", "饮水设施"
    F = "F", "护理费"
    X = "X", "其他"


class EmploymentCost(LabelEnum):
    """How the county deducts the cost of going to work (57号 第13条末款); a dated parameter."""

    PERCENT = "percent", "按工资的比例"
    PERCENT_OF_MINIMUM = "percent_of_minimum", "按最低工资的比例"
    FIXED = "fixed", "每人定额"
    RECEIPTS = "receipts", "凭票据"


class SumLine(LabelEnum):
    """The lines of a sum that are no line of S3."""

    WAGES = "wages", "工资"
    FARMING = "farming", "种养"
    BUSINESS = "business", "经商、运输、手工"
    PROPERTY = "property", "租金、分红、利息"
    TRANSFER = "transfer", "养老金、补贴"
    COSTS = "costs", "种养、经营本钱"
    NET = "net", "家庭纯收入"
    EMPLOYMENT = "employment", "就业成本"
    RIGID = "rigid", "刚性支出扣减"
    TOTAL = "total", "合计"
    PEOPLE = "people", "人均"
    CLAIMS = "claims", "人均理赔收入"
    SELF_PAID = "self_paid", "人均合规自付"
    AFTER = "after", "扣自付后人均"


class SumReason(LabelEnum):
    """Why a line of a sum is what it is."""

    NOT_COUNTED = "not_counted", "不计"
    ONLY_HERE = "only_here", "只在这个算法里算"
    EXEMPTED = "exempted", "县里规定不计"
    NOT_SET = "not_set", "县里没设，按 0"
    NO_RECEIPT = "no_receipt", "没有票据的没有扣"
    CAPPED = "capped", "到上限为止"


# Taken off where a definition counts them.
SUBTRACTED_LINES = ("E1", "E2", "E3", "E4", "T-")
# 家庭理赔收入: where relapse prevention counts it, it stands beside the net income.
CLAIM_LINE = "T9"
# Where what was spent on a kind of production is asked beside its income.
COST_LINES: dict[str, str] = {"B1": "E1", "B2": "E2", "B3": "E4"}
DEDUCTION_CLAUSE = "民发〔2021〕57号 第13条"


def flag_key(definition: str, line: str) -> str:
    """The dated parameter that says whether `definition` (dibao, tekun, monitor) counts a line."""
    return f"counts_{definition}_{line}"
