"""Apply: judge what was deposited, each item by itself, after it is safely stored.

applied: it changed the case. needs_review: kept and attributed beside the case, the township decides.
quarantined: it cannot belong to a case as it is; it stays as handed in. Nothing is ever thrown away, and
an item that cannot be judged never holds up the next.
"""

import logging
import traceback
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from backend import clock
from backend.codebook import ItemKind, Verdict, VerdictReason
from backend.domain import contributions, events, visits
from backend.domain.sync import payloads
from backend.domain.sync.standing import Standing, standing_of
from backend.models import Case, InboxItem, User, db

log = logging.getLogger(__name__)
AT_ONCE = 200


def apply_pending(*, actor: User) -> int:
    """Judge what this person handed in and nobody has judged yet, in the order it was made; how many.

    The events are those of the verbs that record the contents, or item:quarantined. An item whose judgement
    fails is quarantined with apply_failed, unless the database itself was out of reach: then it waits.
    """
    waiting = db.session.scalars(
        select(InboxItem)
        .where(InboxItem.user_id == actor.id, InboxItem.verdict == Verdict.PENDING)
        .order_by(InboxItem.received_at, InboxItem.seq, InboxItem.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for item in waiting:
        _judge(item, actor)
    return len(waiting)


def _judge(item: InboxItem, actor: User) -> None:
    item_id = item.id
    try:
        with db.session.begin_nested():
            verdict, reason = _apply(item, actor)
    except payloads.Unreadable as unreadable:
        verdict, reason = Verdict.QUARANTINED, unreadable.reason
    except OperationalError:
        raise
    except Exception as error:
        # Neither message nor values: they may hold what somebody told in a village.
        where = traceback.extract_tb(error.__traceback__)[-1]
        log.error("item %s: %s at %s:%s", item_id, type(error).__name__, where.filename, where.lineno)
        verdict, reason = Verdict.QUARANTINED, VerdictReason.APPLY_FAILED
    item.verdict, item.reason, item.judged_at = verdict, reason.value if reason else "", clock.now()
    if verdict == Verdict.QUARANTINED:
        events.record("item:quarantined", actor=actor, item=item_id, kind=item.kind, reason=item.reason)


def _apply(item: InboxItem, actor: User) -> tuple[Verdict, VerdictReason | None]:
    content = payloads.read(item.kind, item.payload)
    case = db.session.get(Case, content["case_id"], with_for_update=True)
    if case is None:
        return Verdict.QUARANTINED, VerdictReason.UNKNOWN_CASE
    item.case_id = case.id
    standing = standing_of(actor, case, item.kind, content["base_revision"])
    if not standing.is_theirs:
        return Verdict.QUARANTINED, standing.reason
    doubts = _record(case, content, item, actor, standing)
    reason = standing.reason or (doubts[0] if doubts else None)
    return (Verdict.NEEDS_REVIEW if reason else Verdict.APPLIED), reason


def _record(
    case: Case, content: Mapping[str, Any], item: InboxItem, actor: User, standing: Standing
) -> list[VerdictReason]:
    match item.kind:
        case ItemKind.VISIT:
            is_current = standing.reason is None
            return visits.record_visit(case, content, actor=actor, item=item, is_current=is_current)[1]
        case ItemKind.OBSERVATION:
            return contributions.record_observation(case, content, actor=actor, item=item)[1]
        case ItemKind.ATTEMPT:
            return contributions.record_attempt(case, content, actor=actor, item=item)[1]
        case _:
            return contributions.report_urgency(case, content, actor=actor, item=item)[1]
