"""The one policy, for 联络员, 通报, 消息 and 群通知: a county's offices know each other, others see masked numbers."""

from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select

from backend import clock
from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Area, Exchange, Liaison, Message, User, Webhook, db
from backend.problems import Problem

Thing = TypeVar("Thing")
OFFICE_LEVELS = ("county", "township")
TOLD_FOR = timedelta(days=30)


def _found(query: Select[tuple[Thing]]) -> Thing:
    thing = db.session.scalar(query)
    if thing is None:
        raise Problem("not_found")
    return thing


def _below(column: Any, codes: list[str]) -> ColumnElement[bool]:
    return or_(false(), *(column.startswith(code, autoescape=True) for code in codes))


def counties_of(user: User) -> list[str]:
    """Codes of the counties the person works in; of a larger area its own code, whose subtree it stands for."""
    return sorted({code[:6] for code in user.area_codes})


def visible_liaisons(user: User) -> Select[tuple[Liaison]]:
    """Everybody's 联络员 of the county in which the person works, ended ones too."""
    if Role(user.role) not in POLICY["liaison:see"].roles:
        return select(Liaison).where(false())
    return select(Liaison).where(_below(Liaison.area_code, counties_of(user)))


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


def visible_exchanges(user: User) -> Select[tuple[Exchange]]:
    """What was told from or to an area of the person's."""
    if Role(user.role) not in POLICY["liaison:see"].roles:
        return select(Exchange).where(false())
    codes = user.area_codes
    return select(Exchange).where(_below(Exchange.from_area_code, codes) | _below(Exchange.to_area_code, codes))


def find_exchange(user: User, exchange_id: int) -> Exchange:
    """The exchange, or Problem not_found — also when it exists outside the user's sight."""
    return _found(visible_exchanges(user).where(Exchange.id == exchange_id))


def visible_messages(user: User) -> Select[tuple[Message]]:
    """What the program told this person's office lately: same role, an area of theirs, for departments the queue."""
    since = clock.now() - TOLD_FOR
    query = select(Message).where(Message.role == user.role, Message.made_at > since)
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
