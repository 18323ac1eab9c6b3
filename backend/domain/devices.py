"""Phones, and what they last said about unsent work: 已入户未同步 is not 未入户 (通报 counts them apart)."""

from collections.abc import Mapping
from typing import Any

from backend import clock
from backend.models import Device, User, db


def note_device(device_id: str, *, actor: User, name: str = "", app_version: str = "") -> Device:
    """Remember a phone and who holds it now. Bookkeeping of a contact, so no event."""
    now = clock.now()
    device = db.session.get(Device, device_id)
    if device is None:
        device = Device(id=device_id, first_seen_at=now)
        db.session.add(device)
    device.user_id, device.seen_at = actor.id, now
    device.name = name or device.name or ""
    device.app_version = app_version or device.app_version or ""
    return device


def state_of(device_id: str | None) -> dict[str, bool]:
    """{enrolled, revoked} of a phone, as it is told about itself."""
    device = db.session.get(Device, device_id) if device_id else None
    is_enrolled = device is not None and device.public_key is not None
    return {"enrolled": is_enrolled, "revoked": device is not None and device.revoked_at is not None}


def note_heartbeat(heartbeat: Mapping[str, Any], *, actor: User) -> Device:
    """Keep the counts a phone tells with a contact: captured, unsent, photos_waiting, storage, its clock.

    `heartbeat` has device_id and JSON-ready counts; `clock_ahead_seconds` is worked out from device_time.
    """
    device = note_device(heartbeat["device_id"], actor=actor, app_version=heartbeat.get("app_version") or "")
    told = {key: value for key, value in heartbeat.items() if key not in ("device_id", "device_time")}
    moment = heartbeat.get("device_time")
    ahead = round((moment - device.seen_at).total_seconds()) if moment else None
    device.heartbeat = told | {"user_id": actor.id, "clock_ahead_seconds": ahead, "told_at": clock.iso(device.seen_at)}
    return device
