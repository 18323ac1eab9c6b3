"""不符合纳入条件的，乡镇要做好解释说明和政策宣传工作 (甘民发〔2023〕53号 二)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from backend import access, clock
from backend.codebook import (
    DecisionOutcome,
    DeclineReason,
    ExplanationMethod,
    ExplanationReceipt,
    Queue,
    RoutingState,
    Stage,
    VerdictReason,
)
from backend.domain import deadline, events, formal_steps, parameters, photos
from backend.domain import routing as routings
from backend.domain.contributions import when_told
from backend.domain.sync.payloads import read_photos
from backend.form.limits import SHORTEST_EXPLANATION
from backend.models import Case, Decision, Explanation, InboxItem, Routing, User, db
from backend.problems import Problem


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
    moment = min(explained_at, now)
    made = Explanation(
        reason_codes=list(reason_codes), text=text.strip(), method=method, receipt=receipt,
        witness=witness.strip(), materials=materials.strip(), explainer=actor, explained_at=moment, recorded_at=now,
        object_until_on=object_until(moment, case.county_code),
    )  # fmt: skip
    case.explanations.append(made)
    closed = _end(case, target, made, actor=actor)
    events.record("explanation:recorded", actor=actor, case=case, receipt=receipt, closed=closed)
    return made


def file_explanation(
    case: Case, told: Mapping[str, Any], *, actor: User, item: InboxItem | None = None, is_beside: bool = False,
    album: photos.Album | None = None,
) -> tuple[Explanation, list[VerdictReason]]:  # fmt: skip
    """Record what a visitor said and the household signed on the phone; it ends the 不符合 outcome.

    `told` is an ExplanationPayload. One that comes when nothing waits to be explained is kept beside and ends
    nothing. One event explanation:recorded.
    """
    received_at, moment, doubts = when_told(case, told, "explained_at", item)
    listed, is_readable = read_photos(told.get("photos"))
    target = waiting_routing(case)
    made = Explanation(
        case=case, reason_codes=list(told["reason_codes"]), text=told["text"].strip(), method=told["method"],
        receipt=told["receipt"], witness=told["witness"].strip(), materials=told["materials"].strip(),
        explainer=actor, explained_at=moment, recorded_at=received_at, item_id=item.id if item else None,
        is_beside=is_beside or target is None, photos_expected=len(listed),
        object_until_on=object_until(moment, case.county_code),
    )  # fmt: skip
    db.session.add(made)
    # The seal is bound to the row's number.
    db.session.flush()
    made.signature_text = json.dumps(told["signature"], ensure_ascii=False) if told["signature"] else None
    is_clean = photos.expect(listed, case=case, author=actor, explanation=made, album=album)
    if not (is_readable and is_clean):
        doubts.append(VerdictReason.PHOTO_LIST)
    closed = False if target is None or made.is_beside else _end(case, target, made, actor=actor)
    events.record(
        "explanation:recorded", actor=actor, case=case, receipt=made.receipt, closed=closed, beside=made.is_beside
    )
    return made, doubts


def object_until(explained_at: datetime, area_code: str) -> date:
    """The last day (Asia/Shanghai) on which the household may object; the day of the talk does not count."""
    days = parameters.value("objection_days", on=clock.local(explained_at).date(), area_code=area_code)
    return deadline.last_day(explained_at, days)


def waiting_routing(case: Case) -> Routing | None:
    """The 不符合 that still waits for somebody to explain it."""
    if case.stage != Stage.ROUTED:
        return None
    here = (r for r in routings.standing(case) if r.queue == Queue.EXPLANATION)
    return next((r for r in here if r.state != RoutingState.DECIDED), None)


def _end(case: Case, target: Routing, made: Explanation, *, actor: User) -> bool:
    # The household knows the result from the day of the talk, however late it is written down.
    told_on = clock.local(made.explained_at).date()
    target.decisions.append(
        Decision(
            outcome=DecisionOutcome.EXPLAINED, category="", decided_on=told_on,
            reason=made.text, decider=actor, decided_at=clock.now(),
        )
    )  # fmt: skip
    target.state = RoutingState.DECIDED
    formal_steps.sum_up(target)
    return routings.close_if_done(case)


def _waiting(case: Case) -> Routing:
    target = next((r for r in routings.standing(case) if r.queue == Queue.EXPLANATION), None)
    if target is None or target.state == RoutingState.DECIDED:
        raise Problem("routing_state", state=RoutingState(target.state).label if target else "")
    return target


def _check(reason_codes: Sequence[str], text: str, method: str, receipt: str, witness: str) -> None:
    if not reason_codes or not set(reason_codes) <= set(DeclineReason):
        raise Problem("reason_missing")
    if len(text.strip()) < SHORTEST_EXPLANATION:
        raise Problem("explanation_missing")
    if method not in set(ExplanationMethod) or receipt not in set(ExplanationReceipt):
        raise Problem("invalid")
    if receipt == ExplanationReceipt.REFUSED and not witness.strip():
        raise Problem("witness_missing")
