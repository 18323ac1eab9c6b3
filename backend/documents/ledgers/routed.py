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
from backend.documents.ledgers.households import Household
from backend.documents.ledgers.incomes import Incomes, per_head, self_paid
from backend.domain.formal_steps import finish_by
from backend.models import Decision, Routing, SupportMeasure

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
        for one in told.households(area_code, as_of):
            for routing in one.routings():
                if routing.queue in self._queues:
                    yield from self._cells(one, routing, is_whole)


def _decision(one: Household, routing: Routing, category: str = "") -> Decision | None:
    return next((made for made in one.decisions(routing) if not category or made.category == category), None)


def _days(one: Household, routing: Routing, *steps: Step, category: str = "") -> list[date | None]:
    """The days of steps; of a 公示 its first and its last."""
    known, found = one.steps(routing, category), []
    for step in steps:
        row = known.get(step)
        found += [row.happened_on if row else None, *([row.until_on if row else None] if step == Step.PUBLIC else [])]
    return found


def _remark(one: Household, routing: Routing, category: str = "") -> str:
    """备注: that somebody contradicted while the notice hung, and when; who said what stays on the page."""
    row = one.steps(routing, category).get(Step.CONTESTED)
    return f"{row.happened_on:%Y-%m-%d} {Step.CONTESTED.label}" if row else ""


def _result(made: Decision | None) -> str:
    return DecisionOutcome(made.outcome).label if made else "在办"


def _yuan(made: Decision | None) -> float | None:
    return made.amount_fen / 100 if made and made.amount_fen is not None else None


def _assistance(one: Household, routing: Routing, is_whole: bool) -> Iterable[list[Cell]]:
    name, number, _ = told.person_of(one.case, is_whole=is_whole)
    steps = (Step.CHECK_STARTED, Step.FIRST_OPINION, Step.PUBLIC)
    decided = (made.category for made in one.decisions(routing))
    for category in dict.fromkeys([*routing.categories, *decided]) or [""]:
        made = _decision(one, routing, category)
        yield [
            *one.place[:2], name, number, one.people, routing.routed_at, label_of(AssistanceCategory.__name__, category),
            one.until(routing.accepted_at), *_days(one, routing, *steps, category=category),
            made.decided_on if made else None, _result(made),
            label_of(DecisionDetail.__name__, made.detail) if made and made.detail else "",
            made.people_count if made else None, _yuan(made), made.starts_on if made else None,
            label_of(DeclineReason.__name__, made.reason_code) if made and made.reason_code else "",
            *_days(one, routing, Step.TOLD, category=category), _remark(one, routing, category),
        ]  # fmt: skip


def _measures(one: Household, routing: Routing) -> list[SupportMeasure]:
    return [measure for measure in routing.measures if one.has_come(measure.recorded_at)]


def _monitoring(one: Household, routing: Routing, _is_whole: bool) -> Iterable[list[Cell]]:
    made, answers = _decision(one, routing), one.answers
    told_risks = answers.get("risks")
    risks = [label_of(Risk.__name__, code) for code in told_risks[:3]] if isinstance(told_risks, list) else []
    income = Incomes().of(one)
    plan = routing.plan if routing.plan and one.has_come(routing.plan.planned_at) else None
    yield [
        *one.place[:2], told.person_of(one.case)[0], one.people,
        label_of("HouseholdType", answers.get("household_type", "")) if answers.get("household_type") else "",
        label_of("MonitorCategory", made.category) if made and made.category else "",
        *risks, *[""] * (3 - len(risks)), per_head(income.monitor if income else None), self_paid(income),
        *_days(one, routing, Step.PROMISED, Step.COMPARED, Step.WEIGHED, Step.PUBLIC, Step.TOWN_OPINION),
        made.decided_on if made else None, *_days(one, routing, Step.ANNOUNCED, Step.ENTERED),
        _result(made), plan.responsible if plan else "", "；".join(each.text for each in _measures(one, routing)),
        _remark(one, routing),
    ]  # fmt: skip


def _referral(one: Household, routing: Routing, _is_whole: bool) -> Iterable[list[Cell]]:
    made, measures = _decision(one, routing), _measures(one, routing)
    funds = sum(each.funds_fen or 0 for each in measures)
    proofs = "；".join(step.note for step in one.steps(routing, "").values() if step.note)
    satisfied = {True: "满意", False: "不满意", None: ""}[made.is_satisfied] if made else ""
    yield [
        *one.place[:2], told.person_of(one.case)[0], Queue(routing.queue).label, routing.reason,
        made.people_count if made else None, routing.routed_at, finish_by(routing, one.as_of), one.until(routing.accepted_at),
        "；".join(each.text for each in measures), funds / 100 if funds else None,
        made.decided_on if made else None, _result(made), satisfied, proofs, made.reason if made else "",
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
     Column("风险3", 9), Column("年人均纯收入（元）", 10, "money"), Column("合规自付支出（元）", 10, "money"), Column("承诺授权时间", **STEP), Column("信息比对时间", **STEP), Column("民主评议时间", **STEP),
     Column("起", **STEP, group="公示"), Column("止", **STEP, group="公示"), Column("乡镇初审时间", **STEP),
     Column("县审定时间", **STEP), Column("公告时间", **STEP), Column("系统录入时间", **STEP), Column("是否纳入", 8),
     Column("帮扶责任人", 10), Column("帮扶措施", 26), Column("备注", 10)), _monitoring,
)  # fmt: skip
REFERRALS = RoutedLedger(
    "单项问题交办台账", REFERRAL_QUEUES,
    (*HEAD, Column("问题类别", 9), Column("具体问题", 26), Column("涉及人数", 6, "number"), Column("交办时间", 15, "moment"),
     Column("要求办结时间", **STEP), Column("受理时间", 15, "moment"), Column("措施", 26), Column("资金（元）", 10, "money"),
     Column("办结时间", **STEP), Column("是否解决", 9), Column("农户满意", 8), Column("佐证", 20), Column("备注", 14)), _referral,
)  # fmt: skip
MONITORING.HAS_NUMBERS = REFERRALS.HAS_NUMBERS = False
