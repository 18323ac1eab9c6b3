"""督导: states of a 督办通知单, kinds of findings, what a household says on the phone, hints to look again."""

from backend.codebook.base import LabelEnum


class SupervisionState(LabelEnum):
    ISSUED = "issued", "等镇上回复"
    ANSWERED = "answered", "已回复"
    CLOSED = "closed", "已销号"


class FindingKind(LabelEnum):
    NOT_VISITED = "not_visited", "没有真去"
    FORM = "form", "核查表填得不实"
    PHOTO = "photo", "照片不实或缺"
    SIGNATURE = "signature", "签字不实或缺"
    LATE = "late", "超期没去"
    NOT_TOLD = "not_told", "结果没告知"
    OTHER = "other", "其他"


class SpotAnswer(LabelEnum):
    AS_RECORDED = "as_recorded", "来过，日期对得上"
    OTHER_DAY = "other_day", "来过，日期对不上"
    NOT_VISITED = "not_visited", "说没人来过"
    UNCLEAR = "unclear", "记不清"
    NO_ANSWER = "no_answer", "没打通"


class AnomalyKind(LabelEnum):
    """What a reviewer should look at again; never a verdict on anybody."""

    SAME_PHOTO = "same_photo", "同一张照片也在另一户"
    OLD_PHOTO = "old_photo", "照片拍在预警发布以前"
    FAR_VISITS = "far_visits", "十分钟里到了两个不同的村"
    CLOCK_JUMP = "clock_jump", "手机时间和服务器差得多"
