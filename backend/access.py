"""The one policy: who sees what, and who may do which verb to it.

Role × area subtree × assignment × stage. Every query starts from `visible_cases` or its siblings;
what is out of sight answers exactly like what does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, Select, false, or_, select

from backend.codebook import COUNTY_ROLES, FIELD_ROLES, SUPERVISOR_ROLES, Queue, Role, Stage
from backend.models import Assignment, Case, Declaration, Device, DeviceUser, Posting, Routing, User, db
from backend.problems import Problem

TOWN = frozenset({Role.TOWNSHIP_COORDINATOR})
FIELD = frozenset(FIELD_ROLES)
COUNTY = frozenset(COUNTY_ROLES)
DEPARTMENTS = COUNTY | {Role.LINE_DEPARTMENT}
SUPERVISORS = frozenset(SUPERVISOR_ROLES)
CASE_READERS = TOWN | DEPARTMENTS | SUPERVISORS
EVERYBODY = frozenset(Role)
OPEN = ("public", "device")


@dataclass(frozen=True)
class Rule:
    """Roles that may do a verb, and the stages of a case in which it makes sense (empty: any)."""

    roles: frozenset[Role]
    stages: frozenset[Stage] = frozenset()


POLICY: dict[str, Rule] = {
    "session:use": Rule(EVERYBODY),
    "field:use": Rule(FIELD),
    # Who has since changed to another post may still hand in what was done in the village.
    "inbox:deposit": Rule(EVERYBODY),
    "case:see": Rule(CASE_READERS | FIELD),
    "case:list": Rule(CASE_READERS),
    "case:assign": Rule(TOWN, frozenset({Stage.WARNED, Stage.ASSIGNED, Stage.RETURNED})),
    "case:visit": Rule(FIELD, frozenset({Stage.ASSIGNED, Stage.RETURNED})),
    "case:review": Rule(TOWN, frozenset({Stage.SUBMITTED})),
    "case:route": Rule(TOWN, frozenset({Stage.REVIEWED})),
    "case:explain": Rule(TOWN, frozenset({Stage.ROUTED})),
    "case:reveal": Rule(TOWN | FIELD | COUNTY),
    "photo:see": Rule(CASE_READERS | FIELD),
    "routing:list": Rule(DEPARTMENTS | TOWN),
    "routing:work": Rule(DEPARTMENTS),
    "routing:withdraw": Rule(TOWN, frozenset({Stage.REVIEWED, Stage.ROUTED})),
    "import:see": Rule(COUNTY | TOWN | SUPERVISORS),
    "import:make": Rule(COUNTY),
    "comparison:run": Rule(COUNTY),
    "comparison:answer": Rule(COUNTY),
    "warning:publish": Rule(COUNTY),
    "oversight:see": Rule(COUNTY | SUPERVISORS | TOWN),
    "inbox:see": Rule(TOWN | COUNTY),
    "inbox:settle": Rule(TOWN | COUNTY),
    "device:see": Rule(TOWN | COUNTY | {Role.ADMINISTRATOR}),
    "device:enrol": Rule(TOWN | {Role.ADMINISTRATOR}),
    "user:list": Rule(frozenset({Role.ADMINISTRATOR})),
}


def in_areas(model: Any, codes: list[str]) -> ColumnElement[bool]:
    """Rows of `model` (with county_code, township_code, village_code) below any of the area codes."""
    parts: list[ColumnElement[bool]] = []
    for code in codes:
        if len(code) == 12:
            parts.append(model.village_code == code)
        elif len(code) == 9:
            parts.append(model.township_code == code)
        elif len(code) == 6:
            parts.append(model.county_code == code)
        else:
            parts.append(model.county_code.startswith(code))
    return or_(*parts) if parts else false()


def visible_cases(user: User) -> Select[tuple[Case]]:
    """The cases that `user` may know of.

    Village workers: those assigned to them and not closed. Line departments: those routed to their queue.
    Township, county, supervisors: their areas. Administrators: none.
    """
    query = select(Case)
    role = Role(user.role)
    if role in FIELD:
        mine = select(Assignment.case_id).where(Assignment.user_id == user.id, Assignment.ended_at.is_(None))
        return query.where(Case.id.in_(mine), Case.stage != Stage.CLOSED)
    if role not in CASE_READERS:
        return query.where(false())
    query = query.where(in_areas(Case, user.area_codes))
    if role == Role.LINE_DEPARTMENT:
        query = query.where(Case.id.in_(select(Routing.case_id).where(Routing.queue == user.queue)))
    return query


def visible_declarations(user: User) -> Select[tuple[Declaration]]:
    """Declarations of the user's areas, for those who import, compare or oversee."""
    if Role(user.role) not in POLICY["import:see"].roles:
        return select(Declaration).where(false())
    return select(Declaration).where(in_areas(Declaration, user.area_codes))


