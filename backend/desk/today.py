"""今日看板: the township's day on one page."""

from flask import Blueprint, render_template
from flask_login import current_user

from backend.access import policy
from backend.codebook import ItemKind
from backend.desk import board as reading
from backend.desk import deposit_list
from backend.desk.dispatch import villages_to_assign
from backend.desk.phones import phones
from backend.models import Area, db

pages = Blueprint("today", __name__, url_prefix="/today")


@pages.get("/")
@policy("case:assign")
def board() -> str:
    """Counts, what to do first, what waits to be assigned, what phones still hold."""
    due, overdue = reading.reminder_places()
    waiting = deposit_list.waiting_by_kind()
    return render_template(
        "today/index.html", counts=reading.counts(), first=reading.first_cases(), phones=phones(),
        to_look_at=waiting.total(), urgent_to_look_at=waiting[ItemKind.URGENT],
        villages=villages_to_assign(), due_places=due, overdue_places=overdue,
        town=db.session.get(Area, current_user.area_codes[0]) if current_user.area_codes else None,
    )  # fmt: skip
