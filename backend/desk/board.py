"""What a township's board counts and what it puts first; each number leads to its list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, Select, func, select, union
from sqlalchemy import case as when
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.functions import Function

from backend.access import visible_cases
from backend.codebook import PetitionState, Stage
from backend.desk import case_conditions, case_list
from backend.models import Area, Case, Extension, Visit, db
from backend.models.area import short_name_of
from backend.models.questions import Looker, kept

FIRST_FEW = 12


@dataclass(frozen=True)
class Counts:
    """The seven cells, each with the fact below it. Whom only a phone knows as visited is in `unsynced` alone.

    `granted` and `asked`: households nobody visited yet with an approved 延期, and with one that waits for the county.
    """

    urgent: int
    urgent_at: datetime | None
    overdue: int
    longest_due_at: datetime | None
    due_today: int
    unsynced: int
    to_assign: int
    villages_to_assign: int
    returned: int
    to_review: int
    found: int
    alone: int
    granted: int
    asked: int
    oldest_received_at: datetime | None


def counts() -> Counts:
    """Counted in one look over the open cases in sight."""
    row = db.session.execute(_counted(current_user)).one()
    return Counts(*row, db.session.scalar(_oldest_received(current_user)) if row[9] else None)


@kept
def _open_cases(user: Looker) -> Select[tuple[Case]]:
    return visible_cases(user).where(case_conditions.is_open())


@kept
def _counted(user: Looker) -> Select[Any]:
    urgent, overdue, untouched = (
        case_conditions.is_urgent(),
        case_conditions.is_overdue(),
        case_conditions.is_untouched(),
    )
    asked = select(Extension.case_id).where(Extension.state == PetitionState.ASKED)
    return _open_cases(user).with_only_columns(
        _how_many(urgent), func.max(Case.urgent_at).filter(urgent),
        _how_many(overdue), func.min(Case.ends_at).filter(overdue), _how_many(case_conditions.is_due_today()),
        _how_many(case_conditions.is_unsynced()), _how_many(Case.stage == Stage.WARNED),
        func.count(func.distinct(when((Case.stage == Stage.WARNED, Case.village_code)))),
        _how_many(Case.stage == Stage.RETURNED), _how_many(Case.stage == Stage.SUBMITTED),
        _how_many(case_conditions.is_found()), _how_many(case_conditions.is_alone()),
        _how_many(untouched & Case.extended_until_at.is_not(None)), _how_many(untouched & Case.id.in_(asked)),
    )  # fmt: skip


def _how_many(which: ColumnElement[bool]) -> Function[int]:
    return func.count().filter(which)


@kept
def _oldest_received(user: Looker) -> Select[Any]:
    waiting = _open_cases(user).join(Visit).where(Case.stage == Stage.SUBMITTED, Visit.is_current)
    return waiting.with_only_columns(func.min(Visit.received_at), maintain_column_froms=True)


def first_cases() -> list[Case]:
    """Urgent ones, overdue ones and those due today, the worst first; whom a phone knows as visited come last."""
    return list(db.session.scalars(_first(current_user)))


@kept
def _first(user: Looker) -> Select[tuple[Case]]:
    seen = _open_cases(user).with_only_columns(Case.id)
    few = union(seen.where(case_conditions.is_urgent()), seen.where(case_conditions.is_pressing()))
    query = case_list.with_parts(select(Case).where(Case.id.in_(few))).options(selectinload(Case.attempts))
    order = (Case.is_urgent.desc(), when((case_conditions.is_unsynced(), 1), else_=0), Case.ends_at, Case.id)
    return query.order_by(*order).limit(FIRST_FEW)


def reminder_places() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(due today, overdue) as (village, households), for a text without anybody's name."""
    named = [(short_name_of(name), *numbers) for name, *numbers in db.session.execute(_pressing(current_user))]
    return [(name, due) for name, due, _ in named if due], [(name, late) for name, _, late in named if late]


@kept
def _pressing(user: Looker) -> Select[Any]:
    today, overdue = _how_many(case_conditions.is_due_today()), _how_many(case_conditions.is_overdue())
    pressing = _open_cases(user).where(case_conditions.is_pressing()).join(Area, Area.code == Case.village_code)
    return pressing.with_only_columns(Area.name, today, overdue).group_by(Area.code, Area.name).order_by(Area.code)
