"""超期、临期督办清单 (DOMAIN T7): households nobody went to in time, and those whose last day is near."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, select
from sqlalchemy.orm import joinedload, selectinload

from backend import clock
from backend.codebook import AttemptResult, Duty, Stage
from backend.domain.deadline import days_left
from backend.domain.figures_at import cases_at, few_ids
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.figures_moves import stood_at
from backend.domain.identity import mask_name
from backend.models import Area, Assignment, Case, Transfer, Visit, db

NEAR = timedelta(days=2)
DIGITS_BELOW = {"province": 4, "city": 6, "county": 9}
MOST = 5000


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
    query = select(Case).where(Case.id.in_([case_id for case_id, _ in found])).options(
        joinedload(Case.township), joinedload(Case.village), selectinload(Case.attempts),
        selectinload(Case.visits).load_only(Visit.counted_at),
        selectinload(Case.assignments).joinedload(Assignment.user),
        selectinload(Case.transfers).joinedload(Transfer.source),
    )  # fmt: skip
    cases = {case.id: case for case in db.session.scalars(query)} if found else {}
    return [_line(cases[case_id], due_at, moment) for case_id, due_at in found]


def _line(case: Case, due_at: datetime, moment: datetime) -> LateCase:
    def stood(begin: datetime, end: datetime | None) -> bool:
        return begin <= moment and (end is None or end > moment)

    here = [a for a in case.assignments if stood(a.assigned_at, a.ended_at)]
    tries = [a for a in case.attempts if a.received_at <= moment]
    township, village, _ = stood_at(case, moment)
    return LateCase(
        case_id=case.id, number=case.number, township=township, village=village, applicant=mask_name(case.applicant_name),
        published_at=case.published_at, due_at=due_at, days_over=-days_left(due_at, moment),
        stage=_stage(case, moment, is_sent=bool(here)).label,
        main=next((a.user.name for a in here if a.duty == Duty.MAIN), ""),
        tried=AttemptResult(tries[-1].result).label if tries else "",
    )  # fmt: skip


def _stage(case: Case, moment: datetime, *, is_sent: bool) -> Stage:
    """Where an unvisited household stood; a form that lacks a signature has been handed in, all the same."""
    came = any(v.counted_at is not None and v.counted_at <= moment for v in case.visits)
    if came:
        return Stage.SUBMITTED
    return Stage.ASSIGNED if is_sent else Stage.WARNED
