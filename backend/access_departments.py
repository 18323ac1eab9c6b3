"""The one policy, for what departments and townships do beside a routing: questions, measures, objections."""

from sqlalchemy import Select, false, select

from backend.access import can, in_areas, queues_of, visible_cases, visible_routings
from backend.access_rules import POLICY
from backend.codebook import Queue, Role
from backend.models import Case, Decision, MaterialRequest, Objection, Posting, Routing, SupportMeasure, User, db
from backend.models.questions import Looker
from backend.problems import Problem

OFFICES_OF = {
    Queue.SOCIAL_ASSISTANCE: Role.COUNTY_SOCIAL_ASSISTANCE,
    Queue.RELAPSE_PREVENTION: Role.COUNTY_RELAPSE_PREVENTION,
}


def visible_objections(user: Looker) -> Select[tuple[Objection]]:
    """Objections about cases within the user's sight; a line department has those to results of its own queue.

    These it keeps when an objection was upheld and the routing is over: it must be able to read its own answer.
    """
    if Role(user.role) not in POLICY["objection:see"].roles:
        return select(Objection).where(false())
    if user.role == Role.LINE_DEPARTMENT:
        own = select(Routing.id).join(Case, Case.id == Routing.case_id).where(Routing.queue.in_(queues_of(user)))
        return select(Objection).where(Objection.routing_id.in_(own.where(in_areas(Case, user.area_codes))))
    # Each objection is asked for its case, not all cases in sight listed beforehand.
    seen = visible_cases(user).with_only_columns(Case.id).where(Case.id == Objection.case_id)
    return select(Objection).where(seen.correlate(Objection).exists())


def find_objection(user: User, objection_id: int) -> Objection:
    """The objection, or Problem not_found — also when it exists outside the user's sight."""
    found = db.session.scalar(visible_objections(user).where(Objection.id == objection_id))
    if found is None:
        raise Problem("not_found")
    return found


def is_office_of(user: User, queue: str) -> bool:
    """Whether the user's office made the results of a queue: 不符合 is explained by the township, which 县乡村振兴 leads."""
    if queue == Queue.EXPLANATION:
        return user.role in (Role.TOWNSHIP_COORDINATOR, Role.COUNTY_RELAPSE_PREVENTION)
    return user.role != Role.TOWNSHIP_COORDINATOR and queue in queues_of(user)


def lead_of(queue: str) -> Role | None:
    """Who answers for an office in which nobody else is left: 县乡村振兴, which leads (53号 二); for itself 县民政."""
    if queue == Queue.EXPLANATION:
        return None
    return Role.COUNTY_SOCIAL_ASSISTANCE if queue == Queue.RELAPSE_PREVENTION else Role.COUNTY_RELAPSE_PREVENTION


Staff = dict[tuple[str, str], set[str]]


def _staff_of(queue: str, county: str, known: Staff | None) -> set[str]:
    """Ids of the active people of the office that makes the results of a queue; asked once for a whole list."""
    known = {} if known is None else known
    if (queue, county) not in known:
        here = select(Posting.user_id).where(Posting.held(), Posting.area_code.in_([county, county[:4], county[:2]]))
        people = select(User.id).where(User.is_active, User.id.in_(here))
        if queue in OFFICES_OF:
            people = people.where(User.role == OFFICES_OF[Queue(queue)])
        else:
            people = people.where(User.role == Role.LINE_DEPARTMENT, User.queue == queue)
        known[queue, county] = set(db.session.scalars(people))
    return known[queue, county]


def is_left_to_lead(objection: Objection, known: Staff | None = None) -> bool:
    """Whether the office has nobody but those who decided, so that another office has to look at it."""
    queue = objection.routing.queue
    return lead_of(queue) is not None and not _staff_of(queue, objection.case.county_code, known) - objection.deciders


def answers_for(user: User, objection: Objection, known: Staff | None = None) -> bool:
    """Whether the user's office answers it: the one that made the result, or the lead where that has nobody else."""
    queue = objection.routing.queue
    return is_office_of(user, queue) or (user.role == lead_of(queue) and is_left_to_lead(objection, known))


def may_answer(user: User, objection: Objection, known: Staff | None = None) -> bool:
    """Whether this office answers it, by somebody else than those who decided or explained (告知说明: 派别的人再看)."""
    may = can(user, "objection:answer") and user.id not in objection.deciders
    return may and answers_for(user, objection, known)


def find_request(user: User, request_id: int) -> MaterialRequest:
    """What a department asked for about a routing within the user's sight, or Problem not_found."""
    seen = visible_routings(user).with_only_columns(Routing.id)
    found = db.session.scalar(
        select(MaterialRequest).where(MaterialRequest.id == request_id, MaterialRequest.routing_id.in_(seen))
    )
    if found is None:
        raise Problem("not_found")
    return found


def of_routing(routing: Routing, decision_id: int) -> Decision:
    """A result of a routing that was found within the user's sight, or Problem not_found."""
    found = next((one for one in routing.decisions if one.id == decision_id), None)
    if found is None:
        raise Problem("not_found")
    return found


def find_measure(user: User, measure_id: int) -> SupportMeasure:
    """A measure about a routing within the user's sight, or Problem not_found."""
    seen = visible_routings(user).with_only_columns(Routing.id)
    found = db.session.scalar(
        select(SupportMeasure).where(SupportMeasure.id == measure_id, SupportMeasure.routing_id.in_(seen))
    )
    if found is None:
        raise Problem("not_found")
    return found
