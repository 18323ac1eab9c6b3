"""没写完的表: an unfinished form that a phone handed in because it could no longer read it itself.

Kept for its author alone and given back with the next pull; it is nobody's contribution.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from backend import clock
from backend.codebook import ItemKind
from backend.domain import events
from backend.domain.masked_answers import mask_numbers, numbers_in
from backend.domain.sync.weighing import CANONICAL_UUID
from backend.models import Case, InboxItem, RecoveredDraft, User, db

AT_ONCE = 20


def keep_draft(case: Case | None, told: Mapping[str, Any], *, actor: User, item: InboxItem) -> RecoveredDraft:
    """Keep an unfinished form for its author, `actor`, until a phone of theirs has it. One event draft:recovered.

    `told` has purpose, base_revision, started_at, saved_at and answers, as `payloads.read` gives them. The
    case is left alone: its revision, its stage and its clock know nothing of drafts. Without one, `told` has the
    case_id that the phone made for a household being found.
    """
    draft = RecoveredDraft(
        item_id=item.id, author_id=actor.id, case=case, new_case_id=None if case else told["case_id"], purpose=told["purpose"],
        base_revision=told.get("base_revision") or 0, started_at=told.get("started_at"), saved_at=told["saved_at"],
    )  # fmt: skip
    draft.fields_text = json.dumps(told["answers"], ensure_ascii=False)
    db.session.add(draft)
    events.record("draft:recovered", actor=actor, draft=draft.id, item=item.id)
    return draft


def drafts_for(user: User) -> list[dict[str, Any]]:
    """The person's own drafts that no phone has confirmed yet, as they travel: ID numbers masked."""
    mine = (
        select(RecoveredDraft)
        .where(RecoveredDraft.author_id == user.id, RecoveredDraft.taken_at.is_(None))
        .order_by(RecoveredDraft.saved_at, RecoveredDraft.id)
        .limit(AT_ONCE)
    )
    return [
        {
            "id": draft.id, "case_id": draft.case_id or draft.new_case_id, "purpose": draft.purpose, "base_revision": draft.base_revision,
            "started_at": clock.iso(draft.started_at), "saved_at": clock.iso(draft.saved_at),
            "fields": _fields_of(draft),
        }
        for draft in db.session.scalars(mine)
    ]  # fmt: skip


def is_of_found(told: Mapping[str, Any]) -> bool:
    """Whether this unfinished form may be about a household that is no case yet: a discovery, or 急难 begun on its page."""
    return told["purpose"] in (ItemKind.DISCOVERY, ItemKind.URGENT) and bool(CANONICAL_UUID.fullmatch(told["case_id"]))


def _fields_of(draft: RecoveredDraft) -> dict[str, Any]:
    fields = mask_numbers(json.loads(draft.fields_text))
    # Nobody puts a masked number back on the page of a discovery: it is typed again.
    return fields | {"idNumber": ""} if draft.purpose == ItemKind.DISCOVERY else fields


def note_taken(ids: Sequence[str], *, user: User) -> None:
    """The phone has kept these drafts. They stay here, too. Bookkeeping of a contact, so no event."""
    if ids:
        mine = update(RecoveredDraft).where(
            RecoveredDraft.id.in_(ids), RecoveredDraft.author_id == user.id, RecoveredDraft.taken_at.is_(None)
        )
        db.session.execute(mine.values(taken_at=clock.now()))


def numbers_in_drafts(case: Case, author: User) -> Iterator[str]:
    """ID numbers that the author typed into unfinished forms of this case."""
    for draft in case.drafts:
        if draft.author_id == author.id:
            yield from numbers_in(json.loads(draft.fields_text))
