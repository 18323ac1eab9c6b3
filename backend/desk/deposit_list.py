"""Reading the list of what phones handed in and nobody has simply adopted, with who is to look at it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from backend import clock
from backend.access import visible_cases
from backend.access_inbox import visible_items
from backend.codebook import Verdict
from backend.desk import typed
from backend.models import Area, Case, InboxConflict, InboxItem, User, db
from backend.models.base import Instant
from backend.models.questions import Looker, kept

WAITING = (Verdict.NEEDS_REVIEW, Verdict.QUARANTINED)
PAGE, FEW = 40, 10
TOWNSHIP_LENGTH = 9


def _waits() -> ColumnElement[bool]:
    """Nobody has decided: on the item itself, or on other content that came under its id."""
    item = InboxItem.__table__.alias()
    adopted = select(item.c.id).where(item.c.id == InboxConflict.id).exists()
    waiting = select(item.c.id).where(item.c.verdict.in_(WAITING))
    return InboxItem.id.in_(union_all(waiting, select(InboxConflict.item_id).where(~adopted)))


STATES = {
    "waiting": _waits,
    "settled": lambda: InboxItem.settled_at.is_not(None) & (InboxItem.verdict != Verdict.DISCARDED),
    "discarded": lambda: InboxItem.verdict == Verdict.DISCARDED,
}


def of_state(wanted: str) -> str:
    """The state asked for; what is not known means what waits."""
    return wanted if wanted in STATES else "waiting"


def count_waiting() -> int:
    """How many items within sight wait for a person."""
    return waiting_by_kind().total()


def waiting_by_kind() -> Counter[str]:
    """{kind: how many items within sight wait for a person}."""
    return Counter({kind: count for kind, count in db.session.execute(_waiting_by(current_user, InboxItem.kind))})


@kept
def _waiting_by(user: Looker, what: Any) -> Select[Any]:
    return visible_items(user).where(_waits()).with_only_columns(what, func.count()).group_by(what)


def waiting_by_device() -> dict[str, int]:
    """{phone: how many of its items within sight wait}."""
    return {device_id: n for device_id, n in db.session.execute(_waiting_by(current_user, InboxItem.device_id))}


def doubts_of(case: Case) -> list[InboxItem]:
    """What came about a household and waits for a person, the newest first, for whoever settles it."""
    query = visible_items(current_user).where(InboxItem.case_id == case.id, _waits())
    newest = query.order_by(InboxItem.received_at.desc(), InboxItem.id.desc()).limit(FEW)
    return list(db.session.scalars(newest.options(joinedload(InboxItem.user), joinedload(InboxItem.carried_by))))


@dataclass(frozen=True)
class Row:
    """An item, its household if it is in sight, and the office that settles it (None: the county)."""

    item: InboxItem
    case: Case | None
    owner: Area | None


def page_of(state: str, device_id: str, after: str) -> tuple[list[Row], str]:
    """(a page of the items, the newest first; key of the next page or "")."""
    query = visible_items(current_user).where(STATES[state]())
    if device_id:
        query = query.where(InboxItem.device_id == device_id[:36])
    if key := _key_of(after):
        query = query.where(tuple_(InboxItem.received_at, InboxItem.id) < tuple_(*key))
    items = list(db.session.scalars(_whole(query).limit(PAGE + 1)))
    last = items[PAGE - 1] if len(items) > PAGE else None
    return _rows(items[:PAGE]), f"{clock.iso(last.received_at)}~{last.id}" if last else ""


def _whole(query: Select[tuple[InboxItem]]) -> Select[tuple[InboxItem]]:
    people = (joinedload(InboxItem.user).selectinload(User.postings), joinedload(InboxItem.carried_by))
    return query.options(*people).order_by(InboxItem.received_at.desc(), InboxItem.id.desc())


def _key_of(after: str) -> tuple[Any, Any] | None:
    received, _, item_id = after.partition("~")
    at = typed.read_moment(received)
    return (literal(at, Instant), literal(item_id)) if at else None


def _rows(items: list[InboxItem]) -> list[Row]:
    ids = {item.case_id for item in items if item.case_id}
    seen = (
        visible_cases(current_user).where(Case.id.in_(ids)).options(joinedload(Case.village), joinedload(Case.township))
    )
    cases = {case.id: case for case in db.session.scalars(seen)}
    owners = {item.id: _owner_code(item.user, cases.get(item.case_id or "")) for item in items}
    areas = {a.code: a for a in db.session.scalars(select(Area).where(Area.code.in_(set(owners.values()))))}
    return [Row(item, cases.get(item.case_id or ""), areas.get(owners[item.id])) for item in items]


def _owner_code(author: User, case: Case | None) -> str:
    """The township of the household, else the one where its author works, else nobody's: the county looks."""
    if case is not None:
        return case.township_code
    return next((code[:TOWNSHIP_LENGTH] for code in author.area_codes if len(code) >= TOWNSHIP_LENGTH), "")
