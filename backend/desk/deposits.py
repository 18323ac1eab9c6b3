"""What phones handed in and nobody has adopted: kept, attributed, shown to those who decide. Read only."""

from flask import Blueprint, render_template
from flask_login import current_user
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from backend.access import policy, visible_cases
from backend.codebook import Verdict
from backend.models import Case, InboxItem, Posting, User, db

pages = Blueprint("deposits", __name__, url_prefix="/deposits")

WAITING = (Verdict.NEEDS_REVIEW, Verdict.QUARANTINED)
PAGE = 100


def waiting_items() -> Select[tuple[InboxItem]]:
    """Items of cases in sight; those of no known case by where their author works."""
    seen = visible_cases(current_user).with_only_columns(Case.id)
    near = select(Posting.user_id).where(or_(*(Posting.area_code.startswith(c) for c in current_user.area_codes)))
    is_lost = InboxItem.case_id.is_(None) | InboxItem.case_id.not_in(select(Case.id))
    return (
        select(InboxItem)
        .where(InboxItem.verdict.in_(WAITING))
        .where(or_(InboxItem.case_id.in_(seen), and_(is_lost, InboxItem.user_id.in_(near))))
        .order_by(InboxItem.received_at.desc(), InboxItem.id)
    )


def count_waiting() -> int:
    """How many such items there are within sight."""
    query = waiting_items().order_by(None).with_only_columns(InboxItem.id).subquery()
    return db.session.scalar(select(func.count()).select_from(query)) or 0


@pages.get("/")
@policy("inbox:see")
def index() -> str:
    """Each item with its author, its receipt and why it was not simply adopted."""
    query = waiting_items().options(joinedload(InboxItem.user).load_only(User.name, User.role, User.queue)).limit(PAGE)
    items = list(db.session.scalars(query))
    ids = {item.case_id for item in items if item.case_id}
    cases = {case.id: case for case in db.session.scalars(visible_cases(current_user).where(Case.id.in_(ids)))}
    return render_template("deposits/index.html", items=items, cases=cases)
