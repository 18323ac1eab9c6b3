"""申诉、复核: raised at the township, answered by a last day; open ones by due date."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Date, Select, bindparam, tuple_
from sqlalchemy.orm import joinedload

from backend.access import find_routing, policy, require
from backend.access_departments import Staff, find_objection, is_left_to_lead, lead_of, may_answer, visible_objections
from backend.desk import typed
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.domain import objection
from backend.models import Case, Objection, Routing, db
from backend.models.questions import Looker, kept
from backend.web import MOST_ROWS

pages = Blueprint("objections", __name__)
PAGE = 30


@pages.get("/objections/")
@policy("objection:see")
def index() -> str:
    """Open objections, the one that is due first on top."""
    key = _key_of(request.args.get("after", ""))
    rows = list(db.session.scalars(_open(current_user, bool(key)), key))
    after = f"{rows[PAGE - 1].due_on}~{rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    staff: Staff = {}
    mine = {one.id for one in rows if may_answer(current_user, one, staff)}
    return render_template("objections/index.html", rows=rows[:PAGE], after=after, mine=mine)


def _key_of(after: str) -> dict[str, Any] | None:
    day, _, number = after.partition("~")
    if number.isascii() and number.isdigit() and len(number) <= len(str(MOST_ROWS)) and typed.read_day(day):
        return {"day": date.fromisoformat(day), "number": int(number)}
    return None


@kept
def _open(user: Looker, is_later: bool) -> Select[tuple[Objection]]:
    query = visible_objections(user).where(Objection.outcome.is_(None))
    if is_later:
        key = tuple_(bindparam("day", type_=Date), bindparam("number"))
        query = query.where(tuple_(Objection.due_on, Objection.id) > key)
    case = joinedload(Objection.case)
    parts = (case.joinedload(Case.township), case.joinedload(Case.village), case.joinedload(Case.declaration),
             case.selectinload(Case.explanations), joinedload(Objection.routing).selectinload(Routing.decisions))  # fmt: skip
    return query.options(*parts).order_by(Objection.due_on, Objection.id).limit(PAGE + 1)


@pages.get("/routings/<int:routing_id>/objection")
@policy("objection:raise")
def new(routing_id: int) -> str:
    """The form for who does not agree."""
    one = find_routing(current_user, routing_id)
    require(current_user, "objection:raise", one.case)
    return _new_page(one, Form(start={"raised_on": today().isoformat(), "relation": "head"}))


def _new_page(one: Routing, form: Form) -> str:
    return render_template("objections/new.html", routing=one, form=form, contested=objection.contested(one))


@pages.post("/routings/<int:routing_id>/objection")
@policy("objection:raise")
def create(routing_id: int) -> Response | tuple[str, int]:
    """Record it; the clock of the answer starts."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    given = {"relation": form.value("relation"), "text": form.value("text")}
    raised_on = typed.day(form, "raised_on")
    return carry_out(
        form, lambda: objection.raise_objection(one, raised_on=raised_on, actor=current_user, **given),
        page=lambda: _new_page(one, form),
        go=lambda made: done(
            url_for("objections.show", objection_id=made.id), "objection-late" if made.is_late else "objection-raised"
        ),
    )  # fmt: skip


@pages.get("/objections/<int:objection_id>")
@policy("objection:see")
def show(objection_id: int) -> str:
    """What was said, and the answer."""
    return _shown(find_objection(current_user, objection_id), Form(start={"answered_on": today().isoformat()}))


def _shown(found: Objection, form: Form) -> str:
    lead = lead_of(found.routing.queue) if is_left_to_lead(found) else None
    return render_template(
        "objections/show.html", objection=found, form=form, may_answer=may_answer(current_user, found), lead=lead
    )


@pages.post("/objections/<int:objection_id>/answer")
@policy("objection:answer")
def answer(objection_id: int) -> Response | tuple[str, int]:
    """Uphold, or send the case back to the township."""
    found, form = find_objection(current_user, objection_id), Form(request.form)
    answered_on, words = typed.day(form, "answered_on"), {key: form.value(key) for key in ("outcome", "answer")}
    return carry_out(
        form, lambda: objection.answer_objection(found, answered_on=answered_on, actor=current_user, **words),
        page=lambda: _shown(found, form),
        go=lambda made: done(url_for("objections.show", objection_id=made.id), f"objection-{made.outcome}"),
    )  # fmt: skip
