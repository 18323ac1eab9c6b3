"""Dated parameters that a county may set: what each is called, what kind of value it takes, where it belongs."""

from dataclasses import dataclass

from backend import rulebook
from backend.codebook.base import LabelEnum
from backend.codebook.income import SUBTRACTED_LINES, IncomeLine, flag_key


class ProposalState(LabelEnum):
    """What became of a value that somebody proposed; only an approved one ever holds."""

    PROPOSED = "proposed", "等批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "没批准"
    WITHDRAWN = "withdrawn", "撤回了"


class ParameterGroup(LabelEnum):
    LINES = "lines", "两条线"
    INCOME = "income", "哪些收入计入"
    DEDUCTIONS = "deductions", "就业成本和刚性支出"
    PROPERTY = "property", "财产"
    MONITOR = "monitor", "防返贫监测"
    HARDSHIP = "hardship", "刚性支出困难家庭"
    TERMS = "terms", "期限和比对"
    REVIEW = "review", "乡镇研判"
    STEPS = "steps", "办理期限"
    RULES = "rules", "规则"


class MonitorBasis(LabelEnum):
    """Which figure per head is compared with 监测范围."""

    NET = "net", "扣自付以前的人均"
    REFERENCE = "reference", "扣自付以后的人均"


@dataclass(frozen=True, slots=True)
class ParameterField:
    """One parameter. `kind` is yuan (whole fen), number, yes_no, choice, codes, rules (ids), phones, calendar
    (not typed) or rule (a changed rule, written on a page of its own).

    `codes` names a codebook; numbers lie from `least` to `most` (yuan: in fen); `may_be_none`: none of the codes is
    an answer, too.
    """

    key: str
    group: ParameterGroup
    label: str
    kind: str
    unit: str = ""
    codes: str = ""
    hint: str = ""
    least: int = 0
    most: int = 1_000_000_000
    may_be_none: bool = True


_L, _I, _D, _P, _M, _H, _T, _V, _S, _R = ParameterGroup


def _days(unit: str, group: ParameterGroup = _S, **labels: str) -> tuple[ParameterField, ...]:
    return tuple(
        ParameterField(f"{key}_days", group, label, "number", unit, least=1, most=365) for key, label in labels.items()
    )


def _counts(definition: str, words: str, *lines: IncomeLine) -> tuple[ParameterField, ...]:
    """Whether a definition counts each of these lines of S3, or takes it off."""
    said = ((line, "减去" if line.value in SUBTRACTED_LINES else "计入") for line in lines)
    return tuple(
        ParameterField(flag_key(definition, line.value), _I, f"{words}{verb}：{line.standard}", "yes_no")
        for line, verb in said
    )


