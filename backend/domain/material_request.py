"""要求补材料 (民发〔2021〕57号 第10条 一次性告知): a department asks, the township answers; the routing stays where it is."""

from backend import access, clock
from backend.codebook import RoutingState
from backend.domain import events, parameters, procedure
from backend.models import MaterialRequest, Routing, User
from backend.problems import Problem


def ask_materials(routing: Routing, *, text: str, actor: User) -> MaterialRequest:
    """Ask the township for papers, all at once; the last day comes from `material_days`.

    One event materials:asked. Raises Problem routing_state, request_open, request_missing.
    """
    access.require(actor, "routing:work")
    if routing.state not in (RoutingState.SENT, RoutingState.ACCEPTED):
        raise Problem("routing_state", state=RoutingState(routing.state).label)
    if routing.open_request is not None:
        raise Problem("request_open")
    if not text.strip():
        raise Problem("request_missing")
    now, county = clock.now(), routing.case.county_code
    day = clock.local(now).date()
    days = parameters.value("material_days", on=day, area_code=county)
    exceptions = parameters.value("workday_exceptions", on=day, area_code=county)
    due_on = procedure.counted(day, days, "workdays", exceptions)
    made = MaterialRequest(text=text.strip(), asker=actor, asked_at=now, due_on=due_on, answer="")
    routing.material_requests.append(made)
    events.record(
        "materials:asked", actor=actor, case=routing.case, queue=routing.queue, due_on=due_on.isoformat()
    )  # fmt: skip
    return made


def answer_materials(request: MaterialRequest, *, answer: str, actor: User) -> MaterialRequest:
    """The township says what it brought. One event materials:answered. Raises Problem request_answered, answer_missing."""
    access.require(actor, "routing:answer")
    if request.answered_at is not None:
        raise Problem("request_answered")
    if not answer.strip():
        raise Problem("answer_missing")
    request.answer, request.answerer, request.answered_at = answer.strip(), actor, clock.now()
    routing = request.routing
    events.record("materials:answered", actor=actor, case=routing.case, queue=routing.queue)
    return request
