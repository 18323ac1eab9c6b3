"""超期、临期督办清单 (DOMAIN T7): households nobody went to in time, and those whose last day is near."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from backend import clock
from backend.codebook import AttemptResult, Duty, Stage
from backend.domain.deadline import days_left
from backend.domain.figures_at import cases_at, few_ids
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.identity import mask_name
from backend.models import Area, Assignment, Attempt, Case, Transfer, User, Visit, db
from backend.models.area import short_name_of
from backend.models.base import Instant
from backend.models.questions import each

NEAR = timedelta(days=2)
DIGITS_BELOW = {"province": 4, "city": 6, "county": 9}
MOST = 5000

# What a line says, read as plain columns: whole households cost more than all the rest of the page.
_TOWN, _VILLAGE = aliased(Area), aliased(Area)
_MOMENT = bindparam("moment", type_=Instant)
_CASES = (
    select(Case.id, Case.number, Case.applicant_name, Case.published_at,
           _TOWN.name.label("town"), _VILLAGE.name.label("village"))
    .join(_TOWN, _TOWN.code == Case.township_code).outerjoin(_VILLAGE, _VILLAGE.code == Case.village_code)
    .where(Case.id.in_(each("cases")))
)  # fmt: skip
_MOVED_LATER = (
    select(Transfer.case_id, _TOWN.name, _VILLAGE.name)
    .join(_TOWN, _TOWN.code == Transfer.from_township_code)
    .outerjoin(_VILLAGE, _VILLAGE.code == Transfer.from_village_code)
    .where(Transfer.case_id.in_(each("cases")), Transfer.moved_at > _MOMENT)
    .order_by(Transfer.moved_at.desc(), Transfer.id.desc())
)  # fmt: skip
_SENT = (
    select(Assignment.case_id, Assignment.duty, User.name).join(User, User.id == Assignment.user_id)
    .where(Assignment.case_id.in_(each("cases")), Assignment.assigned_at <= _MOMENT,
           or_(Assignment.ended_at.is_(None), Assignment.ended_at > _MOMENT))
    .order_by(Assignment.id)
)  # fmt: skip
_TRIED = (
    select(Attempt.case_id, Attempt.result).where(Attempt.case_id.in_(each("cases")), Attempt.received_at <= _MOMENT)
    .order_by(Attempt.attempted_at)
)  # fmt: skip
_CAME = select(Visit.case_id).where(Visit.case_id.in_(each("cases")), Visit.counted_at <= _MOMENT)


@dataclass(frozen=True)
class LateCase:
    """One line of T7 as it stands 截至 the moment: the name is masked, `main` is who answers for the visit.

    `days_over` is positive for days gone by, 0 on the last day, negative for days left. `tried` is why
    nobody was met at the last attempt, "" without one.
    """

    case_id: str
    number: str
    township: str
    village: str
    applicant: str
    published_at: datetime
    due_at: datetime
    days_over: int
    stage: str
    main: str
    tried: str


def late_query(area_code: str, as_of: datetime, *, is_near: bool = False) -> Select[Any]:
    """Ids of the households that are over their limit, or with `is_near` within two days of its end."""
    at, those = _those(area_code, as_of, is_near)
    return select(at.c.id).where(those)


def _those(
    area_code: str, as_of: datetime, is_near: bool, among: list[str] | None = None
) -> tuple[Subquery, ColumnElement[bool]]:
    key = "not_due" if is_near else "overdue"
    at = cases_at([area_code], as_of, key=key, among=among)
    those = CASE_FIGURES[key](at.c, as_of)
    return at, and_(those, at.c.due_at <= as_of + NEAR) if is_near else those


def late_page(
    area: Area, as_of: datetime | None = None, *, is_near: bool = False, most: int = MOST
) -> tuple[list[LateCase], list[tuple[Area, int]], int]:
    """(the first lines of T7, the areas one step below that have such households with how many, how many in all)."""
    moment = as_of or clock.now()
    found = _found(area.code, moment, is_near)
    below = Counter(town[: DIGITS_BELOW[area.level]] for _, _, town in found) if area.level in DIGITS_BELOW else {}
    places = db.session.scalars(select(Area).where(Area.code.in_(below)).order_by(Area.code)) if below else ()
    lines = _lines([row[:2] for row in found[:most]], moment)
    return lines, [(place, below[place.code]) for place in places], len(found)


def late_cases(area_code: str, as_of: datetime | None = None, *, is_near: bool = False) -> list[LateCase]:
    """T7 of an area 截至 `as_of` (default now), by township and deadline, 5,000 lines at most."""
    moment = as_of or clock.now()
    return _lines([row[:2] for row in _found(area_code, moment, is_near)[:MOST]], moment)


def _found(area_code: str, as_of: datetime, is_near: bool) -> list[Any]:
    """(id, end of the limit, township) of all of them, by township and deadline."""
    # A limit is only ever prolonged: what ends within two days was to end no later at first.
    until = as_of + NEAR if is_near else as_of
    among = few_ids("not_due" if is_near else "overdue", [area_code], as_of, due_by=until)
    at, those = _those(area_code, as_of, is_near, among)
    query = select(at.c.id, at.c.due_at, at.c.township_code).where(those)
    return list(db.session.execute(query.order_by(at.c.township_code, at.c.due_at, at.c.id)))


def _lines(found: list[tuple[str, datetime]], moment: datetime) -> list[LateCase]:
    if not found:
        return []
    asked = {"cases": [case_id for case_id, _ in found], "moment": moment}
    cases = {row.id: row for row in db.session.execute(_CASES, asked)}
    # The move that came first after the moment is the last one here.
    stood = {case_id: (town, village) for case_id, town, village in db.session.execute(_MOVED_LATER, asked)}
    tried = dict(db.session.execute(_TRIED, asked).all())
    came: set[str] = set(db.session.scalars(_CAME, asked))
    main: dict[str, str] = {}
    sent: set[str] = set()
    for case_id, duty, name in db.session.execute(_SENT, asked):
        sent.add(case_id)
        if duty == Duty.MAIN:
            main.setdefault(case_id, name)
    made = []
    for case_id, due_at in found:
        case = cases[case_id]
        town, village = stood.get(case_id, (case.town, case.village))
        # A form that lacks a signature has been handed in, all the same.
        stage = Stage.SUBMITTED if case_id in came else Stage.ASSIGNED if case_id in sent else Stage.WARNED
        made.append(
            LateCase(
                case_id=case_id, number=case.number, township=town, village=short_name_of(village or ""),
                applicant=mask_name(case.applicant_name), published_at=case.published_at, due_at=due_at,
                days_over=-days_left(due_at, moment), stage=stage.label, main=main.get(case_id, ""),
                tried=AttemptResult(tried[case_id]).label if case_id in tried else "",
            )
        )  # fmt: skip
    return made
