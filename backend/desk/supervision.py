"""督办通知单: what was ordered, until when, what the township answered."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from backend.access import policy
from backend.access_supervision import find_notice, visible_notices
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import supervision
from backend.models import Case, SupervisionNotice, db

pages = Blueprint("supervision", __name__, url_prefix="/supervision")
SHOWN = 60


@pages.get("/")
@policy("supervision:see")
def index() -> str:
    """The newest first; those that wait for an answer before them."""
    parts = (joinedload(SupervisionNotice.township), selectinload(SupervisionNotice.cases).load_only(Case.id))
    query = (
        visible_notices(current_user)
        .options(*parts)
        .order_by(SupervisionNotice.state != "issued", SupervisionNotice.due_at.desc(), SupervisionNotice.id.desc())
    )
    return render_template("supervision/index.html", notices=list(db.session.scalars(query.limit(SHOWN))))


def _village(case: Case) -> str:
    return case.village.short_name if case.village else case.township.name


def _page(notice: SupervisionNotice, form: Form) -> str:
    places: dict[str, int] = {}
    for case in notice.cases:
        places[_village(case)] = places.get(_village(case), 0) + 1
    return render_template("supervision/show.html", notice=notice, form=form, places=list(places.items()))


@pages.get("/<int:notice_id>")
@policy("supervision:see")
def show(notice_id: int) -> str:
    """The notice as it is printed, and the text for the township's group."""
    return _page(find_notice(current_user, notice_id), Form())


@pages.post("/<int:notice_id>/answer")
@policy("supervision:answer")
def answer(notice_id: int) -> Response | tuple[str, int]:
    """The township's word."""
    notice, form = find_notice(current_user, notice_id), Form(request.form)
    return carry_out(
        form, lambda: supervision.answer_notice(notice, answer=form.value("answer"), actor=current_user),
        page=lambda: _page(notice, form), beside={"supervision_answer": "answer"},
        go=lambda _: done(url_for("supervision.show", notice_id=notice_id), "notice-answered"),
    )  # fmt: skip


@pages.post("/<int:notice_id>/closing")
@policy("supervision:issue")
def close(notice_id: int) -> Response:
    """销号."""
    supervision.close_notice(find_notice(current_user, notice_id), actor=current_user)
    db.session.commit()
    return done(url_for("supervision.show", notice_id=notice_id), "notice-closed")
