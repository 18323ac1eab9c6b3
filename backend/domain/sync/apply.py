"""Apply: judge what was deposited, each item by itself, after it is safely stored.

applied: it changed the case. needs_review: kept and attributed beside the case, the township decides.
quarantined: it cannot belong to a case as it is, or is not proven to be somebody's; it stays as handed in.
Nothing is ever thrown away, and an item that cannot be judged never holds up the next.
"""

import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import contains_eager, lazyload, selectinload

from backend import clock
from backend.codebook import ItemKind, Verdict, VerdictReason
from backend.domain import contributions, discoveries, drafts, events, explanation, extension, notices, photos, visits
from backend.domain.sync import opening, payloads
from backend.domain.sync.inbox import ITEMS_OWN_FAULT
from backend.domain.sync.standing import Standing, standing_of
from backend.models import Case, InboxItem, User, Visit, db

log = logging.getLogger(__name__)
AT_ONCE = 100

Content = dict[str, Any] | payloads.Unreadable
Told = tuple[InboxItem, Content, Case | None]


class Judged(NamedTuple):
    verdict: Verdict
    reason: VerdictReason | None = None
    case: Case | None = None


def apply_pending(*, user: User | None = None, limit: int = AT_ONCE) -> int:
    """Judge what nobody has judged yet, of `user` or of everybody, in the order it was made; how many.

    The actor of an item is its user. The events are those of the verbs that record the contents, or
    item:quarantined. An item whose judgement fails is quarantined with apply_failed, unless the database
    itself was out of reach: then all wait. The caller commits, and calls again until nothing is left.
    """
    return judge(user=user, limit=limit)[0]


def judge(*, user: User | None = None, limit: int = AT_ONCE) -> tuple[int, bool]:
    """What `apply_pending` does; how many, and whether more may wait."""
    found = _waiting(user, limit)
    waiting = _up_to_a_discovery(found)
    if not waiting:
        return 0, False
    told = _told(waiting)
    events.hold_chain()
    if not _judge_together(told):
        for item, content, case in told:
            _judge_alone(item, content, case)
    # What waited for a household is judged anew when it was discovered.
    return len(waiting), len(found) == limit or waiting[-1].kind == ItemKind.DISCOVERY


def _waiting(user: User | None, limit: int) -> list[InboxItem]:
    # Who comes second waits for the first and finds these judged: skipping locked rows would judge a
    # person's later item before the earlier one.
    query = (
        select(InboxItem)
        .join(InboxItem.user)
        .options(contains_eager(InboxItem.user))
        .where(InboxItem.verdict == Verdict.PENDING)
        .order_by(InboxItem.received_at, InboxItem.seq, InboxItem.id)
        .limit(limit)
        .with_for_update(of=InboxItem)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query.where(InboxItem.user_id == user.id) if user else query))


def _up_to_a_discovery(waiting: list[InboxItem]) -> list[InboxItem]:
    """What comes after a discovery may be about the household that it opens: that is the next look's."""
    ends = [at for at, item in enumerate(waiting, 1) if item.kind == ItemKind.DISCOVERY]
    return waiting[: ends[0]] if ends else waiting


def _told(waiting: Sequence[InboxItem]) -> list[Told]:
    """What each says, with its household; one that the database cannot even be asked about stands alone."""
    contents = {item.id: _content(item) for item in waiting}
    try:
        with db.session.begin_nested():
            cases = _cases(_case_id(content) for content in contents.values())
    except ITEMS_OWN_FAULT:
        if len(waiting) == 1:
            return [(waiting[0], payloads.Unreadable(VerdictReason.APPLY_FAILED), None)]
        half = len(waiting) // 2
        return _told(waiting[:half]) + _told(waiting[half:])
    return [(item, contents[item.id], cases.get(_case_id(contents[item.id]) or "")) for item in waiting]


def _content(item: InboxItem) -> Content:
    try:
        return payloads.read(item.kind, opening.text_of(item))
    except payloads.Unreadable as unreadable:
        return unreadable


def _case_id(content: Content) -> str | None:
    return content.case_id if isinstance(content, payloads.Unreadable) else content["case_id"]