def queues_of(user: User) -> list[Queue]:
    """The queues whose routings the user works on."""
    match Role(user.role):
        case Role.COUNTY_SOCIAL_ASSISTANCE:
            return [Queue.SOCIAL_ASSISTANCE]
        case Role.COUNTY_RELAPSE_PREVENTION:
            return [Queue.RELAPSE_PREVENTION]
        case Role.LINE_DEPARTMENT:
            return [Queue(user.queue)]
        case Role.TOWNSHIP_COORDINATOR:
            return list(Queue)
        case _:
            return []


def visible_routings(user: User) -> Select[tuple[Routing]]:
    """Routings of the user's queues about cases within the user's sight."""
    cases = visible_cases(user).with_only_columns(Case.id)
    return select(Routing).where(Routing.queue.in_(queues_of(user)), Routing.case_id.in_(cases))


def visible_people(user: User) -> Select[tuple[User]]:
    """Accounts posted below the user's areas, and those whose last posting was there, for those who see phones."""
    if Role(user.role) not in POLICY["device:see"].roles or not user.area_codes:
        return select(User).where(false())
    below = or_(*(Posting.area_code.startswith(code) for code in user.area_codes))
    posted = select(Posting.user_id).where(Posting.ended_on.is_(None))
    is_here = or_(Posting.ended_on.is_(None), Posting.user_id.not_in(posted))
    return select(User).where(User.id.in_(select(Posting.user_id).where(below, is_here)))


def find_person(user: User, user_id: str) -> User:
    """The account, or Problem not_found — also when it exists outside the user's sight."""
    person = db.session.scalar(visible_people(user).where(User.id == user_id))
    if person is None:
        raise Problem("not_found")
    return person


def visible_devices(user: User) -> Select[tuple[Device]]:
    """Phones that somebody in sight holds or has used."""
    people = visible_people(user).with_only_columns(User.id)
    used = select(DeviceUser.device_id).where(DeviceUser.user_id.in_(people))
    return select(Device).where(or_(Device.user_id.in_(people), Device.id.in_(used)))


def find_device(user: User, device_id: str) -> Device:
    """The phone, or Problem not_found — also when it exists outside the user's sight."""
    device = db.session.scalar(visible_devices(user).where(Device.id == device_id))
    if device is None:
        raise Problem("not_found")
    return device


def find_case(user: User, case_id: str) -> Case:
    """The case, or Problem not_found — also when it exists outside the user's sight."""
    case = db.session.scalar(visible_cases(user).where(Case.id == case_id))
    if case is None:
        raise Problem("not_found")
    return case


def find_routing(user: User, routing_id: int) -> Routing:
    """The routing, or Problem not_found — also when it exists outside the user's sight."""
    routing = db.session.scalar(visible_routings(user).where(Routing.id == routing_id))
    if routing is None:
        raise Problem("not_found")
    return routing


def can(user: User, verb: str, thing: Any = None) -> bool:
    """Whether the user's role may do `verb`, and the case `thing`, if given, is at a fitting stage."""
    rule = POLICY[verb]
    if Role(user.role) not in rule.roles:
        return False
    return not (rule.stages and isinstance(thing, Case)) or Stage(thing.stage) in rule.stages


def require(user: User, verb: str, thing: Any = None) -> None:
    """Raises Problem forbidden for a wrong role, wrong_stage for a case that is elsewhere."""
    if Role(user.role) not in POLICY[verb].roles:
        raise Problem("forbidden")
    if not can(user, verb, thing):
        raise Problem("wrong_stage", stage=Stage(thing.stage).label)


def policy(verb: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view with the verb it serves and let in only roles that may do it.

    "public" lets in all; so does "device", whose view asks a phone's signature where there is no session.
    A view without this mark fails tests/test_access.py.
    """

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if verb not in OPEN:
                if not current_user.is_authenticated:
                    raise Problem("signed_out")
                require(current_user, verb)
            return view(*args, **kwargs)

        guarded.policy = verb  # type: ignore[attr-defined]
        return guarded

    return guard
