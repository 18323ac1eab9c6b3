"""帮扶计划、帮扶措施 (甘民发〔2023〕53号 二: 及时落实针对性的帮扶措施，消除风险)."""

from collections.abc import Sequence
from datetime import date

from backend import access, clock
from backend.codebook import WORK_NEEDS, LabourCapacity, Need, RoutingState
from backend.domain import events, formal_steps
from backend.models import Routing, SupportMeasure, SupportPlan, User
from backend.problems import Problem

HELPED = (RoutingState.ACCEPTED, RoutingState.DECIDED)


def _expect_work(routing: Routing) -> None:
    if routing.state not in HELPED:
        raise Problem("routing_state", state=RoutingState(routing.state).label)


def make_plan(
    routing: Routing, *, labour: str, needs: Sequence[str], responsible: str, actor: User, goal: str = ""
) -> SupportPlan:
    """一户一策: make the plan of a household, or change it.

    One event plan:made. Raises Problem routing_state, plan_labour, plan_needs, plan_unfit (nothing but work for a
    household without labour), responsible_missing.
    """
    access.require(actor, "routing:work")
    _expect_work(routing)
    if labour not in set(LabourCapacity):
        raise Problem("plan_labour", fields={"labour": ""})
    chosen = [need for need in needs if need in set(Need) and need != Need.NONE]
    if not chosen:
        raise Problem("plan_needs", fields={"needs": ""})
    if labour == LabourCapacity.NONE and set(chosen) <= set(WORK_NEEDS):
        raise Problem("plan_unfit", fields={"needs": ""})
    if not responsible.strip():
        raise Problem("responsible_missing", fields={"responsible": ""})
    plan = routing.plan or SupportPlan()
    plan.labour, plan.needs, plan.responsible, plan.goal = labour, chosen, responsible.strip()[:60], goal.strip()
    plan.planner, plan.planned_at = actor, clock.now()
    routing.plan = plan
    events.record("plan:made", actor=actor, case=routing.case, queue=routing.queue, needs=list(chosen))
    return plan


def add_measure(
    routing: Routing,
    *,
    need: str,
    text: str,
    responsible: str,
    starts_on: date,
    actor: User,
    ends_on: date | None = None,
    funds_fen: int | None = None,
) -> SupportMeasure:
    """Record one measure. One event measure:added.

    Raises Problem routing_state, measure_need, measure_missing, responsible_missing, measure_end_before, amount_invalid.
    """
    access.require(actor, "routing:work")
    _expect_work(routing)
    if need not in set(Need) or need == Need.NONE:
        raise Problem("measure_need", fields={"need": ""})
    if not text.strip():
        raise Problem("measure_missing", fields={"measure": ""})
    if not responsible.strip():
        raise Problem("responsible_missing", fields={"by": ""})
    if ends_on is not None and ends_on < starts_on:
        raise Problem("measure_end_before", fields={"ends_on": ""})
    if funds_fen is not None and funds_fen < 0:
        raise Problem("amount_invalid", fields={"funds": ""})
    made = SupportMeasure(
        need=need, text=text.strip(), responsible=responsible.strip()[:60], starts_on=starts_on, ends_on=ends_on,
        funds_fen=funds_fen, result="", recorder=actor, recorded_at=clock.now(),
    )  # fmt: skip
    routing.measures.append(made)
    events.record("measure:added", actor=actor, case=routing.case, queue=routing.queue, need=need)
    return made


def finish_measure(measure: SupportMeasure, *, done_on: date, actor: User, result: str = "") -> SupportMeasure:
    """做完了. One event measure:finished. Raises Problem measure_done, measure_done_day."""
    access.require(actor, "routing:work")
    if measure.done_on is not None:
        raise Problem("measure_done")
    if not measure.starts_on <= done_on <= formal_steps.today():
        raise Problem("measure_done_day")
    measure.done_on, measure.result = done_on, result.strip()
    routing = measure.routing
    events.record("measure:finished", actor=actor, case=routing.case, queue=routing.queue, need=measure.need)
    return measure
