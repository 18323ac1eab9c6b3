"""What the ledgers say of one household in the same words."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from backend import clock
from backend.access import in_areas, visible_cases
from backend.codebook import Duty
from backend.desk.page import shown_name
from backend.documents.ledger import Column
from backend.domain import identity
from backend.domain.review import current_visit
from backend.models import Area, Assignment, Case, Decision, Routing, Visit, db

AT_ONCE = 500
PLACE = (Column("乡镇", 9), Column("村", 10), Column("社（组）", 7))


def households(area_code: str, as_of: datetime) -> Iterator[Case]:
    """The cases in sight below an area that were published by `as_of`, by township, village and number."""
    query = (
        visible_cases(current_user)
        .where(in_areas(Case, [area_code]), Case.published_at <= as_of)
        .options(
            joinedload(Case.declaration), joinedload(Case.township), joinedload(Case.village),
            selectinload(Case.assignments).joinedload(Assignment.user), selectinload(Case.visits),
            selectinload(Case.routings).selectinload(Routing.decisions).joinedload(Decision.decider),
            selectinload(Case.explanations), selectinload(Case.attempts),
        )
        .order_by(Case.township_code, Case.village_code, Case.number)
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip
    yield from db.session.scalars(query)


def place_of(case: Case) -> tuple[str, str, str]:
    """乡镇、村、社."""
    return case.township.name, case.village.short_name if case.village else "", case.group_text


def county_name(area_code: str) -> str:
    """The county above (or the area itself when it is none), for the ledgers' second column."""
    area = db.session.get(Area, area_code[:6])
    return area.name if area else ""


def person_of(case: Case, *, is_whole: bool = False) -> tuple[str, str, str]:
    """Name (masked for those who only oversee), ID number and telephone number, masked unless `is_whole`."""
    told = case.declaration
    number, phone = told.id_number or "", told.phone or ""
    if is_whole:
        return case.applicant_name, number, phone
    return shown_name(case), identity.mask_id(number) if number else "", identity.mask_phone(phone) if phone else ""


def visitor_of(case: Case, duty: Duty) -> str:
    """Who goes, or went last, in this duty."""
    found = [one for one in case.assignments if one.duty == duty]
    active = [one for one in found if one.ended_at is None] or found
    return active[-1].user.name if active else ""


def answers_of(visit: Visit | None) -> dict[str, Any]:
    """The filled form; empty without a visit, and for what is no form."""
    found = json.loads(visit.answers_text) if visit else {}
    return found if isinstance(found, dict) else {}


def visit_of(case: Case, as_of: datetime) -> Visit | None:
    """The visit that counts, if it had been received by `as_of`."""
    visit = current_visit(case)
    return visit if visit and visit.received_at <= as_of else None


def people_of(case: Case, as_of: datetime) -> int | None:
    """How many the visit found living together, else how many were declared."""
    visit = visit_of(case, as_of)
    return (visit.living_size if visit else None) or case.declaration.family_size


def days_between(first: datetime, last: datetime) -> int:
    """Days on the office's calendar."""
    return (clock.local(last).date() - clock.local(first).date()).days
