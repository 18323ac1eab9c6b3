"""Who works here, and what the rosters and the comparison say (甘民发〔2023〕53号 一)."""

from backend.codebook.base import LabelEnum


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
