"""转办: a department's queue, taking on, sending back, and what came of it."""

from datetime import date
from decimal import Decimal, InvalidOperation

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_routing, policy, queues_of
from backend.codebook import DecisionOutcome, DeclineReason
from backend.desk import case_list, queues
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.page import done, own_address, today
from backend.desk.queues import QueueFilter
from backend.domain import decision, routing
from backend.models import Routing, db
from backend.problems import Problem
from backend.web import MOST_ROWS

pages = Blueprint("routings", __name__, url_prefix="/routings")


@pages.get("/")
@policy("routing:list")
def index(form: Form | None = None) -> str:
    """The user's queue, or the township's view of all queues."""
    wanted = QueueFilter.from_address(request.args)
    rows, last_id = queues.page_of(wanted, _row_number(request.args.get("after", "")))
    return render_template(
        "routings/index.html", rows=rows, wanted=wanted, last_id=last_id, mine=queues_of(current_user), form=form or Form(),
        by_queue=queues.open_by_queue(), by_category=queues.open_by_category(wanted.queue),
        townships=case_list.townships_in_sight(), undecided=decision.undecided_categories,
    )  # fmt: skip


@pages.post("/acceptances")
@policy("routing:work")
def accept_chosen() -> Response | tuple[str, int]:
    """受理 several at once, today."""
    form = Form(request.form)
    chosen = [find_routing(current_user, int(n)) for n in form.values("routing") if n.isdigit()]
    if not chosen:
        form.fail("routing", "none_chosen")
        return index(form), 422
    for one in chosen:
        routing.accept(one, actor=current_user)
    db.session.commit()
    return done(own_address(form.value("back"), url_for("routings.index")), "accepted", n=len(chosen))


def _page(one: Routing, form: Form) -> str:
    return render_template(
        "routings/show.html", routing=one, view=CaseView(one.case), form=form, undecided=decision.undecided_categories(one),
        outcomes=decision.outcomes_for(one.queue), categories=decision.categories_for(one.queue),
    )  # fmt: skip


def _row_number(text: str) -> int:
    """The row after which a page begins; 0 for what is no row's number."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_ROWS))
    return min(int(text), MOST_ROWS) if is_number else 0


@pages.get("/<int:routing_id>")
@policy("routing:list")
def show(routing_id: int) -> str:
    """One household in one queue."""
    one = find_routing(current_user, routing_id)
    first = (decision.undecided_categories(one) or [""])[0] or (one.categories or [""])[0]
    return _page(one, Form(start={"decided_on": today().isoformat(), "category": first}))


@pages.post("/<int:routing_id>/acceptance")
@policy("routing:work")
def accept(routing_id: int) -> Response | tuple[str, int]:
    """受理."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    try:
        routing.accept(one, actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return _page(one, form), problem.status
    db.session.commit()
    return done(url_for("routings.show", routing_id=one.id), "accepted", n=1)


@pages.post("/<int:routing_id>/return")
@policy("routing:work")
def send_back(routing_id: int) -> Response | tuple[str, int]:
    """退回乡镇, with a reason."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    try:
        routing.return_to_township(one, reason=form.value("return_reason"), actor=current_user)
    except Problem as problem:
        form.take(problem, "return_reason" if problem.code == "reason_missing" else "page")
        return _page(one, form), problem.status
    db.session.commit()
    return done(url_for("routings.index", queue=one.queue), "sent-back")


@pages.post("/<int:routing_id>/withdrawal")
@policy("routing:withdraw")
def withdraw(routing_id: int) -> Response | tuple[str, int]:
    """撤回 by the township, with a reason: what was routed by mistake."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    try:
        routing.withdraw(one, reason=form.value("withdrawal_reason"), actor=current_user)
    except Problem as problem:
        form.take(problem, "withdrawal_reason" if problem.code == "reason_missing" else "page")
        return _page(one, form), problem.status
    db.session.commit()
    return done(url_for("reviews.show", case_id=one.case_id), "withdrawn")


FIELD_OF = {
    "decision_outcome": "outcome", "decision_category": "category", "decision_in_future": "decided_on",
    "amount_invalid": "amount", "reason_missing": "reason",
}  # fmt: skip


@pages.post("/<int:routing_id>/decisions")
@policy("routing:work")
def decide(routing_id: int) -> Response | tuple[str, int]:
    """Record a result; the last one closes the case."""
    one, form = find_routing(current_user, routing_id), Form(request.form)
    given = _decision(form)
    if form.is_good:
        try:
            decision.decide(one, actor=current_user, **given)
        except Problem as problem:
            form.take(problem, FIELD_OF.get(problem.code, "page"))
            return _page(one, form), problem.status
        db.session.commit()
        word = "decided-closed" if one.case.closed_at else "decided"
        return done(url_for("routings.show", routing_id=one.id), word)
    return _page(one, form), 422


def _decision(form: Form) -> dict:
    outcome = form.value("outcome")
    refused = outcome in (DecisionOutcome.DECLINED, DecisionOutcome.UNSOLVED)
    if not outcome:
        form.fail("outcome", "outcome")
    if outcome == DecisionOutcome.DECLINED and form.value("reason_code") not in set(DeclineReason):
        form.fail("reason_code", "choose")
    return {
        "outcome": outcome, "category": form.value("category"), "reason": form.value("reason"),
        "reason_code": form.value("reason_code") if refused else None,
        "decided_on": _day(form, "decided_on"), "amount_fen": None if refused else _fen(form, "amount"),
    }  # fmt: skip


def _day(form: Form, name: str) -> date:
    try:
        return date.fromisoformat(form.value(name))
    except ValueError:
        form.fail(name, "day")
        return today()


def _fen(form: Form, name: str) -> int | None:
    typed = form.value(name).replace(",", "").replace("，", "")
    if not typed:
        return None
    try:
        fen = Decimal(typed) * 100
    except InvalidOperation:
        fen = Decimal("0.5")
    if fen != fen.to_integral_value() or not 0 <= fen < 10**12:
        form.fail(name, "amount")
        return None
    return int(fen)
