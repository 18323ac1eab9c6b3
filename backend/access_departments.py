"""The one policy, for what departments and townships do beside a routing: questions, measures, objections."""

from sqlalchemy import Select, false, select

from backend.access import visible_cases, visible_routings
from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Case, MaterialRequest, Objection, Routing, SupportMeasure, User, db
from backend.problems import Problem


def visible_objections(user: User) -> Select[tuple[Objection]]:
    """Objections about cases within the user's sight, for townships and the two county departments."""
    if Role(user.role) not in POLICY["objection:see"].roles:
        return select(Objection).where(false())
    return select(Objection).where(Objection.case_id.in_(visible_cases(user).with_only_columns(Case.id)))


def find_objection(user: User, objection_id: int) -> Objection:
    """The objection, or Problem not_found — also when it exists outside the user's sight."""
    found = db.session.scalar(visible_objections(user).where(Objection.id == objection_id))
    if found is None:
        raise Problem("not_found")
    return found


def find_request(user: User, request_id: int) -> MaterialRequest:
    """What a department asked for about a routing within the user's sight, or Problem not_found."""
    seen = visible_routings(user).with_only_columns(Routing.id)
    found = db.session.scalar(
        select(MaterialRequest).where(MaterialRequest.id == request_id, MaterialRequest.routing_id.in_(seen))
    )
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
