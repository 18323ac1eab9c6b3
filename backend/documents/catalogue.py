"""Which ledgers there are (DOMAIN §5.2), under which number they are attached, and what files are called."""

from typing import Any

from backend.codebook import Queue
from backend.documents.ledgers import (
    attempts,
    comparison,
    explanations,
    inspections,
    late,
    liaisons,
    routed,
    visits,
    workloads,
)

LEDGERS: dict[str, tuple[str, Any]] = {
    "visits": ("附件1", visits), "comparison": ("附件2", comparison), "assistance": ("附件3", routed.ASSISTANCE),
    "monitoring": ("附件4", routed.MONITORING), "referrals": ("附件5", routed.REFERRALS),
    "explanations": ("附件6", explanations), "late": ("附件7", late), "attempts": ("附件8", attempts),
    "liaisons": ("附件9", liaisons), "inspections": ("附件10", inspections), "workloads": ("附件11", workloads),
}  # fmt: skip
SHEETS = {
    "visit": "入户核查表", "authorisation": "核对授权书", "notice": "告知说明", "handover": "转办单",
    "opinion": "联合研判意见表", "supervision": "督办通知单", "public": "公示",
}  # fmt: skip
ADDRESSEES = {"county": "各乡镇人民政府"}
ELSEWHERE = "各县（区）"
# Who signs a 通报 together, and what stands there where the area has no office of that name yet.
SIGNING = {Queue.RELAPSE_PREVENTION: "农业农村（乡村振兴）部门", Queue.SOCIAL_ASSISTANCE: "民政部门"}
COPIED_TO = "农业农村（乡村振兴）部门、民政部门"


def mark_of(name: str, moment: str) -> str:
    """Who took a file out, and when, for the foot of every page."""
    return f"{name} {moment} 导出"
