"""Pull: what a phone should know, from what it says it knows. No cursor, so nothing that commits late is missed.

Reassignment needs no tombstones and a restored server heals: the answer is always the difference.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, exists, or_, select

from backend import clock
from backend.access import visible_cases
from backend.codebook import FIELD_ROLES, Verdict, VerdictReason
from backend.domain import drafts, notices
from backend.domain.sync.cases import cases_for
from backend.domain.sync.office import office_for
from backend.domain.sync.parameters_told import parameters_for
from backend.domain.sync.weighing import CANONICAL_UUID
from backend.domain.sync.words_told import words_for
from backend.extensions import settings
from backend.models import Case, InboxItem, Notice, RecoveredDraft, User, db
from backend.models.questions import Looker, kept
from backend.storage.epoch import read_epoch

_PERSON: BindParameter[str] = bindparam("person")
_WAITING = select(
    exists().where(InboxItem.user_id == _PERSON, InboxItem.verdict == Verdict.PENDING),
    exists().where(Notice.user_id == _PERSON, Notice.told_at.is_(None)),
    exists().where(RecoveredDraft.author_id == _PERSON, RecoveredDraft.taken_at.is_(None)),
)


class Waiting(NamedTuple):
    """What there is for a person: deposits to judge, notices to tell, drafts to give back."""

    items: bool
    notices: bool
    drafts: bool


def waiting_for(user: User) -> Waiting:
    """One look whether anything waits; mostly nothing does."""
    return Waiting(*db.session.execute(_WAITING, {"person": user.id}).one())


def changes_for(
    user: User,
    known: Mapping[str, int] | None,
    items: Sequence[str],
    *,
    digest: str | None = None,
    parameters_tag: str | None = None,
    office: str | None = None,
    words_tag: str | None = None,
    waiting: Waiting | None = None,
) -> dict[str, Any]:
    """{server_time, epoch, cases, gone, verdicts, photos, notices, drafts, parameters, office, words}.

    `known` maps case id to revision; a revision ahead of ours counts as unknown: the server may have been restored. With
    only their `digest`, one that does not fit is answered {server_time, epoch, stale}. `parameters_tag`, `words_tag` and
    `office` name what the phone has ("" for none, None: it does not ask). `items` are this person's deposits whose
    verdict it still waits for; `waiting` is what a look shortly before found.
    """
    head = {"server_time": clock.iso(clock.now()), "epoch": read_epoch(settings().data)}
    current = _revisions(user)
    if known is None and digest is not None:
        if digest != digest_of(current):
            return head | {"stale": True}
        known = current
    known = known or {}
    cases, photos = cases_for(user, [one for one, revision in current.items() if known.get(one) != revision])
    waiting = waiting or waiting_for(user)
    told = notices.notices_for(user) if waiting.notices else []
    settled = [notice.facts["item"] for notice in told if "item" in notice.facts]
    return head | {
        "cases": cases,
        "gone": [case_id for case_id in known if case_id not in current],
        "verdicts": verdicts_for(user, [*items, *settled]),
        "photos": photos,
        "notices": notices.as_told(told),
        "drafts": drafts.drafts_for(user) if waiting.drafts else [],
        "parameters": parameters_for(user, parameters_tag),
        "office": office_for(user, office),
        **words_for(user, words_tag),
    }


def digest_of(revisions: Mapping[str, int]) -> str:
    """What a phone sends instead of many revisions: SHA-256 (hex) of the lines `case id:revision`, sorted."""
    lines = "".join(f"{case_id}:{revision}\n" for case_id, revision in sorted(revisions.items()))
    return sha256(lines.encode()).hexdigest()


def _revisions(user: User) -> dict[str, int]:
    # Who works at a desk sees cases there; a phone holds those that its person visits, never a whole area.
    if user.role not in FIELD_ROLES:
        return {}
    return {case_id: revision for case_id, revision in db.session.execute(_known_to(user))}


@kept
def _known_to(user: Looker) -> Select[str, int]:
    return visible_cases(user).with_only_columns(Case.id, Case.revision)


def verdicts_for(user: User, items: Sequence[str]) -> dict[str, dict[str, str | None]]:
    """{item id: {verdict, code, reason}} of what the person made or carried in; ids never received are left out."""
    ids = [item for item in items if CANONICAL_UUID.fullmatch(item)]
    if not ids:
        return {}
    is_theirs = or_(InboxItem.user_id == user.id, InboxItem.carried_by_id == user.id, InboxItem.author_id == user.id)
    columns = (InboxItem.id, InboxItem.verdict, InboxItem.reason, InboxItem.settlement)
    rows = db.session.execute(select(*columns).where(InboxItem.id.in_(ids), is_theirs))
    return {row.id: {"verdict": row.verdict} | _reason(row) for row in rows}


def _reason(row: Any) -> dict[str, str | None]:
    if row.verdict == Verdict.APPLIED or not row.reason:
        return {"code": None, "reason": row.settlement or None if row.verdict == Verdict.DISCARDED else None}
    reason = VerdictReason(row.reason)
    # What is out of sight answers like what does not exist.
    shown = VerdictReason.UNKNOWN_CASE if reason is VerdictReason.FOREIGN_CASE else reason
    return {"code": shown.value, "reason": row.settlement if row.verdict == Verdict.DISCARDED else shown.label}
