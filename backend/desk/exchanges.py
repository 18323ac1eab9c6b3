"""通报记录: what offices told each other, those that wait for an answer in front."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import case, select
from sqlalchemy.orm import joinedload

from backend.access import policy
from backend.access_liaison import find_exchange, find_liaison, may_answer, visible_exchanges, visible_liaisons
from backend.desk import typed
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import exchange
from backend.models import Exchange, Liaison, db
from backend.problems import Problem

pages = Blueprint("exchanges", __name__, url_prefix="/exchanges")
PAGE = 40


def _rows(before: str) -> tuple[list[Exchange], list[Exchange], str]:
    """(those that wait, others of the page, key of the next page or "")."""
    query = visible_exchanges(current_user).options(joinedload(Exchange.to_area), joinedload(Exchange.teller))
    waits = Exchange.reply_by_on.is_not(None) & Exchange.answered_at.is_(None)
    waiting = db.session.scalars(query.where(waits).order_by(Exchange.reply_by_on, Exchange.id).limit(PAGE)).all()
    rest = query.where(case((waits, 1), else_=0) == 0).order_by(Exchange.id.desc())
    if before.isascii() and before.isdigit() and len(before) < 10:
        rest = rest.where(Exchange.id < int(before))
    rows = list(db.session.scalars(rest.limit(PAGE + 1)))
    return list(waiting), rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else ""


def _page(form: Form) -> str:
    waiting, rows, more = _rows(request.args.get("before", ""))
    people = select(Liaison).where(Liaison.id.in_(visible_liaisons(current_user).with_only_columns(Liaison.id)))
    people = people.where(Liaison.valid_until_on.is_(None)).order_by(Liaison.area_code, Liaison.unit, Liaison.duty)
    choices = [(one.id, f"{one.unit} {one.name}") for one in db.session.scalars(people.limit(200))]
    return render_template("exchanges/index.html", waiting=waiting, rows=rows, more=more, form=form, people=choices)


@pages.get("/")
@policy("liaison:see")
def index() -> str:
    """The record, and a form for the next one."""
    return _page(Form(start={"to": request.args.get("to", "")}))


@pages.post("/")
@policy("exchange:record")
def create() -> Response | tuple[str, int]:
    """Somebody was told something."""
    form = Form(request.form)
    day = typed.optional_day(form, "reply_by_on")
    try:
        to = find_liaison(current_user, form.value("to"))
        exchange.record_exchange(to, matter=form.value("matter"), reply_by_on=day, actor=current_user)
    except Problem as problem:
        form.take(problem, "to")
    if form.errors:
        db.session.rollback()
        return _page(form), 422
    db.session.commit()
    return done(url_for("exchanges.index"), "exchange-recorded")


def _one(made: Exchange, form: Form) -> str:
    return render_template("exchanges/show.html", one=made, form=form, may=may_answer(current_user, made))


@pages.get("/<int:exchange_id>")
@policy("liaison:see")
def show(exchange_id: int) -> str:
    """One exchange, and its answer."""
    return _one(find_exchange(current_user, exchange_id), Form())


@pages.post("/<int:exchange_id>/answer")
@policy("exchange:record")
def answer(exchange_id: int) -> Response | tuple[str, int]:
    """What was answered."""
    made, form = find_exchange(current_user, exchange_id), Form(request.form)
    try:
        form.stop()
        exchange.answer_exchange(made, answer=form.value("answer"), actor=current_user)
    except Problem as problem:
        form.take(problem, "answer")
        return _one(made, form), problem.status
    db.session.commit()
    return done(url_for("exchanges.show", exchange_id=exchange_id), "exchange-answered")
