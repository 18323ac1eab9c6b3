"""申诉、复核: who does not agree is heard within a limit; a reopened case goes back to the township.

甘民发〔2023〕53号 二: 不符合的做好解释说明; DOMAIN §5.4: 有异议可在__日内向乡镇提出复核.
"""

from datetime import date

from backend import access, access_departments, clock
from backend.codebook import DecisionOutcome, ObjectionOutcome, Relation, RoutingState, Stage
from backend.domain import events, formal_steps, parameters, procedure
from backend.models import Decision, Objection, Routing, User
from backend.problems import Problem

REFUSALS = (DecisionOutcome.DECLINED, DecisionOutcome.UNSOLVED, DecisionOutcome.EXPLAINED)
SHORTEST, SHORTEST_ANSWER = 5, 10


def contested(routing: Routing) -> list[Decision]:
    """Results of a routing that somebody may object to."""
    if routing.state not in (RoutingState.DECIDED, RoutingState.ACCEPTED):
        return []
    return [d for d in routing.decisions if d.outcome in REFUSALS and not d.is_reopened]


def raise_objection(routing: Routing, *, raised_on: date, relation: str, text: str, actor: User) -> Objection:
    """Record an objection to a refusal; `relation` says who in the household raised it.

    The last day for an answer comes from `objection_answer_days` of the day. One raised after the day that the household
    was told is recorded as well and `is_late`. One event objection:raised. Raises Problem wrong_stage, objection_none, objection_open, objection_relation, objection_missing, objection_day.
    """
    case = routing.case
    access.require(actor, "objection:raise", case)
    refused = contested(routing)
    if not refused:
        raise Problem("objection_none")
    if routing.open_objection is not None:
        raise Problem("objection_open")
    if relation not in set(Relation):
        raise Problem("objection_relation", fields={"relation": ""})
    if len(text.strip()) < SHORTEST:
        raise Problem("objection_missing", fields={"text": ""})
    if not min(d.decided_on for d in refused) <= raised_on <= formal_steps.today():
        raise Problem("objection_day", fields={"raised_on": ""})
    days = parameters.value("objection_answer_days", on=raised_on, area_code=case.county_code)
    exceptions = parameters.value("workday_exceptions", on=raised_on, area_code=case.county_code)
    made = Objection(
        case=case, raised_on=raised_on, raised_by_relation=relation, text=text.strip(), answer="",
        due_on=procedure.counted(raised_on, days, "workdays", exceptions), recorder=actor, recorded_at=clock.now(),
    )  # fmt: skip
    routing.objections.append(made)
    events.record(
        "objection:raised", actor=actor, case=case, queue=routing.queue, due_on=made.due_on.isoformat(),
        late=made.is_late, lead=access_departments.is_left_to_lead(made),
    )  # fmt: skip
    return made


def answer_objection(objection: Objection, *, outcome: str, answer: str, answered_on: date, actor: User) -> Objection:
    """Uphold the result, or reopen: what was refused is undone and the case waits for the township at 待转办.

    A routing whose every result was a refusal is withdrawn, so that it can be routed anew; one that also included
    the household in something stays with its department, which decides the rest again. One event objection:answered.
    An office in which nobody else is left is answered for by the county's lead (`access_departments.lead_of`).
    Raises Problem wrong_stage, objection_office (another office's result), objection_own (whoever decided or explained
    it), objection_answered, objection_outcome, objection_answer, objection_answer_day.
    """
    access.require(actor, "objection:answer")
    case, routing = objection.case, objection.routing
    if not access_departments.answers_for(actor, objection):
        raise Problem("objection_office")
    if not access_departments.may_answer(actor, objection):
        raise Problem("objection_own")
    if objection.outcome is not None:
        raise Problem("objection_answered")
    if outcome not in set(ObjectionOutcome):
        raise Problem("objection_outcome", fields={"outcome": ""})
    if len(answer.strip()) < SHORTEST_ANSWER:
        raise Problem("objection_answer", fields={"answer": ""})
    if not objection.raised_on <= answered_on <= formal_steps.today():
        raise Problem("objection_answer_day", fields={"answered_on": ""})
    if outcome == ObjectionOutcome.REOPENED:
        if case.stage not in (Stage.ROUTED, Stage.CLOSED, Stage.REVIEWED):
            raise Problem("wrong_stage", stage=Stage(case.stage).label)
        objection.case_closed_at = case.closed_at
        _reopen(routing, answer.strip())
    objection.outcome, objection.answer, objection.answered_on = outcome, answer.strip(), answered_on
    objection.answerer, objection.answered_at = actor, clock.now()
    events.record("objection:answered", actor=actor, case=case, queue=routing.queue, outcome=outcome)
    return objection


def _reopen(routing: Routing, why: str) -> None:
    for decision in contested(routing):
        decision.reopened_at = clock.now()
    if any(not decision.is_reopened for decision in routing.decisions):
        routing.state = RoutingState.ACCEPTED
    else:
        routing.state, routing.withdrawn_at, routing.withdrawal_reason = RoutingState.WITHDRAWN, clock.now(), why
    routing.case.stage, routing.case.closed_at = Stage.REVIEWED, None
    formal_steps.sum_up(routing)
