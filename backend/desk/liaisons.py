"""联络员: the county's directory, searchable and printable; townships and the county keep their own rows."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import joinedload

from backend.access import policy
from backend.access_liaison import (
    find_kept_liaison,
    find_liaison,
    kept_areas,
    may_keep,
    may_ring,
    visible_liaisons,
)
from backend.desk import kept_words, typed
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.domain import liaison
from backend.models import Area, Liaison, db
from backend.problems import Problem

pages = Blueprint("liaisons", __name__, url_prefix="/liaisons")
PAGE = 100
KEY = (Liaison.area_code, Liaison.unit, Liaison.duty, Liaison.id)


def _rows(q: str, *, is_past: bool, after: str) -> tuple[list[Liaison], str]:
    query = visible_liaisons(current_user).join(Area, Area.code == Liaison.area_code)
    query = query.where(Liaison.valid_until_on.is_not(None) if is_past else Liaison.valid_until_on.is_(None))
    if q:
        words = (Liaison.unit, Liaison.name, Liaison.title, Area.name)
        query = query.where(or_(*(column.contains(q, autoescape=True) for column in words)))
    last = db.session.scalar(visible_liaisons(current_user).where(Liaison.id == after)) if after else None
    if last:
        query = query.where(tuple_(*KEY) > tuple_(last.area_code, last.unit, last.duty, last.id))
    whole = query.options(joinedload(Liaison.area))
    rows = list(db.session.scalars(whole.order_by(*KEY).limit(PAGE + 1)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else ""


@pages.get("/")
@policy("liaison:see")
def index() -> str:
    """Everybody in duty, by place and unit; ended ones apart."""
    q, is_past = kept_words.words_of(request.args), request.args.get("past") == "1"
    rows, more = _rows(q, is_past=is_past, after=request.args.get("after", ""))
    return render_template(
        "liaisons/index.html",
        rows=rows,
        more=more,
        q=q,
        who=request.args.get("who", ""),
        is_past=is_past,
        may_ring=may_ring,
        may_keep=may_keep,
    )


MOST = {"unit": 80, "name": 40, "title": 40, "duty": 1, "office_phone": 20, "mobile": 20, "note": 200}


def _card(form: Form) -> liaison.Card:
    form.stop()
    return liaison.Card(**{name: form.value(name) for name in MOST})


def _edit(form: Form, one: Liaison | None) -> str:
    return render_template("liaisons/edit.html", form=form, one=one, areas=[] if one else kept_areas(current_user))


@pages.get("/new")
@policy("liaison:keep")
def new() -> str:
    """The empty card."""
    own = current_user.area_codes[0] if current_user.area_codes else ""
    start = {"area": own, "unit": current_user.unit, "duty": "A", "valid_from_on": today().isoformat()}
    return _edit(Form(start=start), None)


@pages.post("/")
@policy("liaison:keep")
def create() -> Response | tuple[str, int]:
    """Into the directory."""
    form = Form(request.form, most=MOST)
    area, day = db.session.scalar(select(Area).where(Area.code == form.value("area"))), typed.day(form, "valid_from_on")
    if area is None:
        form.fail("area", "choose")
    if area is None or not form.is_good:
        return _edit(form, None), 422
    try:
        liaison.add_liaison(area, _card(form), valid_from_on=day, actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return _edit(form, None), problem.status
    db.session.commit()
    return done(url_for("liaisons.index"), "liaison-added")


@pages.get("/<liaison_id>")
@policy("liaison:keep")
def edit(liaison_id: str) -> str:
    """The card of somebody whom this office keeps."""
    one = find_kept_liaison(current_user, liaison_id)
    names = ("unit", "name", "title", "duty", "office_phone", "mobile", "note")
    return _edit(Form(start={name: getattr(one, name) or "" for name in names} | {"on": today().isoformat()}), one)


@pages.post("/<liaison_id>")
@policy("liaison:keep")
def change(liaison_id: str) -> Response | tuple[str, int]:
    """The card corrected."""
    one, form = find_kept_liaison(current_user, liaison_id), Form(request.form, most=MOST)
    try:
        liaison.change_liaison(one, _card(form), actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return _edit(form, find_liaison(current_user, liaison_id)), problem.status
    db.session.commit()
    return done(url_for("liaisons.index"), "liaison-changed")


@pages.post("/<liaison_id>/end")
@policy("liaison:keep")
def end(liaison_id: str) -> Response | tuple[str, int]:
    """The last day of duty."""
    one, form = find_kept_liaison(current_user, liaison_id), Form(request.form)
    day = typed.day(form, "on")
    try:
        liaison.end_liaison(one, on=day, actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
    if form.errors:
        db.session.rollback()
        return _edit(form, find_liaison(current_user, liaison_id)), 422
    db.session.commit()
    return done(url_for("liaisons.index"), "liaison-ended")
