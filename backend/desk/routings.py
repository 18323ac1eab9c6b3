"""转办: a department's queue, taking on, sending back, and what came of it."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from backend.access import find_routing, policy, queues_of
from backend.access_departments import of_routing
from backend.codebook import Queue, Step
from backend.desk import case_list, notices, queues, typed
from backend.desk.carrying_out import Answer, carry_out
from backend.desk.forms import Form
from backend.desk.page import done
from backend.desk.queues import QueueFilter
from backend.desk.routing_page import FIELD_OF, page, typed_decision
from backend.domain import correction, decision, formal_steps, material_request, routing
from backend.rulebook import procedures

pages = Blueprint("routings", __name__, url_prefix="/routings")


def queue_page(form: Form, failed: list[tuple[str, str]] | None = None, done_count: int = 0) -> str:
    """A queue as the address asks for it, or as the page asked for it from which a form was sent."""
    came_from = dict(parse_qsl(urlsplit(form.value("back")).query)) if form.typed is not None else request.args
    wanted = QueueFilter.from_address(MultiDict(came_from))
    rows, after = queues.page_of(wanted, str(came_from.get("after", "")))
    categories = decision.categories_for(wanted.queue) if wanted.queue == Queue.SOCIAL_ASSISTANCE else ()
    return render_template(
        "routings/index.html", rows=rows, wanted=wanted, after=after, mine=queues_of(current_user), form=form,
        by_queue=queues.open_by_queue(), by_category=queues.open_by_category(wanted.queue, categories),
        townships=case_list.townships_in_sight(), failed=failed or [], done_count=done_count,
        steps=_steps_of(wanted), outcomes=decision.outcomes_for(wanted.queue),
    )  # fmt: skip


def _steps_of(wanted: QueueFilter) -> list[str]:
    """Steps that can be recorded for several at once: those of the chosen category, or of the whole queue."""
    names = {
        Queue.RELAPSE_PREVENTION: ["monitor"],
        Queue.SOCIAL_ASSISTANCE: [name for name in procedures() if name.partition("_")[0] == wanted.category],
    }.get(Queue(wanted.queue), ["single"] if wanted.queue else [])
    steps = [rule["step"] for name in names for rule in procedures()[name]["steps"] if "is" not in rule]
    return list(dict.fromkeys(steps))


@pages.get("/")
@policy("routing:list")
def index() -> str:
    """The user's queue, or the township's view of all queues."""
    return queue_page(Form(start={"happened_on": formal_steps.today(), "decided_on": formal_steps.today()}))


@pages.get("/<int:routing_id>")
@policy("routing:list")
def show(routing_id: int) -> str:
    """One household in one queue."""
    return page(find_routing(current_user, routing_id), Form(), request.args.get("category", ""))


@pages.post("/<int:routing_id>/acceptance")
@policy("routing:work")
def accept(routing_id: int) -> Answer:
    """受理."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    return carry_out(
        form, lambda: routing.accept(one, actor=current_user), page=lambda: page(one, form),
        go=lambda _: done(url_for("routings.show", routing_id=one.id), "accepted", n=1),
    )  # fmt: skip


@pages.post("/<int:routing_id>/return")
@policy("routing:work")
def send_back(routing_id: int) -> Answer:
    """退回乡镇, with a reason."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    return carry_out(
        form, lambda: routing.return_to_township(one, reason=form.value("return_reason"), actor=current_user),
        page=lambda: page(one, form), beside={"reason_missing": "return_reason"},
        go=lambda _: done(url_for("routings.index", queue=one.queue), "sent-back"),
    )  # fmt: skip


@pages.post("/<int:routing_id>/withdrawal")
@policy("routing:withdraw")
def withdraw(routing_id: int) -> Answer:
    """撤回 by the township, with a reason: what was routed by mistake."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    return carry_out(
        form, lambda: routing.withdraw(one, reason=form.value("withdrawal_reason"), actor=current_user),
        page=lambda: page(one, form), beside={"reason_missing": "withdrawal_reason"},
        go=lambda _: done(url_for("reviews.show", case_id=one.case_id), "withdrawn"),
    )  # fmt: skip


@pages.post("/<int:routing_id>/decisions")
@policy("routing:work")
def decide(routing_id: int) -> Answer:
    """Record a result; the last one closes the case."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    given = typed_decision(form)
    return carry_out(
        form, lambda: notices.decide(one, given), beside=FIELD_OF,
        page=lambda: page(one, form, form.value("category")),
        go=lambda _: done(
            url_for("routings.show", routing_id=one.id), "decided-closed" if one.case.closed_at else "decided"
        ),
    )  # fmt: skip


@pages.post("/<int:routing_id>/decisions/<int:decision_id>/correction")
@policy("routing:work")
def correct(routing_id: int, decision_id: int) -> Answer:
    """更正: a result that was recorded by mistake."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    made, field = of_routing(one, decision_id), f"correction_{decision_id}"
    return carry_out(
        form, lambda: correction.correct_decision(made, reason=form.value(field), actor=current_user),
        page=lambda: page(one, form, made.category), beside={"correction_reason": field},
        go=lambda _: done(url_for("routings.show", routing_id=one.id), "corrected"),
    )  # fmt: skip


MOST_NOTED = {"note": 200}


def typed_step(form: Form) -> dict[str, Any]:
    """What was typed into the form of a step, for formal_steps.record_step."""
    if not form.value("step"):
        form.fail("step", "choose")
    until_on = typed.optional_day(form, "until_on") if form.value("step") == "public" else None
    return {
        "step": form.value("step"), "happened_on": typed.day(form, "happened_on"), "until_on": until_on,
        "note": form.value("note"),
    }  # fmt: skip


@pages.post("/<int:routing_id>/steps")
@policy("routing:work")
def record_step(routing_id: int) -> Answer:
    """Record the day of a formal step, or correct it."""
    one, form = find_routing(current_user, routing_id), Form(request.form, most=MOST_NOTED)
    category, given = form.value("of_category"), typed_step(form)
    return carry_out(
        form, lambda: formal_steps.record_step(one, category=category, actor=current_user, **given),
        page=lambda: page(one, form, category),
        go=lambda _: done(url_for("routings.show", routing_id=one.id, category=category or None), "step-recorded"),
    )  # fmt: skip


@pages.post("/<int:routing_id>/contested")
@policy("notice:contest")
def contest(routing_id: int) -> Answer:
    """公示异议, as the township hears it."""
    one, form = find_routing(current_user, routing_id), Form(request.form, most=MOST_NOTED)
    category, day = form.value("of_category"), typed.day(form, "happened_on")
    given = {"category": category, "step": Step.CONTESTED, "happened_on": day, "note": form.value("note")}
    return carry_out(
        form, lambda: formal_steps.record_step(one, actor=current_user, **given), page=lambda: page(one, form, category),
        go=lambda _: done(url_for("routings.show", routing_id=one.id, category=category or None), "step-recorded"),
    )  # fmt: skip


@pages.post("/<int:routing_id>/materials")
@policy("routing:work")
def ask_materials(routing_id: int) -> Answer:
    """要求补材料."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    return carry_out(
        form, lambda: material_request.ask_materials(one, text=form.value("materials"), actor=current_user),
        page=lambda: page(one, form), beside="materials",
        go=lambda _: done(url_for("routings.show", routing_id=one.id), "materials-asked", n=1),
    )  # fmt: skip
