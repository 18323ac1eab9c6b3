"""Phones as they stand after they told something, and what they hand in that nobody simply adopts."""

from datetime import datetime, timedelta
from typing import Any

from backend import clock
from backend.models import Case, Device, DeviceUser, User, db
from backend.models.base import new_id


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
