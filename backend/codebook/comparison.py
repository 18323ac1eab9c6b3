"""Why a comparison code was given, and what was noted beside it (DOMAIN 4.2, 11)."""

from backend.codebook.base import LabelEnum


class ComparisonReason(LabelEnum):
    REPEATED = "repeated", "重复申报，并入"
    RECEIVING_HEAD = "receiving_head", "户主在享低保"
    RECEIVING_SELF = "receiving_self", "本人在享低保"
    RECEIVING_MEMBER = "receiving_member", "整户保成员本人在名册"
    RECEIVING_TEKUN = "receiving_tekun", "特困在供"
    RECEIVING_ORPHAN = "receiving_orphan", "孤儿在册"
    RECEIVING_UNSUPPORTED = "receiving_unsupported", "事实无人抚养儿童在册"
    RECEIVING_DISABILITY = "receiving_disability", "两项补贴在享"
    NAME_DIFFERS = "name_differs", "证号同、姓名异"
    NEAR_NUMBER = "near_number", "姓名同、同乡镇、证号差一位"
    TEMPORARY_RECENT = "temporary_recent", "窗口期内临时救助"
    STOPPED = "stopped", "曾享受已停"
    GUARDIAN = "guardian", "仅为监护人"
    CARER = "carer", "仅为照料人"
    COLLECTOR = "collector", "仅为代领人"
    NOT_FOUND = "not_found", "未命中"
    MISSING = "missing", "没有填证号"
    PRECISION_LOST = "precision_lost", "Excel精度丢失"
    BAD_LENGTH = "bad_length", "证号位数不对"
    BAD_BIRTH = "bad_birth", "证号里的出生日期不对"
    BAD_CHECKSUM = "bad_checksum", "校验码错误"
    BAD_CHARACTER = "bad_character", "证号里有不该有的字符"
    FOREIGN = "foreign", "不是居民身份证号"


class ComparisonNote(LabelEnum):
    DISABILITY_ONLY = "disability_only", "只享受两项补贴，按县里口径仍预警"
    TEMPORARY_PAST = "temporary_past", "临时救助已过窗口期"
    MEMBER_NOT_COVERED = "member_not_covered", "在单人保家庭里，本人不在保"
    PARENT_OF_CHILD = "parent_of_child", "是在册儿童的父母，本人不享受"
    STARTS_LATER = "starts_later", "申报以后才开始享受"
    MEMBER_RECEIVING = "member_receiving", "同户有人在享"
    SAME_NAME_SAME_VILLAGE = "same_name_same_village", "名册里同村有同名的人"


class TableKind(LabelEnum):
    """What a file may turn out to be, for sentences about the wrong one."""

    DECLARATIONS = "declarations", "申报信息"
    DIBAO = "dibao", "农村低保名册"
    TEKUN = "tekun", "特困供养名册"
    TEMPORARY = "temporary", "临时救助台账"
    CHILD = "child", "孤儿和事实无人抚养儿童名册"
    ORPHAN = "orphan", "孤儿名册"
    UNSUPPORTED = "unsupported", "事实无人抚养儿童名册"
    DISABILITY = "disability", "残疾人两项补贴名册"
    OTHER = "other", "别的名单"
