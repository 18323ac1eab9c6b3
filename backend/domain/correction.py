"""更正: a result or a 研判 recorded by mistake is taken back with a reason; nothing that was recorded goes away.

甘民发〔2023〕53号 二: 乡镇研判; 民发〔2021〕57号: the decision itself is made elsewhere, what stands here can be mistyped.
"""

from backend import access, clock
from backend.codebook import ReviewOutcome, RoutingState, Stage
from backend.domain import events, formal_steps
from backend.domain.decision import INCLUSION, SOLUTION
from backend.domain.routing import standing
from backend.models import Case, Correction, Decision, Review, User, db
from backend.problems import Problem

SHORTEST = 5
WORKED_ON = (RoutingState.ACCEPTED, RoutingState.DECIDED)


def correct_decision(decision: Decision, *, reason: str, actor: User) -> Correction:
    """A recorded result ceases to count; its routing waits for the right one, and a closed case is open again.

    One event decision:corrected. Raises Problem correction_done, correction_reason, objection_open (that is answered
    first), routing_state.
    """
    access.require(actor, "routing:work")
    routing, case = decision.routing, decision.routing.case
    if decision.is_reopened or decision.outcome not in (*INCLUSION, *SOLUTION):
        raise Problem("correction_done")
    if routing.open_objection is not None:
        raise Problem("objection_open")
    if routing.state not in WORKED_ON:
        raise Problem("routing_state", state=RoutingState(routing.state).label)
    made = _made(case, reason, actor)
    made.decision, made.case_closed_at, decision.reopened_at = decision, case.closed_at, made.corrected_at
    routing.state = RoutingState.ACCEPTED
    if case.stage == Stage.CLOSED:
        case.stage, case.closed_at = Stage.ROUTED, None
    formal_steps.sum_up(routing)
    events.record(
        "decision:corrected", actor=actor, case=case, queue=routing.queue, outcome=decision.outcome,
        category=decision.category, reopened=made.case_closed_at is not None,
    )  # fmt: skip
    return made


def standing_approval(case: Case) -> Review | None:
    """The 研判 that counts."""
    agreed = (one for one in reversed(case.reviews) if one.outcome == ReviewOutcome.APPROVED)
    return next((one for one in agreed if one.withdrawn_at is None), None)


def withdraw_approval(case: Case, *, reason: str, actor: User) -> Correction:
    """The visit waits for 研判 again, to be agreed to or returned. One event approval:withdrawn.

    Raises Problem wrong_stage, correction_routed (what was routed is taken back first), correction_done,
    correction_reason.
    """
    access.require(actor, "case:reconsider", case)
    if standing(case):
        raise Problem("correction_routed")
    review = standing_approval(case)
    if review is None:
        raise Problem("correction_done")
    made = _made(case, reason, actor)
    made.review, review.withdrawn_at = review, made.corrected_at
    case.stage = Stage.SUBMITTED
    events.record("approval:withdrawn", actor=actor, case=case, visit=review.visit_id)
    return made


def _made(case: Case, reason: str, actor: User) -> Correction:
    if len(reason.strip()) < SHORTEST:
        raise Problem("correction_reason")
    made = Correction(case_id=case.id, reason=reason.strip(), corrector=actor, corrected_at=clock.now())
    db.session.add(made)
    return made
