"""帮扶计划、帮扶措施 of one household in one queue."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_routing, policy
from backend.access_departments import find_measure
from backend.codebook import CAPACITY_OF, FITTING_NEEDS, LabourCapacity, Need
from backend.desk import typed
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.desk.routing_page import is_worked_on
from backend.domain import checklist, support
from backend.models import Routing, db
from backend.problems import Problem

pages = Blueprint("supports", __name__)
MOST = {"responsible": 60, "by": 60}


def _page(one: Routing, form: Form) -> str:
    view = CaseView(one.case)
    plan = one.plan
    told = {
        "labour": plan.labour if plan else _labour(view), "needs": plan.needs if plan else view.answers.get("needs", []),
        "responsible": plan.responsible if plan else "", "goal": plan.goal if plan else "",
        "by": plan.responsible if plan else "", "starts_on": today().isoformat(), "done_on": today().isoformat(),
    }  # fmt: skip
    form.start = told | form.start
    fitting = (
        FITTING_NEEDS.get(LabourCapacity(form.value("labour")), ())
        if form.value("labour") in set(LabourCapacity)
        else ()
    )
    return render_template(
        "supports/show.html", routing=one, view=view, form=form, fitting=fitting, is_worked_on=is_worked_on(one),
        needs=[need for need in Need if need != Need.NONE],
    )  # fmt: skip


def _labour(view: CaseView) -> str:
    """What the visit found: the strongest member counts."""
    found = {CAPACITY_OF.get(member.get("m_labour", "")) for member in checklist.members_of(view.answers)}
    return next((str(capacity) for capacity in LabourCapacity if capacity in found), "")


@pages.get("/routings/<int:routing_id>/support")
@policy("routing:list")
def show(routing_id: int) -> str:
    """The plan and its measures."""
    return _page(find_routing(current_user, routing_id), Form())


@pages.post("/routings/<int:routing_id>/plan")
@policy("routing:work")
def plan(routing_id: int) -> Response | tuple[str, int]:
    """一户一策."""
    one, form = find_routing(current_user, routing_id), Form(request.form, most=MOST)
    words = {name: form.value(name) for name in ("labour", "responsible", "goal")}
    try:
        form.stop()
        support.make_plan(one, needs=form.chosen("needs", Need), actor=current_user, **words)
    except Problem as problem:
        form.take(problem, "page")
        return _page(one, form), problem.status
    db.session.commit()
    return done(url_for("supports.show", routing_id=one.id), "plan-made")


@pages.post("/routings/<int:routing_id>/measures")
@policy("routing:work")
def add_measure(routing_id: int) -> Response | tuple[str, int]:
    """One more measure."""
    one, form = find_routing(current_user, routing_id), Form(request.form, most=MOST)
    days = {"starts_on": typed.day(form, "starts_on"), "ends_on": typed.optional_day(form, "ends_on")}
    words = {"need": form.value("need"), "text": form.value("measure"), "responsible": form.value("by")}
    funds = typed.fen(form, "funds")
    if form.is_good:
        try:
            support.add_measure(one, actor=current_user, funds_fen=funds, **words, **days)
        except Problem as problem:
            form.take(problem, "page")
            return _page(one, form), problem.status
        db.session.commit()
        return done(url_for("supports.show", routing_id=one.id), "measure-added")
    return _page(one, form), 422


@pages.post("/measures/<int:measure_id>/end")
@policy("routing:work")
def finish_measure(measure_id: int) -> Response | tuple[str, int]:
    """做完了."""
    measure, form = find_measure(current_user, measure_id), Form(request.form)
    done_on = typed.day(form, "done_on")
    if form.is_good:
        try:
            support.finish_measure(measure, done_on=done_on, result=form.value("result"), actor=current_user)
        except Problem as problem:
            form.take(problem, "done_on")
            return _page(measure.routing, form), problem.status
        db.session.commit()
        return done(url_for("supports.show", routing_id=measure.routing_id), "measure-finished")
    return _page(measure.routing, form), 422
