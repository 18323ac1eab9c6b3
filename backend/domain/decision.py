"""认定结果 (甘民发〔2023〕53号 二、三): people decide and record it here; the program includes nobody.

低保 is decided by its own procedure (民发〔2021〕57号 第28条: 未经程序不得直接纳入); this is its result.
"""

from datetime import date
from typing import Any

from backend import access, clock
from backend.codebook import (
    DETAILS,
    REFERRAL_QUEUES,
    AssistanceCategory,
    DecisionOutcome,
    DeclineReason,
    MonitorCategory,
    Queue,
    RoutingState,
)
from backend.domain import events, formal_steps
from backend.domain import routing as routings
from backend.models import Decision, Routing, User
from backend.problems import Problem

INCLUSION = (DecisionOutcome.INCLUDED, DecisionOutcome.DECLINED)
SOLUTION = (DecisionOutcome.SOLVED, DecisionOutcome.UNSOLVED)


def outcomes_for(queue: str) -> tuple[DecisionOutcome, ...]:
    """The results a queue may record: 纳入/不予纳入, or 已解决/暂不能解决 for single problems."""
    return SOLUTION if queue in REFERRAL_QUEUES else INCLUSION


def categories_for(queue: str) -> tuple[AssistanceCategory, ...] | tuple[MonitorCategory, ...]:
    """The categories in which a queue includes a household; none for single problems."""
    if queue == Queue.SOCIAL_ASSISTANCE:
        return tuple(AssistanceCategory)
    return tuple(MonitorCategory) if queue == Queue.RELAPSE_PREVENTION else ()


def decide(
    routing: Routing, *, outcome: str, decided_on: date, actor: User, category: str = "", amount_fen: int | None = None,
    reason_code: str | None = None, reason: str = "", steps_elsewhere: bool = True, **other: Any,
) -> Decision:  # fmt: skip
    """Record the result of an accepted routing; the case closes when it was the last one.

    In the civil-affairs queue each proposed category gets its own result, and the routing is decided when all have
    one. `decided_on` is a day in Asia/Shanghai, `amount_fen` fen a month (or once; for a single problem what was
    spent). `steps_elsewhere`: whoever records it says that steps without a day here were done in another system;
    the event names them. `other`: detail, people_count, starts_on, alternative, is_satisfied as in Decision.
    One event decision:recorded. Raises Problem routing_state, decision_outcome, decision_category, decision_detail,
    decision_in_future, decision_before_step, notice_hangs (nobody is included before the notice is over, 57号 第19条;
    a refusal, a withdrawal or a death does not wait for it), decision_twice, amount_invalid, people_invalid, reason_missing,
    decline_reason (57号 第21条: a refusal is told in writing, with its reason), steps_unrecorded (nobody is included without the procedure, 民发〔2021〕57号 第28条).
    """
    access.require(actor, "routing:work")
    _check(routing, outcome, decided_on, category, amount_fen, reason)
    if outcome == DecisionOutcome.DECLINED and reason_code not in set(DeclineReason):
        raise Problem("decline_reason")
    _check_more(routing, outcome, category, decided_on, other)
    elsewhere = _steps_elsewhere(routing, outcome, category, is_said=steps_elsewhere)
    made = Decision(
        outcome=outcome, category=category, decided_on=decided_on, amount_fen=amount_fen,
        reason_code=reason_code or None, reason=reason.strip(), decider=actor, decided_at=clock.now(), **other,
    )  # fmt: skip
    routing.decisions.append(made)
    if not undecided_categories(routing):
        routing.state = RoutingState.DECIDED
    formal_steps.sum_up(routing)
    closed = routings.close_if_done(routing.case)
    events.record(
        "decision:recorded", actor=actor, case=routing.case,
        queue=routing.queue, outcome=outcome, category=category, closed=closed, elsewhere=elsewhere,
    )  # fmt: skip
    return made


def _steps_elsewhere(routing: Routing, outcome: str, category: str, *, is_said: bool) -> list[str]:
    skipped = formal_steps.unrecorded(routing, category) if outcome == DecisionOutcome.INCLUDED else []
    if skipped and not is_said:
        raise Problem("steps_unrecorded", fields={"elsewhere": ""}, steps="、".join(step.label for step in skipped))
    return [step.value for step in skipped]


def undecided_categories(routing: Routing) -> list[str]:
    """Proposed categories without a result; [""] for a queue without categories and without a result."""
    standing = [decision for decision in routing.decisions if not decision.is_reopened]
    done = {decision.category for decision in standing}
    if routing.queue == Queue.SOCIAL_ASSISTANCE:
        return [category for category in routing.categories if category not in done]
    return [] if standing else [""]


def _check(
    routing: Routing, outcome: str, decided_on: date, category: str, amount_fen: int | None, reason: str
) -> None:
    if routing.state != RoutingState.ACCEPTED:
        raise Problem("routing_state", state=RoutingState(routing.state).label)
    if outcome not in set(DecisionOutcome) or DecisionOutcome(outcome) not in outcomes_for(routing.queue):
        label = DecisionOutcome(outcome).label if outcome in set(DecisionOutcome) else outcome
        raise Problem("decision_outcome", outcome=label)
    needs_category = routing.queue == Queue.SOCIAL_ASSISTANCE or (
        routing.queue == Queue.RELAPSE_PREVENTION and outcome == DecisionOutcome.INCLUDED
    )
    if needs_category and category not in set(categories_for(routing.queue)):
        raise Problem("decision_category")
    if decided_on > clock.local(clock.now()).date():
        raise Problem("decision_in_future")
    if amount_fen is not None and amount_fen < 0:
        raise Problem("amount_invalid")
    if outcome in (DecisionOutcome.DECLINED, DecisionOutcome.UNSOLVED) and not reason.strip():
        raise Problem("reason_missing")


MOST_PEOPLE = 99


def _check_more(routing: Routing, outcome: str, category: str, decided_on: date, other: dict[str, Any]) -> None:
    standing = [d for d in routing.decisions if not d.is_reopened]
    if category in {d.category for d in standing} or (standing and routing.queue != Queue.SOCIAL_ASSISTANCE):
        raise Problem("decision_twice")
    detail, people = other.get("detail") or "", other.get("people_count")
    if detail and detail not in DETAILS.get(category, ()):
        raise Problem("decision_detail")
    if people is not None and not 0 < people <= MOST_PEOPLE:
        raise Problem("people_invalid")
    hangs = formal_steps.notice_until(routing, category) if outcome == DecisionOutcome.INCLUDED else None
    if hangs:
        raise Problem("notice_hangs", day=hangs.isoformat())
    floor = formal_steps.last_before_result(routing, category)
    if floor and decided_on < floor:
        raise Problem("decision_before_step", day=floor.isoformat())
