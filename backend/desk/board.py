"""What a township's board counts and what it puts first; each number leads to its list."""

from dataclasses import dataclass
from datetime import datetime

from flask_login import current_user
from sqlalchemy import ColumnElement, Select, func, select, union
from sqlalchemy import case as when
from sqlalchemy.sql.functions import Function

from backend.access import visible_cases
from backend.codebook import PetitionState, Stage
from backend.desk import case_conditions, case_list
from backend.models import Area, Case, Extension, Visit, db

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
    seen = visible_cases(current_user).where(case_conditions.is_open())
    urgent, overdue, untouched = (
        case_conditions.is_urgent(),
        case_conditions.is_overdue(),
        case_conditions.is_untouched(),
    )
    asked = select(Extension.case_id).where(Extension.state == PetitionState.ASKED)
    row = db.session.execute(
        seen.with_only_columns(
            _how_many(urgent), func.max(Case.urgent_at).filter(urgent),
            _how_many(overdue), func.min(Case.ends_at).filter(overdue), _how_many(case_conditions.is_due_today()),
            _how_many(case_conditions.is_unsynced()), _how_many(Case.stage == Stage.WARNED),
            func.count(func.distinct(when((Case.stage == Stage.WARNED, Case.village_code)))),
            _how_many(Case.stage == Stage.RETURNED), _how_many(Case.stage == Stage.SUBMITTED),
            _how_many(case_conditions.is_found()), _how_many(case_conditions.is_alone()),
            _how_many(untouched & Case.extended_until_at.is_not(None)), _how_many(untouched & Case.id.in_(asked)),
        )
    ).one()  # fmt: skip
    return Counts(*row, _oldest_received(seen) if row[9] else None)


def _how_many(which: ColumnElement[bool]) -> Function[int]:
    return func.count().filter(which)


def _oldest_received(seen: Select[tuple[Case]]) -> datetime | None:
    waiting = seen.join(Visit).where(Case.stage == Stage.SUBMITTED, Visit.is_current)
    return db.session.scalar(waiting.with_only_columns(func.min(Visit.received_at), maintain_column_froms=True))


def first_cases() -> list[Case]:
    """Urgent ones, overdue ones and those due today, the worst first; whom a phone knows as visited come last."""
    seen = visible_cases(current_user).with_only_columns(Case.id).where(case_conditions.is_open())
    few = union(seen.where(case_conditions.is_urgent()), seen.where(case_conditions.is_pressing()))
    query = select(Case).where(Case.id.in_(few))
    order = (Case.is_urgent.desc(), when((case_conditions.is_unsynced(), 1), else_=0), Case.ends_at, Case.id)
    return list(db.session.scalars(case_list.with_parts(query).order_by(*order).limit(FIRST_FEW)))


def reminder_places() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(due today, overdue) as (village, households), for a text without anybody's name."""
    pressing = visible_cases(current_user).where(case_conditions.is_open(), case_conditions.is_pressing())
    today, overdue = case_conditions.is_due_today(), case_conditions.is_overdue()
    rows = db.session.execute(
        pressing.join(Area, Area.code == Case.village_code)
        .with_only_columns(Area, _how_many(today), _how_many(overdue))
        .group_by(Area.code).order_by(Area.code)
    ).all()  # fmt: skip
    named = [(area.short_name, *numbers) for area, *numbers in rows]
    return [(name, due) for name, due, _ in named if due], [(name, late) for name, _, late in named if late]
