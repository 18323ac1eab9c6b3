"""规则: the rules of the hints that hold on a day; a county changes them or writes its own, its other office approves."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from backend import access_parameters, rulebook
from backend.access import policy
from backend.codebook import RuleAssistance, RuleJoin, RuleUse
from backend.desk import parameter_view, rule_rows, rule_view, typed
from backend.desk.forms import Form
from backend.desk.page import choices, done, today
from backend.desk.parameters import FIELD_OF, asked_day
from backend.desk.rule_effects import effects
from backend.desk.rule_form import start_of, value_of
from backend.domain import parameter_changes
from backend.domain.county_rules import rule_key
from backend.domain.suggestion import in_force, rules_off
from backend.models import Area, db
from backend.problems import Problem

pages = Blueprint("rules", __name__, url_prefix="/rules")
RULE_FIELD_OF = FIELD_OF | {"parameter_unfit": "page"}


def _area() -> Area:
    return access_parameters.area_in_sight(current_user, request.args.get("area", ""))


@pages.get("/")
@policy("parameter:see")
def index() -> str | tuple[str, int]:
    """What asks what, by which document, and what the county has changed, written or switched off."""
    area, form = _area(), Form(request.args)
    day = asked_day(form)
    view = parameter_view.RulesView(area, day)
    off = rules_off(view.values)
    page = render_template(
        "rules/index.html", area=area, day=day, form=form, view=view, tests=view.book["tests"], off=off,
        rules=in_force(view.book["rules"], {}, day), all_rules=view.book["rules"],
    )  # fmt: skip
    return page if form.is_good else (page, 422)


def _known(rule_id: str) -> str:
    if rule_key(rule_id) not in rulebook.rule_keys():
        raise Problem("not_found")
    return rule_id


def _editor(rule_id: str, form: Form, **shown: Any) -> str:
    used, others = rule_view.used_first(form)
    area = _area()
    return render_template(
        "rules/edit.html", rule_id=rule_id, area=area, form=form, used=used, others=others, key=rule_key(rule_id),
        is_own=rule_id in rulebook.OWN_RULES, rows=rule_view.row_fields(form), facts=rule_view.fact_groups(),
        uses=choices(RuleUse), joins=choices(RuleJoin), kinds=choices(RuleAssistance),
        before=rule_view.words_on(area, rule_id, today()), is_changed=rule_view.is_changed(area, rule_id, today()), **shown,
    )  # fmt: skip


@pages.get("/<rule_id>")
@policy("parameter:propose")
def edit(rule_id: str) -> str:
    """The form on which a rule is changed, with what holds today."""
    book = rule_view.book_on(_area(), today())
    rule = rule_view.rule_in(book, _known(rule_id))
    return _editor(rule_id, Form(start=start_of(rule, book["tests"])))


@pages.post("/<rule_id>/draft")
@policy("parameter:propose")
def draft(rule_id: str) -> str | tuple[str, int]:
    """The same form with a row more or less, or with what the change would do; nothing is kept."""
    act = request.form.get("act", "")
    form = Form(rule_rows.reshaped(MultiDict(request.form.items(multi=True)), act))
    if act != "effects":
        return _editor(_known(rule_id), form)
    value = _tried(_known(rule_id), form)
    if not form.is_good:
        return _editor(rule_id, form), 422
    day = (typed.any_day(form, "valid_from_on") if form.value("valid_from_on") else None) or today()
    seen = effects(current_user, _area(), rule_key(rule_id), value, day)
    return _editor(rule_id, form, after=rule_view.rule_words(rule_key(rule_id), value), seen=seen)


def _tried(rule_id: str, form: Form) -> dict[str, Any]:
    """The change as typed; the documents may still be missing."""
    value = value_of(rule_id, form)
    for name in ("clause", "source"):
        form.errors.pop(name, None)
        value[name] = value[name] or "—"
    return value


@pages.post("/<rule_id>/proposals")
@policy("parameter:propose")
def propose(rule_id: str) -> Response | tuple[str, int]:
    """Put the change forward for the county; `act` restore: back to the shipped rule, or no rule of its own any more."""
    form, key = Form(request.form), rule_key(_known(rule_id))
    value = {} if request.form.get("act") == "restore" else value_of(rule_id, form)
    given = {"value": value, "valid_from_on": typed.any_day(form, "valid_from_on")}
    given |= {"source": form.value("source"), "reason": form.value("reason")}
    try:
        form.stop()
        parameter_changes.propose(key=key, area_code=_area().code, actor=current_user, **given)
    except Problem as problem:
        form.take(problem, RULE_FIELD_OF.get(problem.code, "page"))
        return _editor(rule_id, form), problem.status
    db.session.commit()
    return done(url_for("parameters.show", key=key), "parameter-proposed")
