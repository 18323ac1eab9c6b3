"""抽查: draw households by lot, telephone them, write down who came and on which day."""

from datetime import timedelta

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from backend.access import policy
from backend.access_supervision import find_drawn, find_spot_check, visible_spot_checks
from backend.desk import typed
from backend.desk.forms import Form
from backend.desk.oversight import asked_area
from backend.desk.page import done, today
from backend.desk.span import day_end
from backend.domain import spot_check
from backend.models import SpotCheck, db
from backend.problems import Problem

pages = Blueprint("spot_checks", __name__, url_prefix="/spot-checks")
SHOWN = 40
FIELD_OF = {"spot_check_period": "until", "spot_check_size": "count", "spot_check_empty": "until"}


def _index(form: Form) -> str:
    parts = (joinedload(SpotCheck.area), joinedload(SpotCheck.drawer), selectinload(SpotCheck.households))
    newest = visible_spot_checks(current_user).options(*parts).order_by(SpotCheck.id.desc()).limit(SHOWN)
    return render_template(
        "spot_checks/index.html", checks=list(db.session.scalars(newest)), form=form, area=asked_area()
    )


@pages.get("/")
@policy("spot_check:draw")
def index() -> str:
    """What was drawn so far, and a form for the next lot: the last 30 days unless said otherwise."""
    begin = today() - timedelta(days=30)
    return _index(Form(start={"from": begin.isoformat(), "until": today().isoformat(), "size": "5"}))


@pages.post("/")
@policy("spot_check:draw")
def create() -> Response | tuple[str, int]:
    """Draw."""
    form = Form(request.form)
    begin, end, size = typed.any_day(form, "from"), typed.any_day(form, "until"), form.value("size")
    count, seed = typed.whole(form, "count"), typed.whole(form, "seed")
    if form.is_good:
        try:
            check = spot_check.draw_spot_check(
                asked_area(), from_at=day_end(begin - timedelta(days=1)), until_at=day_end(end),
                percent=int(size) if size in ("5", "10") else None, count=count, seed=seed, actor=current_user,
            )  # fmt: skip
        except Problem as problem:
            form.take(problem, FIELD_OF.get(problem.code, "page"))
            return _index(form), 422
        db.session.commit()
        return done(url_for("spot_checks.show", check_id=check.id), "spot-check-drawn")
    return _index(form), 422


@pages.get("/<int:check_id>")
@policy("spot_check:draw")
def show(check_id: int) -> str:
    """The drawn households; telephone numbers are masked, the case page reveals one with a reason."""
    return render_template("spot_checks/show.html", check=find_spot_check(current_user, check_id), form=Form())


@pages.post("/<int:check_id>/households/<int:household_id>")
@policy("spot_check:draw")
def answer(check_id: int, household_id: int) -> Response | tuple[str, int]:
    """What one household said."""
    drawn, form = find_drawn(current_user, check_id, household_id), Form(request.form, most={"note": 500})
    said = typed.any_day(form, "said_on") if form.value("said_on") else None
    try:
        form.is_good and spot_check.record_answer(
            drawn, answer=form.value("answer"), said_on=said, note=form.value("note"), actor=current_user
        )
    except Problem as problem:
        form.take(problem, "answer" if problem.code == "spot_check_answer" else "said_on")
    if not form.is_good:
        check = find_spot_check(current_user, check_id)
        return render_template("spot_checks/show.html", check=check, form=form, at_fault=household_id), 422
    db.session.commit()
    return done(url_for("spot_checks.show", check_id=check_id) + f"#h{household_id}", "spot-check-answered")
