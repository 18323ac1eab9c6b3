"""The formal steps behind a routing, and what an objection can come to (DOMAIN §1.3)."""

from backend.codebook.base import LabelEnum
from backend.codebook.household import Labour
from backend.codebook.living import Need


class Step(LabelEnum):
    """A dated step of a procedure; reference/procedures.yaml says which procedure has which, and until when."""

    ACCEPTED = "accepted", "受理"
    AID_GIVEN = "aid_given", "先行救助"
    CHECK_STARTED = "check_started", "核对启动"
    SURVEYED = "surveyed", "入户调查"
    ASSESSED = "assessed", "自理评估"
    EXAMINED = "examined", "乡镇查验"
    FIRST_OPINION = "first_opinion", "初审"
    FEDERATION = "federation", "残联审核"
    PUBLIC = "public", "公示"
    CONTESTED = "contested", "公示异议"
    CONFIRMED = "confirmed", "审核确认"
    TOLD = "told", "书面告知"
    PROMISED = "promised", "承诺授权"
    COMPARED = "compared", "信息比对"
    WEIGHED = "weighed", "民主评议"
    TOWN_OPINION = "town_opinion", "乡镇初审"
    COUNTY_DECIDED = "county_decided", "县审定"
    ANNOUNCED = "announced", "公告"
    ENTERED = "entered", "系统录入"
    MEASURE = "measure", "采取措施"
    FEEDBACK = "feedback", "首次反馈"
    FINISHED = "finished", "办结"
    PROLONGED = "prolonged", "特殊情况延长"


class DecisionDetail(LabelEnum):
    """What exactly a household was included as (DOMAIN §5.2 T3)."""

    CLASS_1 = "class_1", "一类"
    CLASS_2 = "class_2", "二类"
    CLASS_3 = "class_3", "三类"
    CLASS_4 = "class_4", "四类"
    SCATTERED = "scattered", "分散供养"
    TOGETHER = "together", "集中供养"
    URGENT = "urgent", "急难型"
    EXPENSE = "expense", "支出型"
    ORPHAN = "orphan", "孤儿"
    UNSUPPORTED = "unsupported", "事实无人抚养儿童"
    LIVING = "living", "困难残疾人生活补贴"
    NURSING = "nursing", "重度残疾人护理补贴"


# category → the details it may have
DETAILS = {
    "dibao": (DecisionDetail.CLASS_1, DecisionDetail.CLASS_2, DecisionDetail.CLASS_3, DecisionDetail.CLASS_4),
    "tekun": (DecisionDetail.SCATTERED, DecisionDetail.TOGETHER),
    "temporary": (DecisionDetail.URGENT, DecisionDetail.EXPENSE),
    "child": (DecisionDetail.ORPHAN, DecisionDetail.UNSUPPORTED),
    "disability": (DecisionDetail.LIVING, DecisionDetail.NURSING),
}


class ObjectionOutcome(LabelEnum):
    UPHELD = "upheld", "维持原来的结果"
    REOPENED = "reopened", "重新办"


class LabourCapacity(LabelEnum):
    """What a household can do for itself; a 帮扶计划 begins with it."""

    ABLE = "able", "有劳动力"
    WEAK = "weak", "只有弱劳动力"
    NONE = "none", "整户无劳动力"


# What somebody's own labour says of the household, the strongest member first.
CAPACITY_OF = {
    Labour.SKILLED: LabourCapacity.ABLE,
    Labour.ORDINARY: LabourCapacity.ABLE,
    Labour.WEAK: LabourCapacity.WEAK,
    Labour.LOST: LabourCapacity.NONE,
    Labour.NONE: LabourCapacity.NONE,
}

# What helps whom: shown first when a plan is made. The last row is also a rule: without labour, not work alone.
FITTING_NEEDS = {
    LabourCapacity.ABLE: (Need.INDUSTRY, Need.JOB, Need.FINANCE, Need.PUBLIC_JOB),
    LabourCapacity.WEAK: (Need.PUBLIC_JOB, Need.SOCIAL, Need.SECURITY),
    LabourCapacity.NONE: (Need.SECURITY, Need.CARE, Need.SOCIAL),
}
WORK_NEEDS = (Need.INDUSTRY, Need.JOB, Need.FINANCE, Need.PUBLIC_JOB)