def _cases(ids: Iterable[str | None]) -> dict[str, Case]:
    """The cases with what judging always looks at, locked in one order, so that two who judge never wait crosswise."""
    wanted = {case_id for case_id in ids if case_id}
    if not wanted:
        return {}
    query = (
        select(Case)
        .where(Case.id.in_(wanted))
        .order_by(Case.id)
        .options(
            selectinload(Case.assignments),
            selectinload(Case.visits).options(lazyload(Visit.author)).defer(Visit.answers_text_sealed),
            selectinload(Case.reviews),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {case.id: case for case in db.session.scalars(query)}
    behind = discoveries.cases_behind(sorted(wanted - found.keys()))
    known = _cases(behind.values()) if behind else {}
    return found | {phone_id: known[case_id] for phone_id, case_id in behind.items()}


def _judge_together(told: Sequence[Told]) -> bool:
    """All in one savepoint, written in few statements; False, and nothing done, when one of them fails."""
    readable = [content for _, content, _ in told if isinstance(content, dict)]
    try:
        with db.session.begin_nested():
            album = photos.Album(set[str]().union(*map(payloads.photo_ids, readable)))
            for item, content, case in told:
                _note(item, content, case, _apply(item, content, case, album))
            album.write()
    except ITEMS_OWN_FAULT:
        return False
    except DBAPIError:
        raise
    except Exception:
        return False
    return True


def _judge_alone(item: InboxItem, content: Content, case: Case | None) -> None:
    item_id = item.id
    try:
        with db.session.begin_nested():
            judged = _apply(item, content, case)
    except ITEMS_OWN_FAULT as error:
        judged = _failed(item_id, error)
    except DBAPIError:
        raise
    except Exception as error:
        judged = _failed(item_id, error)
    _note(item, content, case, judged)


def _note(item: InboxItem, content: Content, case: Case | None, judged: Judged) -> None:
    case = judged.case or case
    # A household that is not here yet may still come.
    item.case_id = case.id if case else _case_id(content)
    item.verdict, item.judged_at = judged.verdict, clock.now()
    item.reason = judged.reason.value if judged.reason else ""
    if judged.verdict == Verdict.QUARANTINED:
        events.record("item:quarantined", actor=item.user, item=item.id, kind=item.kind, reason=item.reason)


def _failed(item_id: str, error: Exception) -> Judged:
    # Neither message nor values: they may hold what somebody told in a village.
    where = traceback.extract_tb(error.__traceback__)[-1]
    log.error("item %s: %s at %s:%s", item_id, type(error).__name__, where.filename, where.lineno)
    return Judged(Verdict.QUARANTINED, VerdictReason.APPLY_FAILED)


def _apply(item: InboxItem, content: Content, case: Case | None, album: photos.Album | None = None) -> Judged:
    actor = item.user
    if item.flag:
        return Judged(Verdict.QUARANTINED, VerdictReason(item.flag))
    if not actor.is_active:
        return Judged(Verdict.QUARANTINED, VerdictReason.ACCOUNT_CLOSED)
    if isinstance(content, payloads.Unreadable):
        return Judged(Verdict.QUARANTINED, content.reason)
    if item.kind == ItemKind.DISCOVERY:
        return _discover(item, content, case)
    if case is None and item.kind == ItemKind.DRAFT and drafts.is_of_found(content):
        drafts.keep_draft(None, content, actor=actor, item=item)
        return Judged(Verdict.APPLIED)
    if case is None:
        return Judged(Verdict.QUARANTINED, VerdictReason.UNKNOWN_CASE)
    standing = standing_of(actor, case, item.kind, content["base_revision"])
    if not standing.is_theirs:
        return Judged(Verdict.QUARANTINED, standing.reason)
    doubts = record(case, content, item, standing, album)
    if item.kind == ItemKind.DRAFT:
        return Judged(Verdict.APPLIED)
    reason = standing.reason or (doubts[0] if doubts else None)
    return Judged(Verdict.NEEDS_REVIEW if reason else Verdict.APPLIED, reason)


def _discover(item: InboxItem, content: Mapping[str, Any], case: Case | None) -> Judged:
    if case is not None:
        # Told twice, or under an id that belongs to others.
        is_again = discoveries.found_by(item.user, case)
        return Judged(Verdict.QUARANTINED, VerdictReason.FOUND_KNOWN if is_again else VerdictReason.FOREIGN_CASE)
    doubt = discoveries.place_doubt(content, item.user)
    if doubt is not None and not discoveries.is_near(content, item.user):
        return Judged(Verdict.QUARANTINED, doubt)
    found = discoveries.discover(content, actor=item.user, item=item)
    verdict = Verdict.NEEDS_REVIEW if found.doubts else Verdict.APPLIED
    return Judged(verdict, found.doubts[0] if found.doubts else None, found.discovery.case)


def record(
    case: Case, content: Mapping[str, Any], item: InboxItem, standing: Standing, album: photos.Album | None = None
) -> list[VerdictReason]:
    """Record what an item says, in its user's name: as the case's own, or beside it where `standing` has a reason.

    What comes beside is told to whoever brought it and to those who have the household now. The event is
    that of the recording verb. Gives what a person should look at.
    """
    actor = item.user
    if item.kind == ItemKind.DRAFT:
        drafts.keep_draft(case, content, actor=actor, item=item)
        return []
    if standing.reason is not None:
        notices.tell_late(item, case, standing.reason, author=actor)
    brought: Any = {"actor": actor, "item": item, "album": album}
    match item.kind:
        case ItemKind.VISIT:
            return visits.record_visit(case, content, is_current=standing.reason is None, **brought)[1]
        case ItemKind.OBSERVATION:
            return contributions.record_observation(case, content, **brought)[1]
        case ItemKind.ATTEMPT:
            return contributions.record_attempt(case, content, **brought)[1]
        case ItemKind.EXPLANATION:
            return explanation.file_explanation(case, content, is_beside=standing.reason is not None, **brought)[1]
        case ItemKind.EXTENSION:
            return extension.record_request(case, content, actor=actor, item=item, is_fit=standing.reason is None)[1]
        case _:
            return contributions.report_urgency(case, content, actor=actor, item=item)[1]
