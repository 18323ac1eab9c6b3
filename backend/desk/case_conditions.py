"""What lists and boards mean by overdue, due today, unsynced …, as conditions in SQL in the words of the indexes."""

from datetime import datetime

from flask import g
from sqlalchemy import BindParameter, ColumnElement, and_, literal_column, select

from backend.codebook import Duty, Stage
from backend.desk.case_rows import CaseRow
from backend.desk.page import today
from backend.desk.span import day_end
from backend.domain.held_cases import NOT_VISITED, unsynced_cases
from backend.domain.unsynced import Told
from backend.models import Assignment, Case, User, db
from backend.models.base import Instant
from backend.models.case import IS_FOUND, IS_URGENT
from backend.models.questions import each_told, now, told


def on_phones() -> dict[str, list[Told]]:
    """{case id: the phones that hold its visit}, asked once for a page."""
    if "cases_on_phones" not in g:
        g.cases_on_phones = unsynced_cases()
    return g.cases_on_phones


def held_by(case: Case | CaseRow) -> tuple[User, datetime] | None:
    """Whose phone holds a visit of this case, and when it last said so; None when none does."""
    words = on_phones().get(case.id)
    if not words:
        return None
    return db.session.get_one(User, words[0].user_id), words[0].at


def is_unsynced() -> ColumnElement[bool]:
    """Somebody went, and only a phone knows of it."""
    return Case.id.in_(each_told(on_phones))


def to_visit() -> ColumnElement[bool]:
    """No visit has reached the office: in the words of the index that holds these few."""
    return Case.stage.in_([literal_column(f"'{stage}'") for stage in NOT_VISITED])


def is_open() -> ColumnElement[bool]:
    """Not closed, in the words of the indexes that hold what is open."""
    return Case.stage != literal_column(f"'{Stage.CLOSED}'")


def is_untouched() -> ColumnElement[bool]:
    """Nobody went, as far as anybody says."""
    return and_(to_visit(), ~is_unsynced())


def _end_of_today() -> BindParameter[datetime]:
    return told(lambda: day_end(today()), Instant)


def is_pressing() -> ColumnElement[bool]:
    """No visit has reached the office, and today is the last day or it is over."""
    return and_(to_visit(), Case.ends_at <= _end_of_today())


def is_overdue() -> ColumnElement[bool]:
    """A warning: nobody went, and the last day is over."""
    return and_(~Case.is_found, is_untouched(), Case.ends_at <= now())


def is_due_today() -> ColumnElement[bool]:
    """A warning: nobody went, and today is the last day."""
    return and_(~Case.is_found, is_untouched(), Case.ends_at > now(), Case.ends_at <= _end_of_today())


def is_urgent() -> ColumnElement[bool]:
    """急难, and not closed yet."""
    return and_(IS_URGENT, is_open())


def is_in_time() -> ColumnElement[bool]:
    """A warning, visited within the limit."""
    return and_(~Case.is_found, Case.visited_at < Case.ends_at)


def is_late() -> ColumnElement[bool]:
    """A warning, visited, but after the limit."""
    return and_(~Case.is_found, Case.visited_at >= Case.ends_at)


def is_not_due() -> ColumnElement[bool]:
    """A warning: nobody went yet, and there is still time."""
    return and_(~Case.is_found, is_untouched(), Case.ends_at > now())


def is_extended() -> ColumnElement[bool]:
    """批准延期未到期: nobody went, and the county gave time that is not over (DOMAIN §5.3, 应核查数)."""
    return and_(is_untouched(), Case.extended_until_at > now())


def is_void() -> ColumnElement[bool]:
    """作废: closed without a visit, counted apart."""
    return Case.voided_at.is_not(None)


def is_found() -> ColumnElement[bool]:
    """Somebody came upon it; no warning was published, so that it counts in none of their figures."""
    return IS_FOUND


def is_warning() -> ColumnElement[bool]:
    """A warning was published."""
    return ~Case.is_found


def is_unsynced_warning() -> ColumnElement[bool]:
    """A warning: somebody went, and only a phone knows of it."""
    return and_(~Case.is_found, is_unsynced())


def is_alone() -> ColumnElement[bool]:
    """Found by somebody with whom nobody goes yet, and not visited."""
    second = select(Assignment.id).where(Assignment.case_id == Case.id, Assignment.duty == Duty.COMPANION)
    goes = second.where(Assignment.ended_at.is_(None)).correlate(Case).exists()
    return and_(to_visit(), Case.is_found, Case.stage == Stage.ASSIGNED, ~goes)


DUE = {
    "overdue": is_overdue, "today": is_due_today, "urgent": is_urgent,
    "in_time": is_in_time, "late": is_late, "not_due": is_not_due, "unsynced": is_unsynced,
    "extended": is_extended, "void": is_void,
    "found": is_found, "alone": is_alone, "warned": is_warning, "warned_unsynced": is_unsynced_warning,
}  # fmt: skip
ONLY_TO_VISIT = ("overdue", "today", "not_due", "extended", "unsynced", "warned_unsynced", "alone")
