"""What a township's board counts and what it puts first; each number leads to its list."""

from dataclasses import dataclass
from datetime import datetime

from flask_login import current_user
from sqlalchemy import case as when
from sqlalchemy import func, or_, select

from backend.access import visible_cases
from backend.codebook import PetitionState, Stage
from backend.desk import case_conditions, case_list
from backend.models import Area, Case, Extension, Visit, db

FIRST_FEW = 12


@dataclass(frozen=True)
class Counts:
    """The seven cells, each with the fact below it. Whom only a phone knows as visited is in `unsynced` alone."""

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
    oldest_received_at: datetime | None
    found: int
    alone: int


def counts() -> Counts:
    """Counted in few queries over the cases in sight."""
    seen = visible_cases(current_user).where(case_conditions.is_open())
    urgent, overdue, today = case_conditions.is_urgent(), case_conditions.is_overdue(), case_conditions.is_due_today()
    row = db.session.execute(
        seen.with_only_columns(
            func.count().filter(urgent), func.max(Case.urgent_at).filter(urgent),
            func.count().filter(overdue), func.min(Case.ends_at).filter(overdue), func.count().filter(today),
            func.count().filter(case_conditions.is_unsynced()), func.count().filter(Case.stage == Stage.WARNED),
            func.count(func.distinct(when((Case.stage == Stage.WARNED, Case.village_code)))),
            func.count().filter(Case.stage == Stage.RETURNED), func.count().filter(Case.stage == Stage.SUBMITTED),
        )
    ).one()  # fmt: skip
    oldest = db.session.scalar(
        seen.join(Visit).where(Case.stage == Stage.SUBMITTED, Visit.is_current)
        .with_only_columns(func.min(Visit.received_at), maintain_column_froms=True)
    )  # fmt: skip
    found = db.session.execute(
        seen.where(case_conditions.is_found()).with_only_columns(
            func.count(), func.count().filter(case_conditions.is_alone())
        )
    ).one()  # fmt: skip
    return Counts(*row, oldest, *found)


def extended() -> dict[str, int]:
    """{granted: households with an approved 延期 that nobody visited yet, asked: those that wait for the county}."""
    asked = select(Extension.case_id).where(Extension.state == PetitionState.ASKED)
    row = db.session.execute(
        visible_cases(current_user)
        .where(case_conditions.is_open(), case_conditions.is_untouched())
        .with_only_columns(
            func.count().filter(Case.extended_until_at.is_not(None)), func.count().filter(Case.id.in_(asked))
        )
    ).one()
    return {"granted": row[0], "asked": row[1]}


def first_cases() -> list[Case]:
    """Urgent ones, overdue ones and those due today, the worst first; whom a phone knows as visited come last."""
    query = visible_cases(current_user).where(
        case_conditions.is_open(), or_(case_conditions.is_urgent(), case_conditions.is_pressing())
    )
    order = (Case.is_urgent.desc(), when((case_conditions.is_unsynced(), 1), else_=0), Case.ends_at, Case.id)
    return list(db.session.scalars(case_list.with_parts(query).order_by(*order).limit(FIRST_FEW)))


def reminder_places() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(due today, overdue) as (village, households), for a text without anybody's name."""
    return _by_village(case_conditions.is_due_today()), _by_village(case_conditions.is_overdue())


def _by_village(which) -> list[tuple[str, int]]:
    here = visible_cases(current_user).where(case_conditions.is_open(), which, Case.village_code.is_not(None))
    rows = here.with_only_columns(Case.village_code, func.count()).group_by(Case.village_code)
    counts = {code: count for code, count in db.session.execute(rows)}
    areas = db.session.scalars(select(Area).where(Area.code.in_(counts)).order_by(Area.code))
    return [(area.short_name, counts[area.code]) for area in areas]
