"""提示 of one household: each rule with its arithmetic, also as another day would say it."""

from datetime import date

from flask import Blueprint, render_template, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from backend.access import find_case, policy
from backend.desk import typed
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.hint_view import Hints
from backend.desk.span import local_day
from backend.problems import Problem

pages = Blueprint("hints", __name__, url_prefix="/cases/<case_id>/hints")


@pages.get("")
@policy("case:whole")
def show(case_id: str) -> str | tuple[str, int]:
    """The visit that holds, by the parameters and rules of its day or of the day that the address asks for.

    `known` is a day, too: what was approved later is left out, so that one sees what a reviewer saw.
    """
    view = CaseView(find_case(current_user, case_id))
    if view.visit is None:
        raise Problem("not_found")
    visited_on: date = local_day(view.visit.visited_at)
    asked = MultiDict(request.args)
    asked.setdefault("on", visited_on.isoformat())
    form = Form(asked)
    known_on = typed.any_day(form, "known") if form.value("known") else None
    hints = Hints(view.case, view.answers, typed.any_day(form, "on") or visited_on, known_on)
    page = render_template("cases/hints.html", view=view, hints=hints, form=form, visited_on=visited_on)
    return page if form.is_good else (page, 422)
