"""The page of one routing, as every form on it comes back to it."""

from flask import render_template

from backend.codebook import DETAILS, DecisionOutcome, DeclineReason, Queue, RoutingState
from backend.desk import typed
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.page import today
from backend.domain import decision, formal_steps, objection, procedure
from backend.models import Routing


def page(one: Routing, form: Form, category: str = "") -> str:
    """One household in one queue; `category` chooses whose steps are shown."""
    categories = formal_steps.categories_of(one)
    undecided = decision.undecided_categories(one)
    chosen = category if category in categories else next(iter(undecided + categories), "")
    ways = formal_steps.Ways(one.case.county_code)
    places = ways.places(one, chosen)
    form.start = _start(one, chosen, places) | form.start
    return render_template(
        "routings/show.html", routing=one, view=CaseView(one.case), form=form, undecided=undecided,
        outcomes=decision.outcomes_for(one.queue), categories=decision.categories_for(one.queue),
        places=places, category=chosen, step_categories=categories, total_due=ways.total_due(one, chosen),
        recorded=formal_steps.standing_steps(one, chosen), details=[d for c in categories for d in DETAILS.get(c, ())],
        may_object=bool(objection.contested(one)) and one.open_objection is None,
    )  # fmt: skip


def _start(one: Routing, category: str, places: list[procedure.Place]) -> dict[str, str]:
    place = procedure.current(places)
    step = str(place.step) if place and not place.kind else ""
    size = one.case.declaration.family_size
    return {
        "decided_on": today().isoformat(), "happened_on": today().isoformat(), "category": category, "step": step,
        "people_count": str(size) if size and one.queue == Queue.SOCIAL_ASSISTANCE else "",
    }  # fmt: skip


def is_worked_on(one: Routing) -> bool:
    """Whether steps and measures may be recorded."""
    return one.state in (RoutingState.ACCEPTED, RoutingState.DECIDED)


FIELD_OF = {
    "decision_outcome": "outcome", "decision_category": "category", "decision_in_future": "decided_on",
    "decision_before_step": "decided_on", "notice_hangs": "outcome", "decision_detail": "detail", "people_invalid": "people_count",
    "amount_invalid": "amount", "reason_missing": "reason",
    "notice_too_long": "reason", "decline_reason": "reason_code",
}  # fmt: skip


def typed_decision(form: Form) -> dict:
    """What was typed into the form of a result, for decision.decide."""
    outcome = form.value("outcome")
    refused = outcome in (DecisionOutcome.DECLINED, DecisionOutcome.UNSOLVED)
    if not outcome:
        form.fail("outcome", "outcome")
    if outcome == DecisionOutcome.DECLINED and form.value("reason_code") not in set(DeclineReason):
        form.fail("reason_code", "choose")
    satisfied = {"yes": True, "no": False}.get(form.value("is_satisfied"))
    return {
        "outcome": outcome, "category": form.value("category"), "reason": form.value("reason"),
        "reason_code": form.value("reason_code") if refused else None,
        "decided_on": typed.day(form, "decided_on"), "amount_fen": None if refused else typed.fen(form, "amount"),
        "detail": "" if refused else form.value("detail"), "people_count": typed.count(form, "people_count"),
        "starts_on": None if refused else typed.month(form, "starts_on"),
        "alternative": form.value("alternative") if refused else "", "is_satisfied": satisfied,
        "steps_elsewhere": form.value("elsewhere") == "yes",
    }  # fmt: skip
