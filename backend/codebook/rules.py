"""What a county may choose when it changes a rule of the hints or writes one of its own (DOMAIN §3.4)."""

from backend.codebook.base import LabelEnum


class RuleAssistance(LabelEnum):
    """What a rule of the county's own is about."""

    DIBAO = "dibao", "农村低保"
    TEKUN = "tekun", "特困供养"
    TEMPORARY = "temporary", "临时救助"
    CHILD = "child", "孤儿、事实无人抚养儿童"
    DISABILITY = "disability", "残疾人两项补贴"
    MONITOR = "monitor", "防返贫监测"
    EDUCATION = "education", "义务教育"
    MEDICAL = "medical", "基本医疗"
    HOUSING = "housing", "住房安全"
    WATER = "water", "饮水安全"


class RuleUse(LabelEnum):
    """Whether a rule looks at a condition."""

    MUST = "must", "必须满足"
    SHOULD = "should", "也看"
    UNUSED = "unused", "不看"


class RuleJoin(LabelEnum):
    ALL = "all", "全部满足"
    ANY = "any", "任一满足"


class Operator(LabelEnum):
    """How a fact is compared; the first four compare numbers."""

    AT_LEAST = "at_least", "不少于"
    AT_MOST = "at_most", "不多于"
    ABOVE = "above", "多于"
    BELOW = "below", "少于"
    IN = "in", "是"
    NOT_IN = "not_in", "不是"
    HAS = "has", "有"
    HAS_NOT = "has_not", "没有"
