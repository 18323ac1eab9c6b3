"""What the demo county's departments have done so far: steps with their days, a plan, papers asked for, an objection."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from backend import clock
from backend.codebook import Queue, RoutingState
from backend.domain import formal_steps, material_request, objection, support
from backend.models import Routing, db
from demo.steps import coordinator, department

NOTES = {"check_started": "房产、车辆已回，存款没回", "promised": "4 个成年人都签了", "measure": "先安排人上门看过"}
PAPERS = "住院发票少一张，请补上 3 月份的，拍照也行。"
# Of every third household that a department has taken on the notice begins today.
HANGS, NOTICE = 3, timedelta(days=9)
OBJECTION = "康复一年要花两万多，报销的只有一小部分，请再算一次。"


def department_steps(now: datetime) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """(instant, what was done) after everything else of the story."""
    yield now - timedelta(minutes=2), _record_steps
    yield now - timedelta(minutes=2), _plan
    yield now - timedelta(minutes=1), _ask
    yield now - timedelta(minutes=1), _object


def _routings(*states: RoutingState) -> list[Routing]:
    return list(db.session.scalars(select(Routing).where(Routing.state.in_(states)).order_by(Routing.id)))


def _record_steps() -> None:
    """Every second household has one step more than the one before; of some the notice hangs in the village."""
    for number, routing in enumerate(_routings(RoutingState.ACCEPTED)):
        if routing.accepted_at is None:
            continue
        day, category = clock.local(routing.accepted_at).date(), formal_steps.categories_of(routing)[0]
        places = formal_steps.Ways(routing.case.county_code).places(routing, category)
        own = [place.step for place in places if not place.kind and place.step != "public" and not place.is_optional]
        hangs = "public" in (names := [place.step for place in places]) and number % HANGS == HANGS - 1
        before_notice = (
            [step for step in own if names.index(step) < names.index("public")] if hangs else own[: 1 + number % 2]
        )
        for later, step in enumerate(before_notice):
            happened_on = min(day + timedelta(days=later), formal_steps.today())
            formal_steps.record_step(
                routing, category=category, step=step, happened_on=happened_on, note=NOTES.get(step, ""),
                actor=department(routing.case, routing.queue),
            )  # fmt: skip
        if hangs:
            today = formal_steps.today()
            formal_steps.record_step(
                routing, category=category, step="public", happened_on=today, until_on=today + NOTICE,
                actor=department(routing.case, routing.queue),
            )  # fmt: skip


def _plan() -> None:
    watched = [r for r in _routings(RoutingState.DECIDED, RoutingState.ACCEPTED) if r.queue == Queue.RELAPSE_PREVENTION]
    for routing in watched[:3]:
        actor, today = department(routing.case, routing.queue), formal_steps.today()
        support.make_plan(
            routing, labour="able", needs=["industry", "job"], responsible="马占林", actor=actor,
            goal="年底前有一个人稳定务工，牛圈再补两头牛",
        )  # fmt: skip
        started = today - timedelta(days=1)
        first = support.add_measure(
            routing, need="job", text="介绍到镇上合作社务工", responsible="马占林", starts_on=started, actor=actor
        )
        support.add_measure(
            routing, need="industry", text="贴息贷款买牛 2 头", responsible="李彩云", starts_on=started,
            ends_on=today + timedelta(days=60), funds_fen=1200000, actor=actor,
        )  # fmt: skip
        support.finish_measure(first, done_on=today, result="已上工，每月 2,600 元", actor=actor)


def _ask() -> None:
    told = sorted(
        _routings(RoutingState.SENT, RoutingState.ACCEPTED), key=lambda one: one.state == RoutingState.ACCEPTED
    )
    for routing in [one for one in told if one.queue == Queue.SOCIAL_ASSISTANCE][:2]:
        material_request.ask_materials(routing, text=PAPERS, actor=department(routing.case, routing.queue))


def _object() -> None:
    refused = [r for r in _routings(RoutingState.DECIDED) if objection.contested(r) and r.queue != Queue.EXPLANATION]
    for routing in refused[:2]:
        day = max(decision.decided_on for decision in objection.contested(routing))
        objection.raise_objection(
            routing, raised_on=day, relation="head", text=OBJECTION, actor=coordinator(routing.case)
        )
