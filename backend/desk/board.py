"""What a township's board counts and what it puts first; each number leads to its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_login import current_user
from sqlalchemy import case as when
from sqlalchemy import func, or_, select

from backend import clock
from backend.access import visible_cases
from backend.codebook import Stage
from backend.desk import case_list
from backend.domain import assignment
from backend.models import Area, Case, Device, User, Visit, db

FIRST_FEW = 12


@dataclass(frozen=True)
class Counts:
    """The seven cells, each with the fact below it."""

    urgent: int
    urgent_at: datetime | None
    overdue: int
    longest_due_at: datetime | None
    due_today: int
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
            func.count().filter(Case.stage == Stage.WARNED),
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
    """Urgent ones, overdue ones and those due today, the worst first."""
    query = visible_cases(current_user).where(
        or_(case_list.is_urgent(), case_list.is_overdue(), case_list.is_due_today())
    )
    order = (Case.is_urgent.desc(), Case.due_at, Case.id)
    return list(db.session.scalars(case_list.with_parts(query).order_by(*order).limit(FIRST_FEW)))


@dataclass(frozen=True)
class Phone:
    """A phone's last word: how much it still holds."""

    user: User
    seen_at: datetime
    unsent: int
    photos_waiting: int

    @property
    def silent_days(self) -> int:
        return (clock.now() - self.seen_at).days


def phones() -> list[Phone]:
    """Phones of the township's visitors, those that hold something first."""
    people: Sequence[User] = [u for code in current_user.area_codes for u in assignment.visitors_of(code)]
    rows = db.session.scalars(
        select(Device).where(Device.user_id.in_([u.id for u in people]), Device.revoked_at.is_(None))
    )
    found = [
        Phone(
            d.user,
            d.seen_at,
            int((d.heartbeat or {}).get("unsent", 0)),
            int((d.heartbeat or {}).get("photos_waiting", 0)),
        )
        for d in rows
    ]
    return sorted(found, key=lambda phone: (-phone.unsent, phone.seen_at))


def reminder_places() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """(due today, overdue) as (village, households), for a text without anybody's name."""
    return tuple(_by_village(which()) for which in (case_list.is_due_today, case_list.is_overdue))  # type: ignore[return-value]


def _by_village(which) -> list[tuple[str, int]]:
    seen = visible_cases(current_user).with_only_columns(Case.id)
    rows = db.session.execute(
        select(Area, func.count()).join(Case, Case.village_code == Area.code)
        .where(which, Case.id.in_(seen)).group_by(Area.code).order_by(Area.code)
    )  # fmt: skip
    return [(area.short_name, count) for area, count in rows]
