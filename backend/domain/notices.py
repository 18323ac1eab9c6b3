"""What a person is told about a household with the next pull: work that came beside, what became of theirs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from backend import clock
from backend.codebook import LateReason, NoticeKind, VerdictReason
from backend.models import Case, Extension, InboxItem, Notice, User, db

TOLD_FOR = timedelta(days=30)
AT_ONCE = 50


def tell_late(item: InboxItem, case: Case, reason: VerdictReason, *, author: User) -> None:
    """Tell whoever brought something late that it is kept, and those who have the household now that it came.

    Part of the judgement of the item, so once per item and no event.
    """
    if reason.value not in set(LateReason):
        return
    if item.settled_by_id is None:
        _tell(author.id, NoticeKind.KEPT_BESIDE, case.id, item, reason)
    now = {a.user_id for a in case.assignments if a.ended_at is None}
    for user_id in sorted(now - {author.id}):
        _tell(user_id, NoticeKind.LATE_CONTRIBUTION, case.id, item, reason)


def tell_settled(item: InboxItem, kind: NoticeKind) -> None:
    """Tell the author, and who carried it in, what a person decided about their item. Part of the verb: no event."""
    # An item may wait for a household that is not here.
    case = db.session.get(Case, item.case_id) if item.case_id else None
    for user_id in sorted({item.user_id, item.carried_by_id or item.user_id}):
        _tell(user_id, kind, case.id if case else None, item, None)


def tell_extension(extension: Extension, kind: NoticeKind) -> None:
    """Tell who asked for a 延期, and those who go there now, what the county said. Part of the verb: no event."""
    now = {a.user_id for a in extension.case.assignments if a.ended_at is None}
    for user_id in sorted(now | {extension.asker.id}):
        facts = {"extension": extension.id}
        db.session.add(Notice(user_id=user_id, case_id=extension.case.id, kind=kind, facts=facts, made_at=clock.now()))


def _tell(user_id: str, kind: NoticeKind, case_id: str | None, item: InboxItem, reason: VerdictReason | None) -> None:
    facts = {"item": item.id} | ({"reason": reason.value} if reason else {})
    db.session.add(Notice(user_id=user_id, case_id=case_id, kind=kind, facts=facts, made_at=clock.now()))


def notices_for(user: User) -> list[Notice]:
    """What this person's phone has not confirmed yet, oldest first, up to 30 days back."""
    since = clock.now() - TOLD_FOR
    return list(
        db.session.scalars(
            select(Notice)
            .where(Notice.user_id == user.id, Notice.told_at.is_(None), Notice.made_at > since)
            .order_by(Notice.made_at, Notice.id)
            .limit(AT_ONCE)
        )
    )


def note_taken(ids: Sequence[str], *, user: User) -> None:
    """The phone has kept these: they need not be told again. Bookkeeping of a contact, so no event."""
    if ids:
        mine = update(Notice).where(Notice.id.in_(ids), Notice.user_id == user.id, Notice.told_at.is_(None))
        db.session.execute(mine.values(told_at=clock.now()))


def as_told(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """The notices as they travel: {id, case_id, kind, text, made_at}."""
    words = _settlements([notice for notice in notices if notice.kind == NoticeKind.DISCARDED])
    words |= _answers([notice for notice in notices if notice.kind == NoticeKind.EXTENSION_REFUSED])
    return [
        {
            "id": notice.id, "case_id": notice.case_id, "kind": notice.kind,
            "text": _text(notice, words.get(notice.facts.get("item") or notice.facts.get("extension", ""), "")), "made_at": clock.iso(notice.made_at),
        }
        for notice in notices
    ]  # fmt: skip


def _settlements(notices: Sequence[Notice]) -> dict[str, str]:
    ids = [notice.facts.get("item") for notice in notices]
    if not ids:
        return {}
    rows = db.session.execute(select(InboxItem.id, InboxItem.settlement).where(InboxItem.id.in_(ids)))
    return {item_id: words for item_id, words in rows}


def _answers(notices: Sequence[Notice]) -> dict[str, str]:
    ids = [notice.facts.get("extension") for notice in notices]
    if not ids:
        return {}
    rows = db.session.execute(select(Extension.id, Extension.decision_note).where(Extension.id.in_(ids)))
    return {extension_id: words for extension_id, words in rows}


def _text(notice: Notice, words: str) -> str:
    kind, reason = NoticeKind(notice.kind), notice.facts.get("reason", "")
    if kind is NoticeKind.LATE_CONTRIBUTION and reason in set(LateReason):
        return LateReason(reason).label
    if kind is NoticeKind.KEPT_BESIDE and reason in (VerdictReason.CLOSED, VerdictReason.OTHER_VISIT):
        return VerdictReason(reason).label
    return f"{kind.label}：{words}" if words else kind.label
