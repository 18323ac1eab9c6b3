"""T1 预警入户核查台账: one line a household, from the declaration to the end (DOMAIN §5.2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.codebook import ComparisonCode, DecisionOutcome, Duty, Queue
from backend.desk.answers import label_of
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told
from backend.documents.ledgers.households import Household
from backend.documents.ledgers.incomes import Incomes, per_head
from backend.domain.figures_declared import declarations_at
from backend.models import Comparison, Decision, db

TITLE = "“一键报贫”预警入户核查台账"
UNIT, HAS_NUMBERS = "户、人、天", True
COUNTY_LENGTH = 6
COLUMNS = (
    Column("县（区）", 12), *told.PLACE, Column("预警编号", 16), Column("申报时间", 15, "moment"), Column("推送时间", 11, "day"),
    Column("预警发布时间", 15, "moment"), Column("核查截止时间", 15, "deadline"), Column("申请人", 9),
    Column("身份证号", 19), Column("联系电话", 12), Column("申报困难原因", 16), Column("家庭人口", 6, "number"),
    Column("是否重复申报", 6),
    Column("派单时间", 15, "moment", "派单"), Column("主责核查人", 9, group="派单"), Column("同行核查人", 9, group="派单"),
    Column("入户时间", 15, "moment", "入户核查"), Column("提交时间", 15, "moment", "入户核查"),
    Column("用时（天）", 6, "number", "入户核查"), Column("是否超期", 6, group="入户核查"),
    Column("核查方式", 8, group="入户核查"), Column("住房等级", 7, group="看到的"), Column("饮水", 10, group="看到的"),
    Column("辍学人数", 6, "number", "看到的"), Column("未参保人数", 6, "number", "看到的"),
    Column("防返贫口径", 10, "money", "年人均收入（元）"), Column("低保口径", 10, "money", "年人均收入（元）"),
    Column("主要风险", 12, group="核查意见"), Column("核查结论", 14, group="核查意见"), Column("处置去向", 20, group="处置"),
    Column("转办时间", 15, "moment", "处置"), Column("受理时间", 15, "moment", "处置"),
    Column("办理结果", 20, group="处置"), Column("结果时间", 11, "day", "处置"),
    Column("是否告知", 6, group="处置"), Column("告知时间", 15, "moment", "处置"), Column("办结时间", 15, "moment", "处置"),
    Column("备注", 14),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterable[list[Cell]]:
    """One row a warning that counts; what happened after `as_of` is left out."""
    repeated, incomes = _repeated(area_code, as_of), Incomes()
    for one in told.households(area_code, as_of, "warned"):
        again = one.case.declaration_id in repeated
        yield [told.county_name(one.case.county_code), *one.place, *_declared(one, is_whole, again), *_sent(one),
               *_visited(one, incomes), *_handled(one), _remark(one)]  # fmt: skip


def _repeated(area_code: str, as_of: datetime) -> set[str | None]:
    """The declarations into which a later one had been merged."""
    at = declarations_at([area_code[:COUNTY_LENGTH]], as_of)
    query = select(Comparison.into_declaration_id).join(at, at.c.id == Comparison.declaration_id)
    return set(db.session.scalars(query.where(at.c.code == ComparisonCode.DUP)))


def _declared(one: Household, is_whole: bool, is_repeated: bool) -> list[Cell]:
    name, number, phone = told.person_of(one.case, is_whole=is_whole, is_repeated=is_repeated)
    declared = one.case.declaration
    return [one.case.number, declared.submitted_at, declared.pushed_on, one.case.published_at, one.due_at, name, number,
            phone, declared.risk_text, one.people, "是" if is_repeated else "否"]  # fmt: skip


def _sent(one: Household) -> list[Cell]:
    if one.assigned_at is None:
        return [None, "", ""]
    return [one.assigned_at, one.visitor(Duty.MAIN), one.visitor(Duty.COMPANION)]


def _visited(one: Household, incomes: Incomes) -> list[Cell]:
    went, answers, income = one.started_at, one.answers, incomes.of(one)
    days = told.days_between(one.case.published_at, went) if went else None
    return [
        went, one.received_at, days, "是" if one.is_late else "否",
        _labels("VisitMode", answers.get("visit_mode")), _labels("HouseGrade", answers.get("house_grade")),
        _labels("WaterIssue", answers.get("water_issues")), _count(answers.get("dropout_count")),
        _count(answers.get("uninsured_count")), per_head(income.monitor if income else None),
        per_head(income.dibao if income else None), _labels("Risk", answers.get("risks")),
        _labels("VisitorOpinion", answers.get("visitor_opinion")),
    ]  # fmt: skip


def _labels(codes: str, value: Any) -> str:
    values = value if isinstance(value, list) else [value] if value else []
    return "、".join(label_of(codes, one) for one in values)


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _handled(one: Household) -> list[Cell]:
    routed = one.routings()
    decided = [made for routing in routed for made in one.decisions(routing)]
    talks = [talk.explained_at for talk in one.case.explanations if one.has_come(talk.recorded_at)]
    accepted = [at for routing in routed if (at := one.until(routing.accepted_at))]
    return [
        "、".join(Queue(routing.queue).label for routing in routed), min((r.routed_at for r in routed), default=None),
        min(accepted, default=None), "、".join(_result(made) for made in decided),
        max((made.decided_on for made in decided), default=None), "是" if talks else "", max(talks, default=None),
        one.closed_at,
    ]  # fmt: skip


def _result(decision: Decision) -> str:
    words = DecisionOutcome(decision.outcome).label
    queue = decision.routing.queue
    codes = "AssistanceCategory" if queue == Queue.SOCIAL_ASSISTANCE else "MonitorCategory"
    return f"{label_of(codes, decision.category)}{words}" if decision.category else f"{Queue(queue).label}{words}"


def _remark(one: Household) -> str:
    return "急难" if one.has_come(one.case.urgent_at) and one.closed_at is None else ""
