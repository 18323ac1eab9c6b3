"""认定结果 (甘民发〔2023〕53号 二、三): people decide and record it here; the program includes nobody.

低保 is decided by its own procedure (民发〔2021〕57号 第28条: 未经程序不得直接纳入); this is its result.
"""

from datetime import date

from backend import access, clock
from backend.codebook import (
    REFERRAL_QUEUES,
    AssistanceCategory,
    DecisionOutcome,
    MonitorCategory,
    Queue,
    RoutingState,
)
from backend.domain import events
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
    routing: Routing,
    *,
    outcome: str,
    decided_on: date,
    actor: User,
    category: str = "",
    amount_fen: int | None = None,
    reason_code: str | None = None,
    reason: str = "",
) -> Decision:
    """Record the result of an accepted routing; the case closes when it was the last one.

    In the civil-affairs queue each proposed category gets its own result, and the routing is decided
    when all have one. `decided_on` is a day in Asia/Shanghai, `amount_fen` fen a month (or once).
    One event decision:recorded. Raises Problem routing_state, decision_outcome, decision_category,
    decision_in_future, amount_invalid, reason_missing.
    """
    access.require(actor, "routing:work")
    if routing.state != RoutingState.ACCEPTED:
        raise Problem("routing_state", state=RoutingState(routing.state).label)
    _check(routing, outcome, decided_on, category, amount_fen, reason)
    made = Decision(
        outcome=outcome, category=category, decided_on=decided_on, amount_fen=amount_fen,
        reason_code=reason_code or None, reason=reason.strip(), decider=actor, decided_at=clock.now(),
    )  # fmt: skip
    routing.decisions.append(made)
    if not undecided_categories(routing):
        routing.state = RoutingState.DECIDED
    closed = routings.close_if_done(routing.case)
    events.record(
        "decision:recorded", actor=actor, case=routing.case,
        queue=routing.queue, outcome=outcome, category=category, closed=closed,
    )  # fmt: skip
    return made


def undecided_categories(routing: Routing) -> list[str]:
    """Proposed categories without a result; [""] for a queue without categories and without a result."""
    done = {decision.category for decision in routing.decisions}
    if routing.queue == Queue.SOCIAL_ASSISTANCE:
        return [category for category in routing.categories if category not in done]
    return [] if routing.decisions else [""]


def _check(
    routing: Routing, outcome: str, decided_on: date, category: str, amount_fen: int | None, reason: str
) -> None:
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
