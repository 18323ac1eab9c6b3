"""Reading lists of cases: the filter that stands in the address, and turning pages by key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy import case as when
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from backend import clock
from backend.access import in_areas, visible_cases
from backend.codebook import REFERRAL_QUEUES, Queue, Stage
from backend.desk import case_conditions, figure_list, kept_words, typed
from backend.desk.case_rows import CaseRow, rows_of
from backend.desk.case_words import below_or_above, matches
from backend.desk.figure_list import FigureList, behind
from backend.desk.moment import moment_of
from backend.domain.figures_at import cases_in
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.figures_moves import Places
from backend.domain.figures_slices import Slice, read_slice
from backend.domain.held_cases import NOT_VISITED
from backend.domain.routing import OVER
from backend.models import Area, Assignment, Case, Routing, db
from backend.models.base import Instant
from backend.models.case import any_stage
from backend.models.questions import Looker, kept

PAGE, MOST_COUNTED = 40, 200
KEYS = ("q", "who", "state", "due", "area", "queue", "figure", "as_of", "within")


@dataclass(frozen=True)
class CaseFilter:
    """What the address asks for, `q` maybe behind the key `who`. Unknown values are no filter."""

    q: str = ""
    who: str = ""
    state: str = "open"
    due: str = ""
    area: str = ""
    queue: str = ""
    figure: str = ""
    as_of: str = ""
    within: str = ""

    @classmethod
    def from_address(cls, args: MultiDict[str, str]) -> "CaseFilter":
        told = {key: args[key].strip()[:60] for key in KEYS if args.get(key, "").strip()}
        return cls(**told | {"q": kept_words.words_of(args), "who": args.get("who", "")})

    @property
    def counted_at(self) -> datetime | None:
        """The moment of the figure whose list this is; None when it is no such list."""
        return moment_of(self.as_of) if self.figure in CASE_FIGURES else None

    @property
    def part(self) -> Slice | None:
        """The part of the figure that a chart's mark stands for."""
        return read_slice(self.within)

    @property
    def codes(self) -> list[str]:
        """The areas of which the list is."""
        return [self.area] if self.area else current_user.area_codes

    @property
    def is_wide(self) -> bool:
        """Whether the list is of more than a county: then it is read along its order, never sorted."""
        return any(len(code) < len("620525") for code in self.codes)

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a figure and its part says who is on the list."""
        return bool(self.q or self.due or self.queue) or self.state not in ("open", "all")

    @property
    def is_as_counted(self) -> bool:
        """Whether nothing narrows the list behind a figure further."""
        return not (self.within or self.is_narrowed)

    @property
    def ranks(self) -> tuple[int, ...]:
        """Which of the two halves of the list can have anything: 0 whom to go to, 1 the others."""
        if self.state in set(Stage):
            return (0,) if self.state in NOT_VISITED else (1,)
        return (0,) if self.due in case_conditions.ONLY_TO_VISIT else (0, 1)

    def as_args(self, **changed: Any) -> dict[str, Any]:
        """The filter as the address says it, with changes; empty parts are left out."""
        kept = {key: getattr(self, key) for key in KEYS if not (key == "q" and self.who)} | changed
        return {key: value for key, value in kept.items() if value and (key, value) != ("state", "open")}

    def apply(self, query: Select[Any]) -> Select[Any]:
        """`query` narrowed to what the filter says. The list behind a figure has what it counted, where it stood then."""
        if self.counted_at:
            query = query.where(Case.id.in_(cases_in(self.figure, self.codes, self.counted_at, part=self.part)))
        if self.state in set(Stage):
            query = query.where((any_stage() if self.is_wide else Case.stage) == self.state)
            if self.state != Stage.CLOSED and not self.is_wide:
                query = query.where(case_conditions.is_open())
        elif self.state != "all" and not self.counted_at:
            query = query.where(case_conditions.is_open())
        if self.due in case_conditions.DUE:
            query = query.where(case_conditions.DUE[self.due]())
        if self.area and not self.counted_at:
            query = query.where(in_areas(Case, [self.area]))
        if self.queue:
            query = query.where(_is_routed_to(self.queue))
        return query.where(matches(self.q)) if self.q else query


def _is_routed_to(queue: str) -> ColumnElement[bool]:
    """Asked of one case after the other, in the words of the index: who is in the queue is many, a page of them few."""
    queues = [str(one) for one in (REFERRAL_QUEUES if queue == "referral" else (queue,)) if one in set(Queue)]
    stands = Routing.state.not_in([literal_column(f"'{state}'") for state in OVER])
    here = select(Routing.id).where(Routing.case_id == Case.id, Routing.queue.in_(queues), stands)
    return here.correlate(Case).exists()


def with_parts(query: Select[Any]) -> Select[Any]:
    """Load with each case what a row of a list shows."""
    return query.options(
        joinedload(Case.township), joinedload(Case.village), joinedload(Case.declaration),
        selectinload(Case.assignments).joinedload(Assignment.user),
    )  # fmt: skip


def page_of(wanted: CaseFilter, after: str) -> tuple[list[CaseRow], str, int]:
    """(rows of the page, key of the next page or "", how many in all), households to go to first, then by deadline.

    More than `MOST_COUNTED` are told as one more than that; the list behind a figure has as many as the figure.
    """
    key = _key_of(after)
    found, total = _counted_keys(wanted, key) if wanted.counted_at else (_keys_of(wanted, key), None)
    ids = [row[0] for row in found[:PAGE]]
    if total is None:
        total = _count(wanted) if after or len(found) > PAGE else len(found)
    case_id, ends_at, rank = found[PAGE - 1] if len(found) > PAGE else ("", None, 0)
    next_key = f"{rank}~{clock.iso(ends_at)}~{case_id}" if ends_at else ""
    return rows_of(ids), next_key, total


def _keys_of(wanted: CaseFilter, key: tuple[int, datetime, str] | None) -> list[Any]:
    """(id, end of the limit, rank) of one page and one more: whom to go to (rank 0), then the others (rank 1).

    Each rank is read from an index in its order; sorted together they would all have to be looked at.
    """
    found: list[Any] = []
    for rank in wanted.ranks:
        if len(found) > PAGE or (key and rank < key[0]):
            continue
        after = {"at": key[1], "id": key[2]} if key and rank == key[0] else {}
        part = (_of_rank.afresh if wanted.q else _of_rank)(current_user, wanted, rank, bool(after))
        found += db.session.execute(part, {"most": PAGE + 1 - len(found), **after}).all()
    return found


@kept
def _of_rank(user: Looker, wanted: CaseFilter, rank: int, is_later: bool) -> Select[Any]:
    """What is `most`, and where `is_later` behind which `at` and `id`, is said when it is asked."""
    part = wanted.apply(visible_cases(user))
    part = part.where(case_conditions.to_visit() if rank == 0 else ~case_conditions.to_visit())
    if is_later:
        part = part.where(behind(bindparam("at", type_=Instant), bindparam("id")))
    part = part.with_only_columns(Case.id, Case.ends_at, literal_column(str(rank)))
    return part.order_by(Case.ends_at, Case.id).limit(bindparam("most"))


def _counted_keys(wanted: CaseFilter, key: tuple[int, datetime, str] | None) -> tuple[list[Any], int]:
    """The same and how many there are, of the list behind a figure: where nobody kept the count it is found whole."""
    as_of, codes = wanted.counted_at, wanted.codes
    if as_of and wanted.is_as_counted and len(codes) == 1:
        kept = figure_list.counted(wanted.figure, codes[0], as_of, current_user.area_codes)
        if kept:
            seen = visible_cases(current_user).where(Places(as_of).within(codes))
            return FigureList(wanted.figure, codes, as_of, *kept).keys(seen, key, PAGE + 1), kept[0]
    query = wanted.apply(visible_cases(current_user))
    rank = when((case_conditions.to_visit(), 0), else_=1).label("rank")
    whole = query.with_only_columns(Case.id, Case.ends_at.label("ends_at"), rank).cte("whole")
    c = whole.c
    part = select(c.id, c.ends_at, c.rank, select(func.count()).select_from(whole).scalar_subquery())
    if key:
        start = tuple_(literal(key[0]), literal(key[1], Instant), literal(key[2]))
        part = part.where(tuple_(c.rank, c.ends_at, c.id) > start)
    rows = db.session.execute(part.order_by(c.rank, c.ends_at, c.id).limit(PAGE + 1)).all()
    return [row[:3] for row in rows], rows[0][3] if rows else 0


def _count(wanted: CaseFilter) -> int:
    return db.session.scalar((_counted.afresh if wanted.q else _counted)(current_user, wanted)) or 0


@kept
def _counted(user: Looker, wanted: CaseFilter) -> Select[tuple[int]]:
    """How many, up to a bound: if `is_wide` along the order of the list, else a database looks for many where there are few."""
    few = wanted.apply(visible_cases(user)).with_only_columns(Case.id).limit(MOST_COUNTED + 1)
    few = few.order_by(Case.ends_at, Case.id) if wanted.is_wide else few
    return select(func.count()).select_from(few.subquery())


def _key_of(after: str) -> tuple[int, datetime, str] | None:
    rank, _, rest = after.partition("~")
    due, _, case_id = rest.partition("~")
    at = typed.read_moment(due)
    return (int(rank == "1"), at, case_id) if at else None


def townships_in_sight() -> list[Area]:
    """What the filter offers: the townships that have cases in sight, and the counties or cities of a larger area."""
    return list(db.session.scalars(_lower_areas(current_user)))


@kept
def _lower_areas(user: Looker) -> Select[tuple[Area]]:
    codes = [code for code in user.area_codes if len(code) < len("620525")]
    if codes:
        lower = Area.level == ("city" if any(len(code) == len("62") for code in codes) else "county")
        return select(Area).where(lower, below_or_above(codes)).order_by(Area.code)
    has_some = visible_cases(user).where(Case.township_code == Area.code).correlate(Area).exists()
    query = select(Area).where(Area.level == "township", below_or_above(user.area_codes), has_some)
    return query.order_by(Area.code)
