"""Several routings at once: what can be done is done, what cannot is named, row by row."""

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from backend.access import find_routing, policy
from backend.codebook import DecisionOutcome
from backend.desk import notices
from backend.desk.forms import Form
from backend.desk.page import done, own_address
from backend.desk.routing_page import typed_decision
from backend.desk.routings import MOST_NOTED, queue_page, typed_step
from backend.domain import formal_steps, material_request, routing
from backend.models import Routing, db
from backend.problems import Problem

pages = Blueprint("batches", __name__, url_prefix="/routings")
ROW = re.compile(r"[0-9]{1,10}")


def _chosen(form: Form) -> list[Routing]:
    chosen = [find_routing(current_user, int(n)) for n in form.values("routing") if ROW.fullmatch(n)]
    if not chosen:
        form.errors["routing"] = "none_chosen"
    return chosen


def _each(form: Form, act: Callable[[Routing], Any], word: str, go_on: str = "") -> Response | tuple[str, int]:
    """Do it to every chosen one, each in a savepoint of its own; tell whose could not be done, and why.

    `go_on` is where it goes on afterwards, else back to where one came from.
    """
    chosen = _chosen(form)
    if not form.is_good:
        return queue_page(form), 422
    failed: list[tuple[str, str]] = []
    status = 200
    for one in chosen:
        who = f"{one.case.applicant_name}（{one.case.number}）"
        try:
            with db.session.begin_nested():
                act(one)
        except Problem as problem:
            failed.append((who, problem.message))
            status = problem.status
    db.session.commit()
    if failed:
        return queue_page(form, failed, len(chosen) - len(failed)), status
    told = len(chosen) if go_on else 0
    return done(go_on or own_address(form.value("back"), url_for("routings.index")), word, n=len(chosen), told=told)


@pages.post("/acceptances")
@policy("routing:work")
def accept() -> Response | tuple[str, int]:
    """受理 several at once, today."""
    return _each(Form(request.form), lambda one: routing.accept(one, actor=current_user), "accepted")


@pages.post("/step-records")
@policy("routing:work")
def record_step() -> Response | tuple[str, int]:
    """The same step on the same day for several: one meeting, one notice on the wall."""
    form = Form(request.form, most=MOST_NOTED)
    given, category = typed_step(form), form.value("of_category")
    return _each(
        form,
        lambda one: formal_steps.record_step(one, category=category, actor=current_user, **given),
        "steps-recorded",
    )


@pages.post("/decision-records")
@policy("routing:work")
def decide() -> Response | tuple[str, int]:
    """The same result for several; whoever was refused has to be told next."""
    form = Form(request.form)
    given = typed_decision(form)
    untold = url_for("routings.index", state="untold") if given["outcome"] == DecisionOutcome.DECLINED else ""
    return _each(form, lambda one: notices.decide(one, given), "decided-several", untold)


@pages.post("/material-requests")
@policy("routing:work")
def ask_materials() -> Response | tuple[str, int]:
    """Ask several townships for the same papers."""
    form = Form(request.form)
    return _each(
        form,
        lambda one: material_request.ask_materials(one, text=form.value("materials"), actor=current_user),
        "materials-asked",
    )
