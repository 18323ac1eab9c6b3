"""T3 民政救助转办台账, T4 防返贫监测台账, T5 单项问题交办台账: what departments were handed (DOMAIN §5.2)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from backend.codebook import (
    REFERRAL_QUEUES,
    AssistanceCategory,
    DecisionDetail,
    DecisionOutcome,
    DeclineReason,
    Queue,
    Risk,
    Step,
)
from backend.desk.answers import label_of
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told
from backend.domain.formal_steps import standing_steps
from backend.domain.routing import OVER
from backend.models import Case, Decision, Routing

HEAD = (Column("乡镇", 9), Column("村", 10), Column("户主", 9))
STEP = {"kind": "day", "width": 11}


class RoutedLedger:
    """The ledger of some queues. `rows` has one row for each routing that stood, or for each category of it."""

    HAS_NUMBERS = True

    def __init__(self, title: str, queues: tuple[Queue, ...], columns: tuple[Column, ...], cells: Any) -> None:
        self.TITLE, self.UNIT, self.COLUMNS = title, "户、人、元", columns
        self._queues, self._cells = queues, cells

    def rows(self, area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
        """Rows of the routings of `as_of`, by township, village and number."""
        for case in told.households(area_code, as_of):
            for routing in case.routings:
                if routing.queue in self._queues and routing.routed_at <= as_of and routing.state not in OVER:
                    yield from self._cells(case, routing, as_of, is_whole)


def _decision(routing: Routing, category: str, as_of: datetime) -> Decision | None:
    made = [d for d in routing.decisions if d.decided_at <= as_of and not d.is_reopened]
    return next((d for d in made if not category or d.category == category), None)


def _step(routing: Routing, category: str, step: Step, *, is_end: bool = False) -> date | None:
    row = standing_steps(routing, category).get(step)
    return (row.until_on if is_end else row.happened_on) if row else None


def _result(made: Decision | None) -> str:
    return DecisionOutcome(made.outcome).label if made else "在办"


def _yuan(made: Decision | None) -> float | None:
    return made.amount_fen / 100 if made and made.amount_fen is not None else None


def _assistance(case: Case, routing: Routing, as_of: datetime, is_whole: bool) -> Iterable[list[Cell]]:
    name, number, _ = told.person_of(case, is_whole=is_whole)
    for category in routing.categories or [""]:
        made = _decision(routing, category, as_of)
        yield [
            *told.place_of(case)[:2], name, number, told.people_of(case, as_of), routing.routed_at,
            label_of(AssistanceCategory.__name__, category), routing.accepted_at,
            *(_step(routing, category, step) for step in (Step.CHECK_STARTED, Step.FIRST_OPINION, Step.PUBLIC)),
            _step(routing, category, Step.PUBLIC, is_end=True), made.decided_on if made else None, _result(made),
            label_of(DecisionDetail.__name__, made.detail) if made and made.detail else "",
            made.people_count if made else None, _yuan(made), made.starts_on if made else None,
            label_of(DeclineReason.__name__, made.reason_code) if made and made.reason_code else "",
            _step(routing, category, Step.TOLD), "",
        ]  # fmt: skip


def _monitoring(case: Case, routing: Routing, as_of: datetime, _is_whole: bool) -> Iterable[list[Cell]]:
    made = _decision(routing, "", as_of)
    answers = told.answers_of(told.visit_of(case, as_of))
    told_risks = answers.get("risks")
    risks = [label_of(Risk.__name__, one) for one in told_risks[:3]] if isinstance(told_risks, list) else []
    steps = (Step.PROMISED, Step.COMPARED, Step.WEIGHED, Step.PUBLIC)
    plan = routing.plan
    yield [
        *told.place_of(case)[:2], told.person_of(case)[0], told.people_of(case, as_of),
        label_of("HouseholdType", answers.get("household_type", "")) if answers.get("household_type") else "",
        label_of("MonitorCategory", made.category) if made and made.category else "",
        *risks, *[""] * (3 - len(risks)), *(_step(routing, "", step) for step in steps),
        _step(routing, "", Step.PUBLIC, is_end=True), _step(routing, "", Step.TOWN_OPINION),
        made.decided_on if made else None, _step(routing, "", Step.ANNOUNCED), _step(routing, "", Step.ENTERED),
        _result(made), plan.responsible if plan else "", "；".join(one.text for one in routing.measures), "",
    ]  # fmt: skip


def _referral(case: Case, routing: Routing, as_of: datetime, _is_whole: bool) -> Iterable[list[Cell]]:
    made = _decision(routing, "", as_of)
    funds = sum(one.funds_fen or 0 for one in routing.measures)
    satisfied = {True: "满意", False: "不满意", None: ""}[made.is_satisfied] if made else ""
    yield [
        *told.place_of(case)[:2], told.person_of(case)[0], Queue(routing.queue).label, routing.reason,
        made.people_count if made else None, routing.routed_at, routing.next_due_on, routing.accepted_at,
        "；".join(one.text for one in routing.measures), funds / 100 if funds else None,
        made.decided_on if made else None, _result(made), satisfied, "",
    ]  # fmt: skip


ASSISTANCE = RoutedLedger(
    "民政救助转办台账", (Queue.SOCIAL_ASSISTANCE,),
    (*HEAD, Column("身份证号", 19), Column("家庭人口", 6, "number"), Column("转办时间", 15, "moment"), Column("拟纳入类别", 14),
     Column("受理时间", 15, "moment"), Column("核对时间", **STEP), Column("初审时间", **STEP),
     Column("起", **STEP, group="公示"), Column("止", **STEP, group="公示"), Column("审核确认时间", **STEP),
     Column("结果", 8), Column("纳入类别", 14), Column("保障人口", 6, "number"), Column("月（次）金额", 10, "money"),
     Column("起领月份", **STEP), Column("不予确认原因", 20), Column("书面告知时间", **STEP), Column("备注", 10)), _assistance,
)  # fmt: skip
MONITORING = RoutedLedger(
    "防返贫监测台账", (Queue.RELAPSE_PREVENTION,),
    (*HEAD, Column("家庭人口", 6, "number"), Column("户类型", 12), Column("拟定监测类别", 12), Column("风险1", 9), Column("风险2", 9),
     Column("风险3", 9), Column("承诺授权时间", **STEP), Column("信息比对时间", **STEP), Column("民主评议时间", **STEP),
     Column("起", **STEP, group="公示"), Column("止", **STEP, group="公示"), Column("乡镇初审时间", **STEP),
     Column("县审定时间", **STEP), Column("公告时间", **STEP), Column("系统录入时间", **STEP), Column("是否纳入", 8),
     Column("帮扶责任人", 10), Column("帮扶措施", 26), Column("备注", 10)), _monitoring,
)  # fmt: skip
REFERRALS = RoutedLedger(
    "单项问题交办台账", REFERRAL_QUEUES,
    (*HEAD, Column("问题类别", 9), Column("具体问题", 26), Column("涉及人数", 6, "number"), Column("交办时间", 15, "moment"),
     Column("下一步期限", **STEP), Column("受理时间", 15, "moment"), Column("措施", 26), Column("资金（元）", 10, "money"),
     Column("办结时间", **STEP), Column("是否解决", 9), Column("农户满意", 8), Column("备注", 10)), _referral,
)  # fmt: skip
MONITORING.HAS_NUMBERS = REFERRALS.HAS_NUMBERS = False
