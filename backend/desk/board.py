"""What a township's board counts and what it puts first; each number leads to its list."""

from dataclasses import dataclass
from datetime import datetime

from flask_login import current_user
from sqlalchemy import case as when
from sqlalchemy import func, or_, select

from backend.access import visible_cases
from backend.codebook import Stage
from backend.desk import case_list
from backend.models import Area, Case, Visit, db

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


def counts() -> Counts:
    """Counted in one query over the cases in sight."""
    seen = visible_cases(current_user).with_only_columns(Case.id)
    urgent, overdue, today = case_list.is_urgent(), case_list.is_overdue(), case_list.is_due_today()
    row = db.session.execute(
        select(
            func.count().filter(urgent), func.max(Case.urgent_at).filter(urgent),
            func.count().filter(overdue), func.min(Case.due_at).filter(overdue), func.count().filter(today),
            func.count().filter(case_list.is_unsynced()), func.count().filter(Case.stage == Stage.WARNED),
            func.count(func.distinct(when((Case.stage == Stage.WARNED, Case.village_code)))),
            func.count().filter(Case.stage == Stage.RETURNED), func.count().filter(Case.stage == Stage.SUBMITTED),
        ).where(Case.id.in_(seen))
    ).one()  # fmt: skip
    oldest = db.session.scalar(
        select(func.min(Visit.received_at)).join(Case).where(
            Case.stage == Stage.SUBMITTED, Visit.is_current, Case.id.in_(seen)
        )
    )  # fmt: skip
    return Counts(*row, oldest)


def first_cases() -> list[Case]:
    """Urgent ones, overdue ones and those due today, the worst first; whom a phone knows as visited come last."""
    query = visible_cases(current_user).where(or_(case_list.is_urgent(), case_list.is_pressing()))
    order = (Case.is_urgent.desc(), when((case_list.is_unsynced(), 1), else_=0), Case.due_at, Case.id)
    return list(db.session.scalars(case_list.with_parts(query).order_by(*order).limit(FIRST_FEW)))


def reminder_places() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(due today, overdue) as (village, households), for a text without anybody's name."""
    return _by_village(case_list.is_due_today()), _by_village(case_list.is_overdue())


def _by_village(which) -> list[tuple[str, int]]:
    seen = visible_cases(current_user).with_only_columns(Case.id)
    rows = db.session.execute(
        select(Area, func.count()).join(Case, Case.village_code == Area.code)
        .where(which, Case.id.in_(seen)).group_by(Area.code).order_by(Area.code)
    )  # fmt: skip
    return [(area.short_name, count) for area, count in rows]