PARAMETER_FIELDS: tuple[ParameterField, ...] = (
    ParameterField("dibao_standard_fen", _L, "农村低保标准", "yuan", "元/人年", least=100),
    ParameterField("monitor_range_fen", _L, "防返贫监测范围", "yuan", "元/人年", least=100),
    ParameterField("monitor_basis", _L, "监测范围拿哪个人均比", "choice", codes="MonitorBasis"),
    ParameterField("self_paid_lines", _L, "算合规自付的支出", "codes", codes="ExpenseLine"),
    ParameterField("marginal_percent", _L, "低保边缘是低保标准的", "number", "%", least=100, most=500),
    ParameterField("last_year_income_fen", _L, "上年度当地居民人均可支配收入", "yuan", "元/人年", least=100),
    ParameterField("minimum_wage_fen", _L, "最低工资", "yuan", "元/月", least=100),
    *_counts("dibao", "低保", *IncomeLine),
    *_counts("tekun", "特困", IncomeLine.T8),
    *_counts("monitor", "防返贫", *IncomeLine),
    ParameterField("employment_cost_mode", _D, "就业成本怎么扣", "choice", codes="EmploymentCost"),
    ParameterField("employment_cost_percent", _D, "就业成本的比例", "number", "%", most=100),
    ParameterField("employment_cost_fixed_fen", _D, "就业成本定额", "yuan", "元/人年"),
    ParameterField("rigid_lines", _D, "低保可扣的刚性支出", "codes", codes="ExpenseLine"),
    ParameterField("rigid_cap_fen", _D, "刚性支出扣减上限", "yuan", "元/人年"),
    ParameterField("rigid_needs_receipt", _D, "刚性支出要有票据才扣", "yes_no"),
    ParameterField("dibao_exempt_lines", _D, "县里另行规定不计的收入", "codes", codes="IncomeLine"),
    ParameterField("fin_asset_cap", _P, "金融资产上限", "number", "倍（年标准 × 人数）", most=100),
    ParameterField("house_max", _P, "房屋最多", "number", "处", most=20),
    ParameterField("commercial_house", _P, "商品房、商铺不用核实", "yes_no", hint="选“否”：有商品房、商铺要核实"),
    ParameterField("vehicle_price_cap_fen", _P, "车辆现值上限", "yuan", "元"),
    ParameterField("vehicle_exempt", _P, "豁免的车", "codes", codes="VehicleKind"),
    ParameterField("machine_cap_fen", _P, "大型农机具现值上限", "yuan", "元"),
    ParameterField("biz_exempt", _P, "豁免的工商登记", "codes", codes="BusinessState"),
    ParameterField("biz_profit_cap_fen", _P, "经营年净利上限", "yuan", "元/年"),
    ParameterField("other_negative", _P, "要核实的高消费情形", "codes", codes="OtherWealth"),
    ParameterField("monitor_rigid_percent", _M, "刚性支出较大是占收入的", "number", "%", least=1, most=1000),
    ParameterField("monitor_car_cap_fen", _M, "消费性轿车现值上限", "yuan", "元"),
    ParameterField("rigid_share_percent", _H, "刚性支出占收入的比例", "number", "%", least=1, most=1000),
    ParameterField("rigid_fin_asset_cap", _H, "金融资产上限", "number", "倍（年标准 × 人数）", most=100),
    ParameterField("rigid_vehicle_cap_fen", _H, "车辆、农机具现值上限", "yuan", "元"),
    ParameterField("visit_limit_days", _T, "入户期限", "number", "天", least=1, most=60, hint="只管以后发布的预警，定好的期限不改"),
    ParameterField("visit_count_mode", _T, "期限怎么数", "choice", codes="CountMode", hint="只管以后发布的预警"),
    ParameterField("visit_roll_forward", _T, "最后一天是休息日就顺延", "yes_no", hint="只管以后发布的预警"),
    *_days("个工作日", _T, bp_visit="一键报贫：从申报到入户", bp_total="一键报贫：从申报到办完"),
    *_days("天", _T, bp_feedback="一键报贫：核查完到告诉本人"),
    *_days("天", _T, office_assign="乡镇：从预警到派单", office_review="乡镇：从交来到研判", office_route="乡镇：从研判到转办"),
    ParameterField("workday_exceptions", _T, "放假和调休的日子", "calendar", "天"),
    ParameterField("temporary_window_months", _T, "临时救助算在享的窗口", "number", "个月", most=60),
    ParameterField("disability_only_is_receiving", _T, "只领残疾人两项补贴也算在享", "yes_no"),
    ParameterField(
        "joint_review", _V, "两个办公室联合研判", "yes_no",
        hint="选“是”：民政办和乡村振兴办都同意才算通过，每个乡镇先要有两个办公室的账号",
    ),
    *_days(
        "个工作日", routing_accept="转办受理", dibao_survey_start="低保：启动入户调查", dibao_check_start="低保：启动核对",
        dibao_county="低保：县里审核确认", dibao_reject_notice="低保：不批的书面告知", dibao_total="低保：从受理到确认",
        dibao_total_ext="低保：特殊情况延长到", dibao_total_delegated="低保：委托乡镇审核确认的，从受理到确认",
        tekun_town="特困：乡镇初审", tekun_county="特困：县里审核确认", tekun_reject_notice="特困：不批的书面告知",
        temporary_county="临时救助：县里审核确认", temporary_papers="临时救助：急难型补手续",
        child_town="事实无人抚养：乡镇查验", child_county="事实无人抚养：县里确认", single_accept="单项：受理",
        single_feedback="单项：反馈结果", material="补材料", objection_answer="复核答复",
    ),
    *_days(
        "天", dibao_public="低保：公示", tekun_public="特困：公示", temporary_public="临时救助：公示",
        monitor_total="防返贫监测：从转来到纳入", monitor_public="防返贫监测：公示", objection="告知后多久能申请复核",
    ),
    ParameterField("dibao_delegated", _S, "低保审核确认委托给乡镇", "yes_no", hint="选“是”：从受理到确认按委托的工作日算"),
    ParameterField("supervision_phones", _S, "监督电话", "phones", hint="一个或几个，用顿号隔开"),
    ParameterField("rules_off", _R, "停用的规则", "rules", hint="勾上的规则从那天起不再提示"),
)  # fmt: skip
_TITLES = {rule["id"]: rule["title"] for rule in rulebook.rulebook()["rules"]}
RULE_FIELDS: tuple[ParameterField, ...] = tuple(
    ParameterField(key, _R, f"规则 {one} {_TITLES.get(one, '')}".rstrip(), "rule")
    for key, one in rulebook.rule_keys().items()
)
PARAMETER_BY_KEY: dict[str, ParameterField] = {one.key: one for one in (*PARAMETER_FIELDS, *RULE_FIELDS)}
