"""派单: by village in one go, or one household at a time."""

from collections import Counter

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_case, policy, require
from backend.desk import dispatch
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import assignment, cover, kinship
from backend.models import Case, User, db
from backend.problems import Problem

pages = Blueprint("assignments", __name__)


def _page(form: Form) -> str:
    return render_template("assignments/index.html", villages=dispatch.villages_to_assign(), form=form)


@pages.get("/assignments/")
@policy("case:assign")
def index() -> str:
    """Waiting households by village, each with the team that is proposed."""
    return _page(Form())


@pages.post("/assignments/")
@policy("case:assign")
def create() -> Response | tuple[str, int]:
    """Send the chosen teams; with anything wrong nothing is sent and the choice stays."""
    form = Form(request.form)
    sent = dispatch.assign_chosen(form)
    if not form.is_good:
        db.session.rollback()
        return _page(form), 422
    db.session.commit()
    return done(
        url_for("assignments.index") if dispatch.waiting_cases() else url_for("today.board"), "assigned", n=sent
    )


def _edit_page(case: Case, form: Form) -> str:
    people, load = _people_of(case)
    relatives = kinship.relatives_of([case])[case.id]
    away = cover.covers_now([user.id for user in people])
    return render_template(
        "assignments/edit.html", case=case, people=people, load=load, form=form, relatives=relatives, away=away
    )


def _people_of(case: Case) -> tuple[list[User], Counter[str]]:
    people = assignment.visitors_of(case.township_code)
    return people, assignment.loads([user.id for user in people])


def _start(case: Case) -> dict[str, str]:
    going = assignment.active(case)
    people, load = _people_of(case)
    relatives, away = kinship.relatives_of([case])[case.id], cover.covers_now([user.id for user in people])
    able = [user for user in people if user.id not in relatives and user.id not in away]
    main, companion = assignment.suggest(case, able, load)
    going = {duty: user for duty, user in going.items() if user.id not in relatives}
    # Who goes already is not proposed a second time.
    if going.get("main") == companion:
        companion = main
    team = {"main": going.get("main") or main, "companion": going.get("companion") or companion}
    return {duty: user.id for duty, user in team.items() if user}


@pages.get("/cases/<case_id>/assignment")
@policy("case:assign")
def edit(case_id: str) -> str:
    """Who goes to this household."""
    case = find_case(current_user, case_id)
    require(current_user, "case:assign", case)
    return _edit_page(case, Form(start=_start(case)))


@pages.post("/cases/<case_id>/assignment")
@policy("case:assign")
def update(case_id: str) -> Response | tuple[str, int]:
    """Send these two; who went before is relieved."""
    case, form = find_case(current_user, case_id), Form(request.form)
    people = {user.id: user for user in _people_of(case)[0]}
    team = {duty: people.get(form.value(duty)) for duty in ("main", "companion")}
    for duty in [d for d, user in team.items() if user is None]:
        form.fail(duty, "choose")
    if form.is_good:
        try:
            assignment.assign(case, **team, actor=current_user)
        except Problem as problem:
            form.take(problem, "companion")
            return _edit_page(case, form), problem.status
        db.session.commit()
        return done(url_for("cases.show", case_id=case.id), "assigned", n=1)
    return _edit_page(case, form), 422
