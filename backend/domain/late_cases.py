"""超期、临期督办清单 (DOMAIN T7): households nobody went to in time, and those whose last day is near."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from backend import clock
from backend.codebook import AttemptResult, Duty, Stage
from backend.domain.deadline import days_left
from backend.domain.figures_at import cases_at
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.figures_moves import stood_at
from backend.domain.identity import mask_name
from backend.models import Area, Assignment, Case, Transfer, db

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


def _those(area_code: str, as_of: datetime, is_near: bool) -> tuple[Subquery, ColumnElement[bool]]:
    key = "not_due" if is_near else "overdue"
    at = cases_at([area_code], as_of, key=key)
    those = CASE_FIGURES[key](at.c, as_of)
    return at, and_(those, at.c.due_at <= as_of + NEAR) if is_near else those


def late_places(area: Area, as_of: datetime | None = None, *, is_near: bool = False) -> list[tuple[Area, int]]:
    """The areas one step below that have such households, with how many: cities, counties or townships."""
    if area.level not in DIGITS_BELOW:
        return []
    at, those = _those(area.code, as_of or clock.now(), is_near)
    below = func.substr(at.c.township_code, 1, DIGITS_BELOW[area.level])
    counted = select(below.label("code"), func.count().label("n")).where(those).group_by(below).subquery()
    rows = db.session.execute(select(Area, counted.c.n).join(counted, counted.c.code == Area.code).order_by(Area.code))
    return [(place, number) for place, number in rows]


def late_cases(area_code: str, as_of: datetime | None = None, *, is_near: bool = False) -> list[LateCase]:
    """T7 of an area 截至 `as_of` (default now), by township and deadline, 5,000 lines at most."""
    moment = as_of or clock.now()
    at, those = _those(area_code, moment, is_near)
    query = (
        select(Case, at.c.due_at).join(at, at.c.id == Case.id).where(those)
        .options(
            joinedload(Case.township), joinedload(Case.village), selectinload(Case.attempts),
            selectinload(Case.assignments).joinedload(Assignment.user),
            selectinload(Case.transfers).joinedload(Transfer.source),
        )
        .order_by(at.c.township_code, at.c.due_at, Case.id).limit(MOST)
    )  # fmt: skip
    return [_line(case, due_at, moment) for case, due_at in db.session.execute(query)]


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
