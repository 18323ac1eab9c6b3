"""Pull: what a phone should know, from what it says it knows. No cursor, so nothing that commits late is missed.

Reassignment needs no tombstones and a restored server heals: the answer is always the difference.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from backend import clock
from backend.access import visible_cases
from backend.codebook import FIELD_ROLES, VerdictReason
from backend.domain.sync.cases import cases_for
from backend.domain.sync.inbox import CANONICAL_UUID
from backend.extensions import settings
from backend.models import Case, InboxItem, User, db
from backend.storage.epoch import read_epoch


def changes_for(user: User, known: Mapping[str, int], items: Sequence[str]) -> dict[str, Any]:
    """{server_time, epoch, cases, gone, verdicts, photos} for a phone that knows these revisions.

    `known` maps case id to revision; a revision ahead of ours counts as unknown, too: the server may
    have been restored. `items` are this person's deposits whose verdict the phone still waits for.
    """
    current = _revisions(user)
    changed = [case_id for case_id, revision in current.items() if known.get(case_id) != revision]
    cases, photos = cases_for(user, changed)
    return {
        "server_time": clock.iso(clock.now()),
        "epoch": read_epoch(settings().data),
        "cases": cases,
        "gone": [case_id for case_id in known if case_id not in current],
        "verdicts": verdicts_for(user, items),
        "photos": photos,
    }


def _revisions(user: User) -> dict[str, int]:
    # Who works at a desk sees cases there; a phone holds those that its person visits, never a whole area.
    if user.role not in FIELD_ROLES:
        return {}
    mine = visible_cases(user).with_only_columns(Case.id, Case.revision)
    return {case_id: revision for case_id, revision in db.session.execute(mine)}


def verdicts_for(user: User, items: Sequence[str]) -> dict[str, dict[str, str | None]]:
    """{item id: {verdict, code, reason}} of the person's own items; ids never received are left out."""
    ids = [item for item in items if CANONICAL_UUID.fullmatch(item)]
    if not ids:
        return {}
    columns = (InboxItem.id, InboxItem.verdict, InboxItem.reason)
    rows = db.session.execute(select(*columns).where(InboxItem.id.in_(ids), InboxItem.user_id == user.id))
    return {row.id: {"verdict": row.verdict, **_reason(row.reason)} for row in rows}


def _reason(code: str) -> dict[str, str | None]:
    if not code:
        return {"code": None, "reason": None}
    reason = VerdictReason(code)
    # What is out of sight answers like what does not exist.
    shown = VerdictReason.UNKNOWN_CASE if reason is VerdictReason.FOREIGN_CASE else reason
    return {"code": shown.value, "reason": shown.label}
