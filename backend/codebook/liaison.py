"""联络: the two of a duty, what desk users are told, why a group robot did not take a message."""

from backend.codebook.base import LabelEnum

# Part of the name of every township's office for social assistance.
CIVIL_AFFAIRS = "民政"


class LiaisonDuty(LabelEnum):
    A = "A", "A角"
    B = "B", "B角"


class MessageKind(LabelEnum):
    """What the program tells an office; the label is the title, {n} households or papers, {place} an area."""

    NEW_WARNINGS = "new_warnings", "{place}新来预警 {n} 户，等派单"
    TO_REVIEW = "to_review", "{place}有 {n} 份核查表等研判"
    ROUTED = "routed", "{place}转来 {n} 户"
    ROUTING_RETURNED = "routing_returned", "部门退回{place} {n} 户，看看理由再转"
    MATERIALS_ASKED = "materials_asked", "部门要{place}补 {n} 户的材料"
    MATERIALS_ANSWERED = "materials_answered", "{place}补了 {n} 户的材料"
    PETITION_ASKED = "petition_asked", "{place}报来 {n} 件延期或作废，等答复"
    PETITION_ANSWERED = "petition_answered", "县上答复了{place}报的 {n} 件延期或作废"
    OBJECTION_RAISED = "objection_raised", "{place}有 {n} 户申请复核"
    SUPERVISION_ISSUED = "supervision_issued", "{place}收到督办通知单 {n} 张"
    SUPERVISION_ANSWERED = "supervision_answered", "{place}回复了督办 {n} 张，看过就销号"
    EXCHANGE_RECORDED = "exchange_recorded", "{place}收到工作通报 {n} 条"
    DUE_TODAY = "due_today", "{place}有 {n} 户今天到期"
    OVERDUE = "overdue", "{place}有 {n} 户已经超期"
    DUE_TOMORROW = "due_tomorrow", "{place}有 {n} 户明天到期"
    DUE_IN_TWO_DAYS = "due_in_two_days", "{place}有 {n} 户后天到期"
    URGENT = "urgent", "{place}报来急难 {n} 户，先救助，后补手续"


class WebhookFault(LabelEnum):
    UNREACHABLE = "unreachable", "连不上对方的服务器"
    NOT_ALLOWED = "not_allowed", "这个地址不在允许的名单里，或者指向内网"
    REFUSED = "refused", "对方没收，看看地址和加签密钥对不对"
