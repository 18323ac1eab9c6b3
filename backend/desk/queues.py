"""Reading the departments' queues: what each holds, filtered by what the address says, what is due first on top."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, Date, Select, String, bindparam, cast, func, literal_column, select, tuple_
from sqlalchemy import case as when
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from backend.access import queues_of, visible_routings
from backend.codebook import DecisionOutcome, RoutingState, Step
from backend.desk import typed
from backend.domain import procedure
from backend.domain.formal_steps import Ways
from backend.domain.procedure import Place
from backend.models import Case, Decision, Objection, ProcedureStep, Routing, db
from backend.models.base import Instant
from backend.models.questions import Looker, each, kept
from backend.web import MOST_ROWS

OPEN = (RoutingState.SENT, RoutingState.ACCEPTED)
FINAL = (RoutingState.DECIDED, RoutingState.RETURNED, RoutingState.WITHDRAWN)
PAGE = 25
KEYS = ("category", "state", "township", "step")
NO_LIMIT = date(9999, 12, 31)


@dataclass(frozen=True)
class QueueFilter:
    """`queue` and `category` choose the cell, `state` is open, sent, accepted, untold, objected or final, `step` the next one."""

    queue: str
    category: str = ""
    state: str = "open"
    township: str = ""
    step: str = ""

    @classmethod
    def from_address(cls, args: MultiDict[str, str]) -> "QueueFilter":
        mine = [str(queue) for queue in queues_of(current_user)]
        wanted = {key: args[key][:20] for key in KEYS if args.get(key)}
        return cls(args["queue"] if args.get("queue") in mine else (mine or [""])[0], **wanted)

    @property
    def is_over(self) -> bool:
        """Whether the list is of what nobody has to do anything about: the newest is looked for there."""
        return self.state == "final"

    def as_args(self, **changed: str) -> dict[str, str]:
        """The filter as the address says it."""
        kept = {"queue": self.queue} | {key: getattr(self, key) for key in KEYS}
        return {key: value for key, value in (kept | changed).items() if value and (key, value) != ("state", "open")}

    def apply(self, user: Looker) -> Select[tuple[Routing]]:
        """The routings in the user's sight that the filter means."""
        query = _of_state(visible_routings(user), self.state).where(Routing.queue == self.queue)
        query = query.join(Case, Routing.case_id == Case.id)
        if self.township:
            query = query.where(Case.township_code == self.township)
        if self.step:
            query = query.where(Routing.next_step == self.step)
        return query.where(proposes(self.category)) if self.category else query


@dataclass(frozen=True)
class Row:
    """A routing on a list: the category that is due first, its steps, and the one that is on."""

    routing: Routing
    category: str
    places: list[Place] = field(default_factory=list)
    place: Place | None = None
    looked_at_on: date | None = None

    @property
    def done(self) -> list[Place]:
        """The steps that have their day."""
        return [place for place in self.places if place.state == "did"]

    @property
    def quarters(self) -> int:
        """How many of four marks are full; steps that were passed over count as gone."""
        gone = sum(place.state in ("did", "passed") for place in self.places)
        return gone * 4 // len(self.places)

    @property
    def is_notice_over(self) -> bool:
        """Whether a 公示 hung and is over."""
        return any(place.step == Step.PUBLIC for place in self.done)


def proposes(category: str) -> ColumnElement[bool]:
    """Routings that propose a category; codes are plain words, so that their quotes in the JSON text mark them."""
    return cast(Routing.categories, String).contains(f'"{category}"', autoescape=True)


def _of_state(query: Select, state: str) -> Select:
    if state in (RoutingState.SENT, RoutingState.ACCEPTED):
        return query.where(Routing.state == state)
    if state == "objected":
        return query.where(Routing.id.in_(select(Objection.routing_id).where(Objection.outcome.is_(None))))
    if state == "untold":
        return query.where(_is_untold())
    if state == "final":
        return query.where(Routing.state.in_([literal_column(f"'{one}'") for one in FINAL]))
    return query.where(Routing.state.in_(OPEN))


def _is_untold() -> ColumnElement[bool]:
    """A refusal stands of which nobody has recorded that the household was told (57号 第21条)."""
    told = select(ProcedureStep.id).where(
        ProcedureStep.routing_id == Decision.routing_id, ProcedureStep.category.in_((Decision.category, "")),
        ProcedureStep.step == Step.TOLD, ProcedureStep.corrected_at.is_(None),
    )  # fmt: skip
    refused = select(Decision.id).where(
        Decision.routing_id == Routing.id, Decision.outcome == DecisionOutcome.DECLINED, Decision.reopened_at.is_(None)
    )
    return refused.where(~told.correlate(Decision).exists()).correlate(Routing).exists()


def _due() -> ColumnElement[date]:
    return func.coalesce(Routing.next_due_on, literal_column(f"'{NO_LIMIT}'"), type_=Date)


