"""The one policy, for 联络员, 通报, 消息 and 群通知: a county's offices know each other, others see masked numbers."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select

from backend import clock
from backend.access import below
from backend.access_rules import POLICY, SUPERVISORS
from backend.codebook import Role
from backend.codebook.liaison import CIVIL_AFFAIRS
from backend.models import Area, Exchange, Liaison, Message, Posting, User, Webhook, db, questions
from backend.models.questions import Looker
from backend.problems import Problem

Thing = TypeVar("Thing")
OFFICE_LEVELS = ("county", "township")
TOLD_FOR = timedelta(days=30)
SHORTEST_NAME = 3


def _found(query: Select[tuple[Thing]]) -> Thing:
    thing = db.session.scalar(query)
    if thing is None:
        raise Problem("not_found")
    return thing


def _below(column: Any, codes: list[str]) -> ColumnElement[bool]:
    return or_(false(), *(below(column, code) for code in codes))


def counties_of(user: User) -> list[str]:
    """Codes of the counties the person works in; of a larger area its own code, whose subtree it stands for."""
    return sorted({code[:6] for code in user.area_codes})


def visible_liaisons(user: User) -> Select[tuple[Liaison]]:
    """Everybody's 联络员 of the county in which the person works, ended ones too."""
    if Role(user.role) not in POLICY["liaison:see"].roles:
        return select(Liaison).where(false())
    return select(Liaison).where(_below(Liaison.area_code, counties_of(user)))


def office_phone(user: User, township_code: str) -> str:
    """The office telephone of the township's 联络员, 民政办 and A角 first; "" where none is known. Never anybody's mobile."""
    today = clock.local(clock.now()).date()
    query = visible_liaisons(user).where(
        Liaison.area_code == township_code, Liaison.office_phone_sealed.is_not(None), Liaison.valid_from_on <= today,
        or_(Liaison.valid_until_on.is_(None), Liaison.valid_until_on >= today),
    )  # fmt: skip
    found = sorted(db.session.scalars(query), key=lambda one: (CIVIL_AFFAIRS not in one.unit, one.duty, one.id))
    return next((one.office_phone for one in found if one.office_phone), "")


def may_ring(user: User, liaison: Liaison) -> bool:
    """Whether the numbers are shown: to offices of the same county; larger areas see them masked."""
    return any(len(code) >= 6 and code[:6] == liaison.area_code[:6] for code in user.area_codes)


def may_keep(user: User, liaison: Liaison) -> bool:
    """Whether this row is the person's own to change: it lies in or below an area of theirs."""
    is_role = Role(user.role) in POLICY["liaison:keep"].roles
    return is_role and any(liaison.area_code.startswith(code) for code in user.area_codes)


def find_liaison(user: User, liaison_id: str) -> Liaison:
    """A 联络员 in sight, or Problem not_found."""
    return _found(visible_liaisons(user).where(Liaison.id == liaison_id))


def find_kept_liaison(user: User, liaison_id: str) -> Liaison:
    """A 联络员 whom this person keeps up to date, or Problem not_found."""
    liaison = find_liaison(user, liaison_id)
    if not may_keep(user, liaison):
        raise Problem("not_found")
    return liaison


def kept_areas(user: User) -> list[Area]:
    """The counties and townships whose 联络员 this person keeps."""
    query = select(Area).where(Area.level.in_(OFFICE_LEVELS), _below(Area.code, user.area_codes))
    return list(db.session.scalars(query.order_by(Area.code).limit(100)))


def is_office(named: str, unit: str) -> bool:
    """Whether a name in the directory and a person's unit mean one office of an area, one of them perhaps shortened.

    县农业农村局（县乡村振兴局） is both; 民政局 is 张家川县民政局.
    """
    one, other = _names(named), _names(unit)
    return any(a.endswith(b) or b.endswith(a) for a in one for b in other)


