"""不符合纳入条件的，乡镇要做好解释说明和政策宣传工作 (甘民发〔2023〕53号 二)."""

from collections.abc import Sequence
from datetime import datetime

from backend import access, clock
from backend.codebook import (
    DecisionOutcome,
    DeclineReason,
    ExplanationMethod,
    ExplanationReceipt,
    Queue,
    RoutingState,
)
from backend.domain import events
from backend.domain import routing as routings
from backend.models import Case, Decision, Explanation, Routing, User
from backend.problems import Problem

SHORTEST = 10


def explain(
    case: Case,
    *,
    reason_codes: Sequence[str],
    text: str,
    method: str,
    receipt: str,
    explained_at: datetime,
    actor: User,
    witness: str = "",
    materials: str = "",
) -> Explanation:
    """Record what a household was told, how, and what it signed; this ends the 不符合 outcome.

    One event explanation:recorded. Raises Problem wrong_stage, routing_state (not routed to 不符合),
    reason_missing, explanation_missing (under 10 characters), witness_missing, invalid.
    """
    access.require(actor, "case:explain", case)
    target = _waiting(case)
    _check(reason_codes, text, method, receipt, witness)
    now = clock.now()
    made = Explanation(
        reason_codes=list(reason_codes), text=text.strip(), method=method, receipt=receipt,
        witness=witness.strip(), materials=materials.strip(), explainer=actor,
        explained_at=min(explained_at, now), recorded_at=now,
    )  # fmt: skip
    case.explanations.append(made)
    target.decisions.append(
        Decision(
            outcome=DecisionOutcome.EXPLAINED, category="", decided_on=clock.local(now).date(),
            reason=text.strip(), decider=actor, decided_at=now,
        )
    )  # fmt: skip
    target.state = RoutingState.DECIDED
    closed = routings.close_if_done(case)
    events.record("explanation:recorded", actor=actor, case=case, receipt=receipt, closed=closed)
    return made


def _waiting(case: Case) -> Routing:
    target = next((r for r in routings.standing(case) if r.queue == Queue.EXPLANATION), None)
    if target is None or target.state == RoutingState.DECIDED:
        raise Problem("routing_state", state=RoutingState(target.state).label if target else "")
    return target


def _check(reason_codes: Sequence[str], text: str, method: str, receipt: str, witness: str) -> None:
    if not reason_codes or not set(reason_codes) <= set(DeclineReason):
        raise Problem("reason_missing")
    if len(text.strip()) < SHORTEST:
        raise Problem("explanation_missing")
    if method not in set(ExplanationMethod) or receipt not in set(ExplanationReceipt):
        raise Problem("invalid")
    if receipt == ExplanationReceipt.REFUSED and not witness.strip():
        raise Problem("witness_missing")
