"""Earlier files of the same person, for whoever judges the newest."""

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from backend.access import visible_cases
from backend.models import Assignment, Case, Declaration, db

MOST = 10


def other_cases(case: Case) -> list[Case]:
    """Other cases within sight whose applicant has the same ID number, newest first; none without a number."""
    lookup = case.declaration.id_number_lookup
    if not lookup:
        return []
    same = select(Declaration.id).where(Declaration.id_number_lookup == lookup)
    query = visible_cases(current_user).where(Case.id != case.id, Case.declaration_id.in_(same))
    parts = (
        selectinload(Case.assignments).joinedload(Assignment.user),
        selectinload(Case.routings),
        selectinload(Case.reviews),
        joinedload(Case.declaration),
    )
    return list(db.session.scalars(query.options(*parts).order_by(Case.published_at.desc(), Case.id).limit(MOST)))
