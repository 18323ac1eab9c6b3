"""分流、转办 (甘民发〔2023〕53号 二、三): several outcomes at once are normal, only 不符合 stands alone."""

from collections.abc import Mapping, Sequence

from backend import access, clock
from backend.codebook import AssistanceCategory, Queue, RoutingState, Stage
from backend.domain import events, formal_steps
from backend.models import Case, Routing, User
from backend.problems import Problem

OVER = (RoutingState.RETURNED, RoutingState.WITHDRAWN)


def standing(case: Case) -> list[Routing]:
    """Routings that are neither returned nor withdrawn."""
    return [routing for routing in case.routings if routing.state not in OVER]


def route(case: Case, *, to: Mapping[str, Sequence[str]], reason: str, actor: User) -> list[Routing]:
    """Send a reviewed case to one or more queues: {queue: proposed categories}.

    One event case:routed. Raises Problem wrong_stage, routing_empty, routing_exclusive (不符合 with
    another), category_missing (民政 without one of the five categories), already_routed, reason_missing.
    """
    access.require(actor, "case:route", case)
    queues = [Queue(queue) for queue in to if queue in set(Queue)]
    _check_choice(case, queues, to)
    if not reason.strip():
        raise Problem("reason_missing")
    made = [
        Routing(
            county_code=case.county_code, queue=queue, categories=list(to[queue]), reason=reason.strip(), state=RoutingState.SENT,
            router=actor, routed_at=clock.now(), return_reason="",
        )
        for queue in queues
    ]  # fmt: skip
    case.routings.extend(made)
    case.stage = Stage.ROUTED
    for one in made:
        formal_steps.sum_up(one)
    events.record("case:routed", actor=actor, case=case, queues=[q.value for q in queues])
    return made


def _check_choice(case: Case, queues: list[Queue], to: Mapping[str, Sequence[str]]) -> None:
    here = {Queue(routing.queue) for routing in standing(case)}
    if not queues or len(queues) != len(to):
        raise Problem("routing_empty")
    together = set(queues) | here
    if Queue.EXPLANATION in together and len(together) > 1:
        raise Problem("routing_exclusive")
    for queue in queues:
        if queue in here:
            raise Problem("already_routed", queue=queue.label)
    categories = set(to.get(Queue.SOCIAL_ASSISTANCE, ()))
    if Queue.SOCIAL_ASSISTANCE in queues and (not categories or not categories <= set(AssistanceCategory)):
        raise Problem("category_missing")


def _expect(routing: Routing, *states: RoutingState) -> None:
    if routing.state not in states:
        raise Problem("routing_state", state=RoutingState(routing.state).label)


def accept(routing: Routing, *, actor: User) -> Routing:
    """受理: the department takes it on. One event routing:accepted."""
    access.require(actor, "routing:work")
    _expect(routing, RoutingState.SENT)
    routing.state, routing.accepted_by, routing.accepted_at = RoutingState.ACCEPTED, actor.id, clock.now()
    formal_steps.sum_up(routing)
    events.record("routing:accepted", actor=actor, case=routing.case, queue=routing.queue)
    return routing


def return_to_township(routing: Routing, *, reason: str, actor: User) -> Routing:
    """退回乡镇 with a reason; the township routes again or withdraws. One event routing:returned."""
    access.require(actor, "routing:work")
    _expect(routing, RoutingState.SENT, RoutingState.ACCEPTED)
    if not reason.strip():
        raise Problem("reason_missing")
    routing.state, routing.returned_by, routing.returned_at = RoutingState.RETURNED, actor.id, clock.now()
    routing.return_reason = reason.strip()
    formal_steps.sum_up(routing)
    routing.case.stage = Stage.REVIEWED
    events.record("routing:returned", actor=actor, case=routing.case, queue=routing.queue)
    return routing


def withdraw(routing: Routing, *, actor: User, reason: str) -> Routing:
    """撤回: the township takes back what no department has taken on, or what came back; the case waits for it again.

    One event routing:withdrawn. Raises Problem wrong_stage, routing_state, reason_missing.
    """
    case = routing.case
    access.require(actor, "routing:withdraw", case)
    _expect(routing, RoutingState.SENT, RoutingState.RETURNED)
    if not reason.strip():
        raise Problem("reason_missing")
    routing.state, routing.withdrawn_at = RoutingState.WITHDRAWN, clock.now()
    routing.withdrawal_reason = reason.strip()
    formal_steps.sum_up(routing)
    case.stage = Stage.REVIEWED
    events.record("routing:withdrawn", actor=actor, case=case, queue=routing.queue)
    return routing


def settle(case: Case, *, actor: User) -> Case:
    """The township has nothing more to route after a return or 撤回: go on with the routings that stand.

    One event case:settled. Raises Problem routing_empty when none stands.
    """
    access.require(actor, "case:route", case)
    if not standing(case):
        raise Problem("routing_empty")
    case.stage = Stage.ROUTED
    close_if_done(case)
    events.record("case:settled", actor=actor, case=case, closed=case.stage == Stage.CLOSED)
    return case


def close_if_done(case: Case) -> bool:
    """Close a routed case whose every standing routing has its result; part of the deciding verb."""
    routings = standing(case)
    if case.stage != Stage.ROUTED or not routings:
        return False
    if any(routing.state != RoutingState.DECIDED for routing in routings):
        return False
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    return True
