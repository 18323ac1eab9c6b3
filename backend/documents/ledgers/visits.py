"""T1 预警入户核查台账: one line a household, from the declaration to the end (DOMAIN §5.2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from backend.codebook import DecisionOutcome, Duty, Queue, Stage
from backend.desk.answers import label_of
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told
from backend.domain.routing import OVER
from backend.models import Assignment, Case, Decision, Routing, Visit

TITLE = "“一键报贫”预警入户核查台账"
UNIT, HAS_NUMBERS = "户、人、天", True
COLUMNS = (
    Column("县（区）", 12), *told.PLACE, Column("预警编号", 16), Column("申报时间", 15, "moment"),
    Column("预警发布时间", 15, "moment"), Column("核查截止时间", 15, "deadline"), Column("申请人", 9),
    Column("身份证号", 19), Column("联系电话", 12), Column("申报困难原因", 16), Column("家庭人口", 6, "number"),
    Column("派单时间", 15, "moment", "派单"), Column("主责核查人", 9, group="派单"), Column("同行核查人", 9, group="派单"),
    Column("入户时间", 15, "moment", "入户核查"), Column("提交时间", 15, "moment", "入户核查"),
    Column("用时（天）", 6, "number", "入户核查"), Column("是否超期", 6, group="入户核查"),
    Column("核查方式", 8, group="入户核查"), Column("住房等级", 7, group="看到的"), Column("饮水", 10, group="看到的"),
    Column("辍学人数", 6, "number", "看到的"), Column("未参保人数", 6, "number", "看到的"),
    Column("主要风险", 12, group="看到的"), Column("处置去向", 20, group="处置"),
    Column("转办时间", 15, "moment", "处置"), Column("受理时间", 15, "moment", "处置"),
    Column("办理结果", 20, group="处置"), Column("结果时间", 11, "day", "处置"),
    Column("是否告知", 6, group="处置"), Column("告知时间", 15, "moment", "处置"), Column("办结时间", 15, "moment", "处置"),
    Column("备注", 14),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterable[list[Cell]]:
    """One row a case; what happened after `as_of` is left out."""
    for case in told.households(area_code, as_of):
        yield [told.county_name(case.county_code), *told.place_of(case), *_declared(case, as_of, is_whole), *_sent(case, as_of),
               *_visited(case, as_of), *_handled(case, as_of), _remark(case)]  # fmt: skip


def _declared(case: Case, as_of: datetime, is_whole: bool) -> list[Cell]:
    name, number, phone = told.person_of(case, is_whole=is_whole)
    declared = case.declaration
    return [case.number, declared.submitted_at, case.published_at, case.due_at, name, number, phone,
            declared.risk_text, told.people_of(case, as_of)]  # fmt: skip


def _until(value: datetime | None, as_of: datetime) -> datetime | None:
    return value if value is not None and value <= as_of else None


def _sent(case: Case, as_of: datetime) -> list[Cell]:
    sent: list[Assignment] = [one for one in case.assignments if one.assigned_at <= as_of]
    if not sent:
        return [None, "", ""]
    return [
        min(one.assigned_at for one in sent),
        told.visitor_of(case, Duty.MAIN),
        told.visitor_of(case, Duty.COMPANION),
    ]


def _visited(case: Case, as_of: datetime) -> list[Cell]:
    went = _until(case.visited_at, as_of)
    visit = told.visit_of(case, as_of)
    late = "是" if (went or as_of) >= case.due_at else "否"
    days = told.days_between(case.published_at, went) if went else None
    return [went, visit.received_at if visit else None, days, late, *_seen(visit)]


def _seen(visit: Visit | None) -> list[Cell]:
    answers: dict[str, Any] = told.answers_of(visit)
    return [
        _labels("VisitMode", answers.get("visit_mode")), _labels("HouseGrade", answers.get("house_grade")),
        _labels("WaterIssue", answers.get("water_issues")), _count(answers.get("dropout_count")),
        _count(answers.get("uninsured_count")), _labels("Risk", answers.get("risks")),
    ]  # fmt: skip


def _labels(codes: str, value: Any) -> str:
    values = value if isinstance(value, list) else [value] if value else []
    return "、".join(label_of(codes, one) for one in values)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _handled(case: Case, as_of: datetime) -> list[Cell]:
    routed: list[Routing] = [one for one in case.routings if one.routed_at <= as_of and one.state not in OVER]
    decided = [d for one in routed for d in one.decisions if d.decided_at <= as_of]
    talks = [one.explained_at for one in case.explanations if one.recorded_at <= as_of]
    accepted = [at for one in routed if (at := _until(one.accepted_at, as_of))]
    return [
        "、".join(Queue(one.queue).label for one in routed), min((one.routed_at for one in routed), default=None),
        min(accepted, default=None), "、".join(_result(one) for one in decided),
        max((one.decided_on for one in decided), default=None), "是" if talks else "", max(talks, default=None),
        _until(case.closed_at, as_of),
    ]  # fmt: skip


def _result(decision: Decision) -> str:
    words = DecisionOutcome(decision.outcome).label
    queue = decision.routing.queue
    codes = "AssistanceCategory" if queue == Queue.SOCIAL_ASSISTANCE else "MonitorCategory"
    return f"{label_of(codes, decision.category)}{words}" if decision.category else f"{Queue(queue).label}{words}"


def _remark(case: Case) -> str:
    return "急难" if case.is_urgent and case.stage != Stage.CLOSED else ""
