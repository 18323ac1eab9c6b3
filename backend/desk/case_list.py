"""Reading lists of cases: the filter that stands in the address, and turning pages by key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy import case as when
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from backend import clock
from backend.access import SUPERVISORS, in_areas, visible_cases
from backend.codebook import REFERRAL_QUEUES, Role, Stage
from backend.desk.page import today
from backend.desk.span import day_end
from backend.domain.held_cases import NOT_VISITED, unsynced_cases
from backend.domain.routing import OVER
from backend.domain.unsynced import Told
from backend.models import Area, Assignment, Case, Routing, User, db
from backend.models.base import Instant

PAGE = 40
KEYS = ("q", "state", "due", "area", "queue")


def on_phones() -> dict[str, list[Told]]:
    """{case id: the phones that hold its visit}, asked once for a page."""
    if "cases_on_phones" not in g:
        g.cases_on_phones = unsynced_cases()
    return g.cases_on_phones


def held_by(case: Case) -> tuple[User, datetime] | None:
    """Whose phone holds a visit of this case, and when it last said so; None when none does."""
    words = on_phones().get(case.id)
    if not words:
        return None
    return db.session.get_one(User, words[0].user_id), words[0].at


def is_unsynced() -> ColumnElement[bool]:
    """Somebody went, and only a phone knows of it."""
    return Case.id.in_(on_phones())


def is_untouched() -> ColumnElement[bool]:
    """Nobody went, as far as anybody says."""
    return and_(Case.stage.in_(NOT_VISITED), ~is_unsynced())


def is_pressing() -> ColumnElement[bool]:
    """No visit has reached the office, and today is the last day or it is over."""
    return and_(Case.stage.in_(NOT_VISITED), Case.due_at <= day_end(today()))


def is_overdue() -> ColumnElement[bool]:
    """Nobody went, and the last day is over."""
    return and_(is_untouched(), Case.due_at <= clock.now())


def is_due_today() -> ColumnElement[bool]:
    """Nobody went, and today is the last day."""
    return and_(is_untouched(), Case.due_at > clock.now(), Case.due_at <= day_end(today()))


def is_urgent() -> ColumnElement[bool]:
    """急难, and not closed yet."""
    return and_(Case.is_urgent, Case.stage != Stage.CLOSED)


def is_in_time() -> ColumnElement[bool]:
    """Visited within the limit."""
    return Case.visited_at < Case.due_at


def is_late() -> ColumnElement[bool]:
    """Visited, but after the limit."""
    return Case.visited_at >= Case.due_at


def is_not_due() -> ColumnElement[bool]:
    """Nobody went yet, and there is still time."""
    return and_(is_untouched(), Case.due_at > clock.now())


DUE = {
    "overdue": is_overdue, "today": is_due_today, "urgent": is_urgent,
    "in_time": is_in_time, "late": is_late, "not_due": is_not_due, "unsynced": is_unsynced,
}  # fmt: skip


@dataclass(frozen=True)
class CaseFilter:
    """What the address asks for. Unknown values are no filter."""

    q: str = ""
    state: str = "open"
    due: str = ""
    area: str = ""
    queue: str = ""

    @classmethod
    def from_address(cls, args: MultiDict[str, str]) -> "CaseFilter":
        return cls(**{key: args[key].strip()[:60] for key in KEYS if args.get(key, "").strip()})

    def as_args(self, **changed: Any) -> dict[str, Any]:
        """The filter as the address says it, with changes; empty parts are left out."""
        kept = {key: getattr(self, key) for key in KEYS} | changed
        return {key: value for key, value in kept.items() if value and (key, value) != ("state", "open")}

    def apply(self, query: Select[Any]) -> Select[Any]:
        """`query` narrowed to what the filter says."""
        if self.state in set(Stage):
            query = query.where(Case.stage == self.state)
        elif self.state != "all":
            query = query.where(Case.stage != Stage.CLOSED)
        if self.due in DUE:
            query = query.where(DUE[self.due]())
        if self.area:
            query = query.where(in_areas(Case, [self.area]))
        if self.queue:
            query = query.where(Case.id.in_(_routed_to(self.queue)))
        return query.where(matches(self.q)) if self.q else query


def _routed_to(queue: str) -> Select[Any]:
    queues = REFERRAL_QUEUES if queue == "referral" else (queue,)
    return select(Routing.case_id).where(Routing.queue.in_(queues), Routing.state.not_in(OVER))


def matches(words: str) -> ColumnElement[bool]:
    """Number, village or, for those who work on cases, name contain the words."""
    villages = select(Area.code).where(Area.level == "village", Area.name.contains(words, autoescape=True))
    found = [Case.number.contains(words, autoescape=True), Case.village_code.in_(villages)]
    if Role(current_user.role) not in SUPERVISORS:
        found.append(Case.applicant_name.contains(words, autoescape=True))
    return or_(*found)


def with_parts(query: Select[Any]) -> Select[Any]:
    """Load with each case what a row of a list shows."""
    return query.options(
        joinedload(Case.township), joinedload(Case.village), joinedload(Case.declaration),
        selectinload(Case.assignments).joinedload(Assignment.user),
    )  # fmt: skip


def page_of(wanted: CaseFilter, after: str) -> tuple[list[Case], str, int]:
    """(cases of the page, key of the next page or "", how many in all), households to go to first, then by deadline."""
    query = wanted.apply(visible_cases(current_user))
    total = db.session.scalar(select(func.count()).select_from(query.with_only_columns(Case.id).subquery()))
    if key := _key_of(after):
        query = query.where(tuple_(went(), Case.due_at, Case.id) > tuple_(*key))
    rows = list(db.session.scalars(with_parts(query).order_by(went(), Case.due_at, Case.id).limit(PAGE + 1)))
    if len(rows) <= PAGE:
        return rows, "", total or 0
    last = rows[PAGE - 1]
    return rows[:PAGE], f"{int(last.stage not in NOT_VISITED)}~{clock.iso(last.due_at)}~{last.id}", total or 0


def went() -> ColumnElement[int]:
    """0 for a household to go to, 1 for the others."""
    return when((Case.stage.in_(NOT_VISITED), 0), else_=1)


def _key_of(after: str) -> tuple[Any, Any, Any] | None:
    rank, _, rest = after.partition("~")
    due, _, case_id = rest.partition("~")
    try:
        at = datetime.fromisoformat(due.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (literal(int(rank == "1")), literal(at, Instant), literal(case_id)) if at.tzinfo else None


def townships_in_sight() -> list[Area]:
    """The townships that have cases within the user's sight, for the filter."""
    codes = visible_cases(current_user).with_only_columns(Case.township_code).distinct()
    return list(db.session.scalars(select(Area).where(Area.code.in_(codes)).order_by(Area.code)))