def _names(unit: str) -> list[str]:
    names = re.split(r"[（）()]", "".join(unit.split()))
    return [name for name in names if len(name) >= SHORTEST_NAME]


def _answering(area_code: str) -> Sequence[User]:
    """Active accounts posted at the very area that may answer."""
    here = select(Posting.user_id).where(Posting.held(), Posting.area_code == area_code)
    roles = POLICY["exchange:record"].roles
    return db.session.scalars(select(User).where(User.is_active, User.role.in_(roles), User.id.in_(here))).all()


def _office_of(liaison: Liaison, people: Sequence[User]) -> list[User]:
    mine = [one for one in people if is_office(liaison.unit, one.unit)]
    # A 联络员 may stand under a name that no account carries; in a township the work is then its coordinators'.
    return mine or [one for one in people if Role(one.role) is Role.TOWNSHIP_COORDINATOR]


def office_told(liaison: Liaison) -> list[User]:
    """Who works in the office that this 联络员 answers for; nobody where it has no account."""
    return _office_of(liaison, _answering(liaison.area_code))


def may_answer(user: User, exchange: Exchange) -> bool:
    """The office that was told; one without an account answers by telephone, and who told it writes that down."""
    office = office_told(exchange.liaison)
    if office:
        return any(one.id == user.id for one in office)
    return Role(user.role) in POLICY["exchange:record"].roles and _has_told(user, exchange)


def _has_told(user: User, exchange: Exchange) -> bool:
    is_office_mate = exchange.teller.unit == user.unit and exchange.from_area_code in user.area_codes
    return exchange.told_by == user.id or (bool(user.unit) and is_office_mate)


def visible_exchanges(user: User) -> Select[tuple[Exchange]]:
    """What the person's office told or was told; whoever leads or oversees reads all from or to an area of theirs."""
    if Role(user.role) not in POLICY["liaison:see"].roles:
        return select(Exchange).where(false())
    codes = user.area_codes
    here = select(Exchange).where(_below(Exchange.from_area_code, codes) | _below(Exchange.to_area_code, codes))
    if Role(user.role) in SUPERVISORS | {Role.COUNTY_RELAPSE_PREVENTION}:
        return here
    mates = select(User.id).where(User.unit == user.unit, User.unit != "")
    told = Exchange.from_area_code.in_(codes) & Exchange.told_by.in_(mates)
    return here.where((Exchange.told_by == user.id) | told | Exchange.to_liaison_id.in_(_told_by_office(user)))


def _told_by_office(user: User) -> list[str]:
    """Ids of the 联络员, ended ones too, who answer for the person's office."""
    found: list[str] = []
    for code in user.area_codes:
        people = _answering(code)
        there = db.session.scalars(select(Liaison).where(Liaison.area_code == code))
        found += [one.id for one in there if user in _office_of(one, people)]
    return found


def find_exchange(user: User, exchange_id: int) -> Exchange:
    """The exchange, or Problem not_found — also when it exists outside the user's sight."""
    return _found(visible_exchanges(user).where(Exchange.id == exchange_id))


def visible_messages(user: Looker) -> Select[tuple[Message]]:
    """What the program told this person's office lately: same role, an area of theirs, for departments the queue."""
    query = select(Message).where(Message.role == user.role, Message.made_at > questions.now(TOLD_FOR))
    query = query.where(_below(Message.area_code, user.area_codes))
    return query.where(Message.queue.is_(None) | (Message.queue == user.queue))


def find_message(user: User, message_id: str) -> Message:
    """The message, or Problem not_found — also when it is another office's."""
    return _found(visible_messages(user).where(Message.id == message_id))


def webhook_of(user: User) -> Webhook | None:
    """群通知 of the area this administrator looks after; None where none is set."""
    if Role(user.role) not in POLICY["webhook:keep"].roles:
        return None
    return db.session.scalar(select(Webhook).where(Webhook.area_code.in_(user.area_codes)).limit(1))
