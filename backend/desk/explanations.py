"""解释说明: what a household that does not fit was told, how, and what it signed."""

from datetime import datetime

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend import clock
from backend.access import find_case, policy, require
from backend.codebook import DeclineReason
from backend.desk import typed
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.notices import check_notice
from backend.desk.page import done
from backend.domain import explanation
from backend.form.limits import EXPLANATION
from backend.models import Case, db
from backend.problems import Problem

pages = Blueprint("explanations", __name__, url_prefix="/cases/<case_id>/explanation")

FIELD_OF = {
    "reason_missing": "reason_codes", "explanation_missing": "text", "notice_too_long": "text", "witness_missing": "witness", "invalid": "method",
}  # fmt: skip


def _page(case: Case, form: Form) -> str:
    return render_template("explanations/new.html", view=CaseView(case), form=form)


@pages.get("")
@policy("case:explain")
def new(case_id: str) -> str:
    """The form; the moment is now, for it is mostly written down on the spot."""
    now = clock.local(clock.now())
    case = find_case(current_user, case_id)
    require(current_user, "case:explain", case)
    return _page(case, Form(start={"explained_at": f"{now:%Y-%m-%dT%H:%M}"}))


@pages.post("")
@policy("case:explain")
def create(case_id: str) -> Response | tuple[str, int]:
    """Record it; this ends the 不符合 outcome."""
    case, form = find_case(current_user, case_id), Form(request.form, most=EXPLANATION)
    given = _explanation(form)
    if form.is_good:
        try:
            explanation.explain(case, actor=current_user, **given)
            check_notice(case)
        except Problem as problem:
            form.take(problem, FIELD_OF.get(problem.code, "page"))
            return _page(case, form), problem.status
        db.session.commit()
        return done(url_for("cases.show", case_id=case.id), "explained")
    return _page(case, form), 422


def _explanation(form: Form) -> dict:
    for name in ("method", "receipt"):
        if not form.value(name):
            form.fail(name, "choose")
    codes = form.chosen("reason_codes", DeclineReason)
    if not codes:
        form.fail("reason_codes", "choose")
    kept = {name: form.value(name) for name in ("text", "method", "receipt", "witness", "materials")}
    return kept | {"reason_codes": codes, "explained_at": _moment(form, "explained_at")}


def _moment(form: Form, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(form.value(name)).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        found = None
    if found is None or found.year < typed.YEARS[0] or found > clock.now():
        form.fail(name, "moment")
    return found or clock.now()
