"""Phones as they stand after they told something, and what they hand in that nobody simply adopts."""

from datetime import datetime, timedelta
from typing import Any

from backend import clock
from backend.domain.sync import apply, inbox, weighing
from backend.models import Case, Device, DeviceUser, User, db
from backend.models.base import new_id
from tests import phone
from tests.cast import Cast


def phone_of(user: User, *, at: datetime | None = None, name: str = "红米 9A", **facts: Any) -> Device:
    """A phone that `user` holds, heard of at `at`, unless its columns say otherwise."""
    at = at or clock.now()
    device = Device(id=new_id(), user_id=user.id, name=name, first_seen_at=at - timedelta(days=9), seen_at=at)
    for key, value in facts.items():
        setattr(device, key, value)
    db.session.add(device)
    db.session.flush()
    return device


def tell(device: Device, user: User, *, at: datetime | None = None, **counts: Any) -> DeviceUser:
    """What the phone last told about this person's own work."""
    row = DeviceUser(device_id=device.id, user_id=user.id, told_at=at or device.seen_at, heartbeat=counts)
    db.session.add(row)
    db.session.flush()
    return row


def hold(user: User, *cases: Case, at: datetime | None = None, **counts: Any) -> Device:
    """A phone on which a finished visit of each of these cases waits to be handed in."""
    device = phone_of(user, at=at)
    tell(device, user, unsent=len(cases), unsent_cases=[case.id for case in cases], **counts)
    return device


def bring(user: User, kind: str, told: Any, *more: dict[str, Any]) -> str:
    """`user` hands an item in, and whatever comes `more` with it; it is judged. Its id."""
    items: list[Any] = [phone.envelope(kind, told), *more]
    offers = weighing.weigh(items, inbox.senders_of(items), carrier_id=user.id).offers
    inbox.deposit(offers, actor_id=user.id)
    apply.apply_pending()
    db.session.flush()
    return str(items[0]["id"])


def brought_by_phones(cast: Cast, case: Case, waiting: Case) -> dict[str, str]:
    """Ids of a phone that holds a visit, and of a whole form about a household that was never its author's."""
    device = hold(cast.ding_zhiqiang, waiting, photos_waiting=12, drafts=2)
    sheet = phone.visit(case, filled=phone.answers(narrative="院" * 300))
    return {"device": device.id, "item": bring(cast.hui_axi, "visit", sheet)}