def _ended() -> ColumnElement[datetime]:
    return func.coalesce(Routing.ended_at, Routing.routed_at, type_=Instant)


def _key_of(after: str, *, is_over: bool) -> dict[str, Any] | None:
    told, _, number = after.partition("~")
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(MOST_ROWS))):
        return None
    at = typed.read_moment(told) if is_over else typed.read_day(told) or _no_limit(told)
    return {"at": at, "number": min(int(number), MOST_ROWS)} if at else None


def _no_limit(told: str) -> date | None:
    return NO_LIMIT if told == NO_LIMIT.isoformat() else None


def with_parts(query: Select[tuple[Routing]]) -> Select[tuple[Routing]]:
    """Load with each routing what a row of a list or of an exported sheet says."""
    case = joinedload(Routing.case)
    return query.options(
        case.joinedload(Case.township), case.joinedload(Case.village), case.joinedload(Case.declaration),
        case.selectinload(Case.routings), selectinload(Routing.decisions), selectinload(Routing.steps),
        selectinload(Routing.material_requests), selectinload(Routing.objections),
    )  # fmt: skip


def page_of(wanted: QueueFilter, after: str) -> tuple[list[Row], str]:
    """(rows of the page, key of the next page or ""), what is due first on top, what has no limit last; of what is over
    what ended last on top."""
    key = _key_of(after, is_over=wanted.is_over)
    ids = list(db.session.scalars(_numbers(current_user, wanted, bool(key)), key))
    found = list(db.session.scalars(_whole(wanted.is_over), {"numbers": ids})) if ids else []
    return rows_of(found[:PAGE], wanted.category), _key_after(found[PAGE - 1], wanted) if len(found) > PAGE else ""


def _key_after(last: Routing, wanted: QueueFilter) -> str:
    at = (last.ended_at or last.routed_at).isoformat() if wanted.is_over else last.next_due_on or NO_LIMIT
    return f"{at}~{last.id}"


def _order(is_over: bool) -> tuple[Any, Any]:
    return (_ended().desc(), Routing.id.desc()) if is_over else (_due(), Routing.id)


@kept
def _numbers(user: Looker, wanted: QueueFilter, is_later: bool) -> Select[Any]:
    """Their numbers first: what a row shows of a household is not sorted along."""
    query = wanted.apply(user)
    if is_later:
        by, kind = (_ended(), Instant) if wanted.is_over else (_due(), Date)
        at, place = bindparam("at", type_=kind), tuple_(by, Routing.id)
        key = tuple_(at, bindparam("number"))
        query = query.where(by <= at, place < key) if wanted.is_over else query.where(by >= at, place > key)
    return query.with_only_columns(Routing.id).order_by(*_order(wanted.is_over)).limit(PAGE + 1)


@cache
def _whole(is_over: bool) -> Select[tuple[Routing]]:
    return with_parts(select(Routing).where(Routing.id.in_(each("numbers")))).order_by(*_order(is_over))


def rows_of(routings: Iterable[Routing], category: str = "") -> list[Row]:
    """Each routing with the way of `category`, or of the one that is due first."""
    ways: dict[str, Ways] = {}
    made = []
    for routing in routings:
        county = routing.case.county_code
        made.append(_row(routing, ways.setdefault(county, ways.get(county) or Ways(county)), category))
    return made


def _row(routing: Routing, ways: Ways, category: str) -> Row:
    found = []
    for code, places in ways.of(routing).items():
        place = procedure.current(places)
        looked_at = procedure.waits_until(place) if place else None
        found.append(Row(routing, code, places, place, looked_at))
    chosen = [row for row in found if row.category == category] or found
    return min(chosen, key=lambda row: (row.place is None, row.looked_at_on or NO_LIMIT), default=Row(routing, ""))


def open_by_queue() -> Counter[str]:
    """How many stand open in each of the user's queues."""
    return Counter(dict(db.session.execute(_by_queue(current_user)).all()))


@kept
def _by_queue(user: Looker) -> Select[Any]:
    query = visible_routings(user).where(Routing.state.in_(OPEN)).subquery()
    return select(query.c.queue, func.count()).group_by(query.c.queue)


def open_by_category(queue: str, categories: Iterable[str]) -> Counter[str]:
    """How many stand open for each proposed category of a queue."""
    asked = tuple(str(category) for category in categories)
    if not asked:
        return Counter()
    row = db.session.execute(_by_category(current_user, queue, asked)).one()
    return Counter({category: count or 0 for category, count in zip(asked, row, strict=True)})


@kept
def _by_category(user: Looker, queue: str, asked: tuple[str, ...]) -> Select[Any]:
    query = visible_routings(user).where(Routing.state.in_(OPEN), Routing.queue == queue)
    return query.with_only_columns(*(func.sum(when((proposes(category), 1), else_=0)) for category in asked))
