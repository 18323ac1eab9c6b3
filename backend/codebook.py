"""Every coded value and its Chinese label. Codes go to the database and the wire, labels to screens.

Labels follow甘民发〔2023〕53号 and the forms of the national relapse-prevention system.
"""

from enum import StrEnum


class LabelEnum(StrEnum):
    """A code with a label: `CODE = "code", "标签"`."""

    label: str

    def __new__(cls, code: str, label: str) -> "LabelEnum":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Role(LabelEnum):
    GRID_WORKER = "grid_worker", "防贫监测网格员"
    WORK_TEAM = "work_team", "驻村帮扶工作队"
    ASSISTANCE_AIDE = "assistance_aide", "社会救助协理员"
    TOWNSHIP_COORDINATOR = "township_coordinator", "乡镇经办"
    COUNTY_RELAPSE_PREVENTION = "county_relapse_prevention", "县乡村振兴"
    COUNTY_SOCIAL_ASSISTANCE = "county_social_assistance", "县民政"
    LINE_DEPARTMENT = "line_department", "行业部门"
    CITY_SUPERVISOR = "city_supervisor", "市督导"
    PROVINCE_SUPERVISOR = "province_supervisor", "省督导"
    ADMINISTRATOR = "administrator", "系统管理"


FIELD_ROLES = (Role.GRID_WORKER, Role.WORK_TEAM, Role.ASSISTANCE_AIDE)
COUNTY_ROLES = (Role.COUNTY_RELAPSE_PREVENTION, Role.COUNTY_SOCIAL_ASSISTANCE)
SUPERVISOR_ROLES = (Role.CITY_SUPERVISOR, Role.PROVINCE_SUPERVISOR)


class RosterKind(LabelEnum):
    DIBAO = "dibao", "农村低保"
    TEKUN = "tekun", "特困供养"
    TEMPORARY = "temporary", "临时救助"
    ORPHAN = "orphan", "孤儿"
    UNSUPPORTED = "unsupported", "事实无人抚养儿童"
    DISABILITY = "disability", "残疾人两项补贴"


class RosterRole(LabelEnum):
    """In whose capacity an ID stands in a roster row; only the first three receive anything."""

    SELF = "self", "本人"
    HEAD = "head", "户主"
    MEMBER = "member", "保障成员"
    GUARDIAN = "guardian", "监护人"
    CARER = "carer", "照料人"
    COLLECTOR = "collector", "代领人"
    FATHER = "father", "父亲"
    MOTHER = "mother", "母亲"
    OTHER = "other", "其他关系人"


class ComparisonCode(LabelEnum):
    DUP = "DUP", "重复申报"
    M1 = "M1", "本人在享"
    M2 = "M2", "证号同姓名异"
    M3 = "M3", "疑似同一人"
    M6 = "M6", "仅为关系人"
    M7 = "M7", "曾享受已停"
    M8 = "M8", "窗口期内临时救助"
    M9 = "M9", "未命中"
    MX = "MX", "证号无效"


class ComparisonAnswer(LabelEnum):
    """What a person says to a weak match (M2, M3) or an invalid number (MX)."""

    SAME_PERSON = "same_person", "同一人"
    NOT_SAME = "not_same", "不是同一人"
    CORRECTED = "corrected", "补正证号"
    INVALID = "invalid", "无法联系，退回来源"


class Stage(LabelEnum):
    """Summary of where a case stands; kept in step by the verbs."""

    WARNED = "warned", "待派单"
    ASSIGNED = "assigned", "待入户"
    SUBMITTED = "submitted", "待研判"
    RETURNED = "returned", "退回补正"
    REVIEWED = "reviewed", "待转办"
    ROUTED = "routed", "办理中"
    CLOSED = "closed", "办结"


class Duty(LabelEnum):
    MAIN = "main", "主责"
    COMPANION = "companion", "同行"


class ReviewOutcome(LabelEnum):
    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回补正"


class ReturnReason(LabelEnum):
    PHOTO = "photo", "照片缺失"
    SIGNATURE = "signature", "签字缺失"
    INCOME = "income", "收入未核"
    MEMBER = "member", "成员漏登"
    CONTRADICTION = "contradiction", "明显矛盾"
    OTHER_HOUSEHOLD = "other_household", "非本户"
    OTHER = "other", "其他"


class Queue(LabelEnum):
    SOCIAL_ASSISTANCE = "social_assistance", "民政救助"
    RELAPSE_PREVENTION = "relapse_prevention", "防返贫监测"
    EDUCATION = "education", "教育保障"
    MEDICAL = "medical", "医疗保障"
    HOUSING = "housing", "住房安全"
    WATER = "water", "饮水安全"
    EXPLANATION = "explanation", "不符合，解释宣传"


REFERRAL_QUEUES = (Queue.EDUCATION, Queue.MEDICAL, Queue.HOUSING, Queue.WATER)


class AssistanceCategory(LabelEnum):
    """The five categories of 甘民发〔2023〕53号 二."""

    DIBAO = "dibao", "农村低保"
    TEKUN = "tekun", "特困供养"
    TEMPORARY = "temporary", "临时救助"
    CHILD = "child", "孤儿（事实无人抚养儿童）"
    DISABILITY = "disability", "残疾人两项补贴"


class MonitorCategory(LabelEnum):
    UNSTABLE = "unstable", "脱贫不稳定户"
    MARGINAL = "marginal", "边缘易致贫户"
    SUDDEN = "sudden", "突发严重困难户"


class RoutingState(LabelEnum):
    SENT = "sent", "已转，待受理"
    ACCEPTED = "accepted", "已受理"
    RETURNED = "returned", "退回乡镇"
    WITHDRAWN = "withdrawn", "乡镇撤回"
    DECIDED = "decided", "已有结果"


class DecisionOutcome(LabelEnum):
    INCLUDED = "included", "纳入"
    DECLINED = "declined", "不予纳入"
    SOLVED = "solved", "已解决"
    UNSOLVED = "unsolved", "暂不能解决"
    EXPLAINED = "explained", "已解释宣传"


class DeclineReason(LabelEnum):
    INCOME = "income", "收入高于标准且无突出困难"
    PROPERTY = "property", "财产超过规定"
    ALREADY = "already", "已享受相应政策"
    SOLVABLE = "solvable", "困难可自主解决"
    NOT_MEMBER = "not_member", "不属共同生活或非农业户籍"
    UNTRUE = "untrue", "申报不实"
    WAIVED = "waived", "本人放弃"
    UNCOOPERATIVE = "uncooperative", "拒不配合"
    DUPLICATE = "duplicate", "重复申报"


class ExplanationMethod(LabelEnum):
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    VIDEO = "video", "视频"


class ExplanationReceipt(LabelEnum):
    SIGNED = "signed", "签字"
    HANDPRINT = "handprint", "手印"
    REFUSED = "refused", "拒签"


class Verdict(LabelEnum):
    """What became of a deposited item; apart from its receipt."""

    PENDING = "pending", "等待处理"
    APPLIED = "applied", "已采纳"
    NEEDS_REVIEW = "needs_review", "待乡镇处理"
    QUARANTINED = "quarantined", "另存待人工处理"


class ItemKind(LabelEnum):
    VISIT = "visit", "核查表"
    OBSERVATION = "observation", "补充观察"
    ATTEMPT = "attempt", "没见到人"
    URGENT = "urgent", "报急难"


class CountMode(LabelEnum):
    CALENDAR = "calendar", "自然日"
    WORKDAYS = "workdays", "工作日"
