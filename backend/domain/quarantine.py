"""另存待人工处理: what a person decides about deposits that were not simply adopted.

Nothing is thrown away: a discarded item keeps its row and its content, and can be taken up again. Every
verb needs a reason, leaves one event in the actor's name and tells the author with the next pull.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from backend import access, clock
from backend.access_inbox import visible_items
from backend.codebook import ItemKind, NoticeKind, Verdict, VerdictReason
from backend.domain import discoveries, events, notices
from backend.domain.reveals import LONG_NUMBERS
from backend.domain.sync import apply, opening, payloads
from backend.domain.sync.standing import Standing, standing_of
from backend.models import (
    Attempt,
    Case,
    Discovery,
    Explanation,
    Extension,
    InboxConflict,
    InboxItem,
    Observation,
    RecoveredDraft,
    User,
    Visit,
    db,
)
from backend.problems import Problem

WAITING = (Verdict.NEEDS_REVIEW, Verdict.QUARANTINED)
RECORDS: tuple[Any, ...] = (Discovery, Visit, Observation, Attempt, Explanation, Extension, RecoveredDraft)


def accept(item: InboxItem, *, note: str, actor: User) -> InboxItem:
    """Adopt an item although the program had its doubts; what is recorded already is thereby seen and settled.

    The work is that of whom the envelope names, if there is such an account. Where the household was never
    theirs, has gone to others or is closed, it stands beside. One event item:accepted. Raises Problem
    item_without_case, item_unreadable, item_settled, reason_missing or not_found.
    """
    _check(item, note, actor)
    overruled = item.reason
    if not is_recorded(item):
        content = _content(item)
        case = db.session.get(Case, content["case_id"], with_for_update=True)
        if item.kind == ItemKind.DISCOVERY:
            _open_found(item, content, case, actor)
        elif case is None:
            raise Problem("item_without_case")
        else:
            _record(item, content, case)
    _settle(item, Verdict.APPLIED, note, actor)
    notices.tell_settled(item, NoticeKind.ACCEPTED)
    _note("item:accepted", item, actor=actor, overruled=overruled)
    return item


def attach(item: InboxItem, *, case: Case, note: str, actor: User) -> InboxItem:
    """Put a quarantined item to the household that a person chose, whatever household it names itself.

    One event item:attached. Raises Problem item_unreadable, item_settled, reason_missing or not_found.
    """
    _check(item, note, actor)
    access.find_case(actor, case.id)
    if is_recorded(item):
        raise Problem("item_settled")
    overruled = item.reason
    if item.kind == ItemKind.DISCOVERY:
        _take_author(item)
        discoveries.attach(_content(item), case=case, actor=item.user, item=item)
        item.case_id = case.id
    else:
        _record(item, _content(item) | {"case_id": case.id}, case)
    _settle(item, Verdict.APPLIED, note, actor)
    notices.tell_settled(item, NoticeKind.ATTACHED)
    _note("item:attached", item, actor=actor, overruled=overruled)
    return item


def discard(item: InboxItem, *, reason: str, actor: User) -> InboxItem:
    """Do not use an item; it stays as handed in, and its author reads the reason. One event item:discarded.

    Raises Problem item_counts for a visit that is the case's own: that one is returned for correction.
    """
    _check(item, reason, actor)
    if db.session.scalar(select(Visit.id).where(Visit.item_id == item.id, Visit.is_current)):
        raise Problem("item_counts")
    _settle(item, Verdict.DISCARDED, reason, actor)
    notices.tell_settled(item, NoticeKind.DISCARDED)
    _note("item:discarded", item, actor=actor, overruled=item.reason)
    return item


def restore(item: InboxItem, *, note: str, actor: User) -> InboxItem:
    """Take a discarded item up again: it waits as it did before. One event item:restored."""
    _check(item, note, actor, waiting=(Verdict.DISCARDED,))
    item.verdict = Verdict.NEEDS_REVIEW if is_recorded(item) else Verdict.QUARANTINED
    item.settled_by_id, item.settled_at, item.settlement = None, None, ""
    notices.tell_settled(item, NoticeKind.RESTORED)
    _note("item:restored", item, actor=actor, note=_told(note))
    return item


def adopt_conflict(conflict: InboxConflict, *, note: str, actor: User) -> InboxItem:
    """Make other content under a taken id an item of its own; a visit in it stands beside. One event conflict:adopted.

    Raises Problem item_without_case, item_unreadable, item_settled, reason_missing or not_found.
    """
    item = _item_of(conflict, note, actor)
    content = _content(item)
    case = db.session.get(Case, content["case_id"], with_for_update=True)
    if case is None:
        raise Problem("item_without_case")
    _record(item, content, case, is_beside=True)
    _settle(item, Verdict.APPLIED, note, actor)
    _note("conflict:adopted", item, actor=actor, beside=conflict.item_id)
    return item


def discard_conflict(conflict: InboxConflict, *, reason: str, actor: User) -> InboxItem:
    """Do not use other content under a taken id: it becomes a discarded item. One event item:discarded."""
    item = _item_of(conflict, reason, actor)
    _settle(item, Verdict.DISCARDED, reason, actor)
    _note("item:discarded", item, actor=actor, beside=conflict.item_id)
    return item


def is_recorded(item: InboxItem) -> bool:
    """Whether the item's content already stands at a household (or as its author's draft)."""
    return any(db.session.scalar(select(model.id).where(model.item_id == item.id)) for model in RECORDS)


def _check(item: InboxItem, reason: str, actor: User, waiting: tuple[Verdict, ...] = WAITING) -> None:
    access.require(actor, "inbox:settle")
    if db.session.scalar(visible_items(actor).with_only_columns(InboxItem.id).where(InboxItem.id == item.id)) is None:
        raise Problem("not_found")
    if item.verdict not in waiting:
        raise Problem("item_settled")
    if not reason.strip():
        raise Problem("reason_missing")


def _content(item: InboxItem) -> dict[str, Any]:
    try:
        return payloads.read(item.kind, opening.text_of(item), may_hold_more=True)
    except payloads.Unreadable as error:
        raise Problem("item_unreadable") from error


def _open_found(item: InboxItem, content: Mapping[str, Any], case: Case | None, actor: User) -> None:
    """A household that was not simply taken: only who has its place may open a case there."""
    is_own = any(content["area_code"].startswith(code) for code in actor.area_codes)
    if case is not None or not is_own or discoveries.is_known(content["case_id"]):
        raise Problem("item_without_case")
    _take_author(item)
    item.case_id = discoveries.discover(content, actor=item.user, item=item).discovery.case.id


def _take_author(item: InboxItem) -> None:
    author = db.session.get(User, item.author_id) if item.flag and item.author_id else None
    if author is not None and author.id != item.user_id:
        item.carried_by_id, item.user_id, item.user = item.carried_by_id or item.user_id, author.id, author


def _record(item: InboxItem, content: Mapping[str, Any], case: Case, *, is_beside: bool = False) -> None:
    _take_author(item)
    item.case_id = case.id
    standing = standing_of(item.user, case, item.kind, content["base_revision"])
    if is_beside:
        standing = Standing(standing.is_theirs, standing.reason or VerdictReason.OTHER_VISIT)
    apply.record(case, content, item, standing)


def _settle(item: InboxItem, verdict: Verdict, words: str, actor: User) -> None:
    item.verdict, item.settled_by_id, item.settled_at = verdict, actor.id, clock.now()
    item.settlement = _told(words)


def _told(words: str) -> str:
    return LONG_NUMBERS.sub("*", words.strip())


def _note(tag: str, item: InboxItem, *, actor: User, **facts: Any) -> None:
    case = db.session.get(Case, item.case_id) if item.case_id else None
    events.record(tag, actor=actor, case=case, item=item.id, kind=item.kind, **facts)


def _item_of(conflict: InboxConflict, reason: str, actor: User) -> InboxItem:
    """A new row with the conflict's own id, so that one conflict becomes one item."""
    first = db.session.get_one(InboxItem, conflict.item_id)
    _check(first, reason, actor, waiting=tuple(Verdict))
    if db.session.get(InboxItem, conflict.id) is not None:
        raise Problem("item_settled")
    item = InboxItem(
        id=conflict.id, kind=opening.kind_of_conflict(conflict, first.kind), user_id=conflict.user_id,
        author_id=conflict.author_id, device_id=conflict.device_id, seq=first.seq, sha256=conflict.sha256,
        key_id=conflict.key_id, sealed=conflict.sealed, received_at=conflict.received_at,
        receipt_no=conflict.receipt_no, verdict=Verdict.QUARANTINED, reason="", flag="", settlement="",
        case_id=first.case_id, judged_at=clock.now(),
    )  # fmt: skip
    if conflict.sealed is None:
        item.payload = conflict.payload
    db.session.add(item)
    db.session.flush()
    return item
