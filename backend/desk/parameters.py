"""参数: what holds where since when and by which document; a county proposes a value, its other office approves."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend import access_parameters
from backend.access import policy
from backend.codebook import PARAMETER_BY_KEY, ParameterField
from backend.desk import parameter_view, typed
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.desk.parameter_form import start_of, value_of
from backend.domain import parameter_changes
from backend.models import Area, db
from backend.problems import Problem

pages = Blueprint("parameters", __name__, url_prefix="/parameters")


def asked_day(form: Form) -> date:
    """The day that the address asks for, or today."""
    return (typed.any_day(form, "on") or today()) if form.value("on") else today()


def _area() -> Area:
    return access_parameters.area_in_sight(current_user, request.args.get("area", ""))


def _field(key: str) -> ParameterField:
    if key not in PARAMETER_BY_KEY:
        raise Problem("not_found")
    return PARAMETER_BY_KEY[key]


@pages.get("/")
@policy("parameter:see")
def index() -> str | tuple[str, int]:
    """Every parameter by group, as it stands on a day."""
    area, form = _area(), Form(request.args)
    day = asked_day(form)
    groups = parameter_view.groups(area, day)
    waiting = parameter_view.waiting(current_user, area)
    page = render_template("parameters/index.html", area=area, day=day, groups=groups, waiting=waiting, form=form)
    return page if form.is_good else (page, 422)


def _page(field: ParameterField, area: Area, form: Form) -> str:
    return render_template(
        "parameters/show.html", field=field, area=area, form=form, view=parameter_view.ParameterView(field, area),
        choices=parameter_view.choices_of(field), may_settle=parameter_changes.may_settle,
    )  # fmt: skip


@pages.get("/<key>")
@policy("parameter:see")
def show(key: str) -> str:
    """One parameter: what holds, what held, what is proposed."""
    field, area = _field(key), _area()
    return _page(field, area, Form(start=start_of(field, parameter_view.now_of(field, area))))


FIELD_OF = {
    "parameter_unfit": "value", "parameter_source": "source", "parameter_past": "reason",
    "parameter_day": "valid_from_on", "parameter_waiting": "valid_from_on",
}  # fmt: skip


@pages.post("/<key>/proposals")
@policy("parameter:propose")
def propose(key: str) -> Response | tuple[str, int]:
    """Put a value forward for the county."""
    field, area, form = _field(key), _area(), Form(request.form)
    given = {"value": value_of(field, form), "valid_from_on": typed.any_day(form, "valid_from_on")}
    if not form.is_good:
        return _page(field, area, form), 422
    given |= {"source": form.value("source"), "reason": form.value("reason")}
    try:
        parameter_changes.propose(key=key, area_code=area.code, actor=current_user, **given)
    except Problem as problem:
        form.take(problem, FIELD_OF.get(problem.code, "page"))
        return _page(field, area, form), problem.status
    return _done(key, "parameter-proposed")


def _settle(proposal_id: int, act: str, verb: Callable[..., Any], word: str) -> Response | tuple[str, int]:
    one, form = access_parameters.find_proposal(current_user, proposal_id), Form(request.form)
    field, area = _field(one.key), access_parameters.area_in_sight(current_user, one.area_code)
    try:
        verb(one, reason=form.value(f"{act}-{one.id}"), actor=current_user)
    except Problem as problem:
        beside = problem.code in ("reason_missing", "parameter_past")
        form.take(problem, f"{act}-{proposal_id}" if beside else "page")
        return _page(field, area, form), problem.status
    return _done(field.key, word)


def _done(key: str, word: str) -> Response:
    db.session.commit()
    return done(url_for("parameters.show", key=key), word)


@pages.post("/proposals/<int:proposal_id>/approval")
@policy("parameter:settle")
def approve(proposal_id: int) -> Response | tuple[str, int]:
    """The other office agrees: it holds from its day on."""
    return _settle(proposal_id, "approval", parameter_changes.approve, "parameter-approved")


@pages.post("/proposals/<int:proposal_id>/refusal")
@policy("parameter:settle")
def refuse(proposal_id: int) -> Response | tuple[str, int]:
    """The other office does not agree, and says why."""
    return _settle(proposal_id, "refusal", parameter_changes.refuse, "parameter-refused")


@pages.post("/proposals/<int:proposal_id>/withdrawal")
@policy("parameter:propose")
def withdraw(proposal_id: int) -> Response | tuple[str, int]:
    """Whoever proposed it takes it back."""
    return _settle(proposal_id, "withdrawal", parameter_changes.withdraw, "parameter-withdrawn")
