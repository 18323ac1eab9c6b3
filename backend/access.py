"""The one policy: who sees what, and who may do which verb to it.

Role × area subtree × assignment × stage. Every query starts from `visible_cases` or its siblings;
what is out of sight answers exactly like what does not exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, Select, false, literal, or_, select
from sqlalchemy.orm import aliased

from backend.access_rules import BEFORE_OWN_PASSWORD, CASE_READERS, FIELD, OPEN, POLICY
from backend.codebook import Queue, Role, RoutingState, Stage
from backend.models import (
    Area,
    Assignment,
    Case,
    Cover,
    Declaration,
    Device,
    DeviceUser,
    Posting,
    Routing,
    User,
    db,
)
from backend.models.questions import Looker, today
from backend.problems import Problem

COUNTY_DIGITS = 6
OVER = (RoutingState.RETURNED, RoutingState.WITHDRAWN)


def in_areas(model: Any, codes: list[str]) -> ColumnElement[bool]:
    """Rows of `model` (with county_code, township_code, village_code) below any of the area codes."""
    parts: list[ColumnElement[bool]] = []
    for code in codes:
        if len(code) == 12:
            merged = select(Area.code).where(Area.merged_into_code == code)
            parts.append(or_(model.village_code == code, model.village_code.in_(merged)))
        elif len(code) == 9:
            parts.append(model.township_code == code)
        elif len(code) == 6:
            parts.append(model.county_code == code)
        else:
            parts.append(model.county_code.startswith(code))
    return or_(*parts) if parts else false()


def below(column: Any, code: str) -> ColumnElement[bool]:
    """Codes of an area and of all below it, as a stretch of an index: letters come after digits in every database."""
    return column.between(code, f"{code}Z")


def stood_in_for(user: Looker) -> Select[tuple[str]]:
    """Ids of those in whose place `user` goes today (AB 角)."""
    return select(Cover.user_id).where(
        Cover.stand_in_id == user.id, Cover.from_on <= today(), Cover.until_on >= today(), Cover.ended_at.is_(None)
    )


def visible_cases(user: Looker) -> Select[tuple[Case]]:
    """The cases that `user` may know of.

    Village workers: those assigned to them, or to whom they stand in for today, and not closed. Line departments: those in their queue.
    Township, county, supervisors: their areas. Administrators: none.
    """
    query = select(Case)
    role = Role(user.role)
    if role in FIELD:
        # One list of people instead of an OR: PostgreSQL then reads the index, not the table.
        people = select(literal(user.id)).union_all(stood_in_for(user))
        mine = select(Assignment.case_id).where(Assignment.user_id.in_(people), Assignment.ended_at.is_(None))
        return query.where(Case.id.in_(mine), Case.stage != Stage.CLOSED)
    if role not in CASE_READERS:
        return query.where(false())
    query = query.where(in_areas(Case, user.area_codes))
    if role == Role.LINE_DEPARTMENT:
        # 最小范围 (DOMAIN §8): what was withdrawn or sent back is no longer theirs. What they decided stays in sight, since
        # they follow it up and answer for it (T5, 复核).
        theirs = select(Routing.case_id).where(Routing.queue == user.queue, Routing.state.not_in(OVER))
        query = query.where(Case.id.in_(_bounded(theirs, user)))
    return query


def visible_declarations(user: Looker) -> Select[tuple[Declaration]]:
    """Declarations of the user's areas, for those who import, compare or oversee."""
    if Role(user.role) not in POLICY["import:see"].roles:
        return select(Declaration).where(false())
    return select(Declaration).where(in_areas(Declaration, user.area_codes))


def queues_of(user: Looker) -> list[Queue]:
    """The queues whose routings the user works on."""
    match Role(user.role):
        case Role.COUNTY_SOCIAL_ASSISTANCE:
            return [Queue.SOCIAL_ASSISTANCE]
        case Role.COUNTY_RELAPSE_PREVENTION:
            return [Queue.RELAPSE_PREVENTION]
        case Role.LINE_DEPARTMENT:
            return [Queue(user.queue or "")]
        case Role.TOWNSHIP_COORDINATOR:
            return list(Queue)
        case _:
            return []


def visible_routings(user: Looker) -> Select[tuple[Routing]]:
    """Routings of the user's queues about cases within the user's sight."""
    own = select(Routing).where(Routing.queue.in_(queues_of(user)))
    cases = visible_cases(user).with_only_columns(Case.id)
    if user.area_codes and all(len(code) == COUNTY_DIGITS for code in user.area_codes):
        # A county's routings are asked for their case, not all of its cases listed beforehand.
        return _bounded(own.where(cases.where(Case.id == Routing.case_id).correlate(Routing).exists()), user)
    return _bounded(own.where(Routing.case_id.in_(cases)), user)


def _bounded(query: Select[Any], user: Looker) -> Select[Any]:
    """Sight is decided by the cases; that nobody looks beyond these counties lets the index of routings answer."""
    counties = {code[:COUNTY_DIGITS] for code in user.area_codes}
    is_bounded = all(len(code) == COUNTY_DIGITS for code in counties)
    return query.where(Routing.county_code.in_(counties)) if is_bounded else query


def visible_people(user: Looker) -> Select[tuple[User]]:
    """Accounts posted below the user's areas, and those whose last posting was there, for those who see phones."""
    if Role(user.role) not in POLICY["device:see"].roles or not user.area_codes:
        return select(User).where(false())
    here = or_(*(below(Posting.area_code, code) for code in user.area_codes))
    other = aliased(Posting)
    elsewhere = select(other.id).where(other.user_id == Posting.user_id, Posting.held(other)).correlate(Posting)
    is_here = or_(Posting.held(), ~elsewhere.exists())
    return select(User).where(User.id.in_(select(Posting.user_id).where(here, is_here)))


def find_person(user: User, user_id: str) -> User:
    """The account, or Problem not_found — also when it exists outside the user's sight."""
    person = db.session.scalar(visible_people(user).where(User.id == user_id))
    if person is None:
        raise Problem("not_found")
    return person


def visible_devices(user: Looker) -> Select[tuple[Device]]:
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


def must_choose_password(user: User) -> bool:
    """Whether somebody of the office still has a one-time password.

    Village workers go on: in a village without a network nothing may stand between them and their work.
    """
    return bool(user.is_password_one_time) and Role(user.role) not in FIELD


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
                if must_choose_password(current_user) and verb not in BEFORE_OWN_PASSWORD:
                    raise Problem("password_first")
            return view(*args, **kwargs)

        guarded.policy = verb  # type: ignore[attr-defined]
        return guarded

    return guard
