"""Phones: who uses them, and what they last said about unsent work.

已入户未同步 is not 未入户 (通报 counts them apart).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update

from backend import access, clock
from backend.domain import events
from backend.domain.sync.attribution import Phone
from backend.domain.sync.signatures import binding_text, is_signed
from backend.models import Device, DeviceUser, User, db
from backend.models.base import written_past
from backend.models.device import cases_held
from backend.models.plain import Question
from backend.problems import Problem

OWN_WORK = ("captured", "unsent", "photos_waiting", "drafts", "unsent_cases")
_PHONE, _PEOPLE = Device.__table__.c, DeviceUser.__table__.c
_WHO, _IS_WHO = User.__table__.c, User.__table__.c.id == DeviceUser.__table__.c.user_id
_IS_BOUND = (_PEOPLE.device_id == _PHONE.id) & _PEOPLE.bound_at.is_not(None)
# Plain tables, and put together once: this is asked with every deposit and every photo.
_PHONES = select(
    _PHONE.id, _PHONE.public_key, _PHONE.user_id, _PHONE.revoked_at, _WHO.id.label("bound_id"), _WHO.is_active
).select_from(Device.__table__.outerjoin(DeviceUser.__table__, _IS_BOUND).outerjoin(User.__table__, _IS_WHO))
_ONE = Question(_PHONES.where(_PHONE.id == bindparam("phone")))
_SEVERAL = _PHONES.where(_PHONE.id.in_(bindparam("ids", expanding=True)))
COUNTED = ("captured", "unsent", "photos_waiting", "drafts")
_DEVICES: Table = Device.__table__
_USES: Table = DeviceUser.__table__
_USED_BY = (
    select(
        _DEVICES.c.public_key,
        _USES.c.user_id.label("person_id"),
        _USES.c.bound_at,
        _USES.c.heartbeat.label("told"),
    )
    .select_from(_DEVICES.outerjoin(_USES, _USES.c.device_id == _DEVICES.c.id))
    .where(_DEVICES.c.id == bindparam("device"))
)


def note_device(device_id: str, *, actor: User, name: str = "", app_version: str = "") -> Device:
    """Remember a phone and who holds it now. Bookkeeping of a contact, so no event."""
    now = clock.now()
    device = db.session.get(Device, device_id)
    if device is None:
        device = Device(id=device_id, user_id=actor.id, first_seen_at=now)
        db.session.add(device)
    # An enrolled phone is not taken over by whoever names its number.
    if device.public_key is None or bound_at(device_id, actor) is not None:
        device.user_id = actor.id
        device.name = name or device.name or ""
    device.seen_at = now
    device.app_version = app_version or device.app_version or ""
    return device


def bound_at(device_id: str, user: User) -> Any:
    """Since when the person is this phone's proven user, None if they are not."""
    row = db.session.get(DeviceUser, (device_id, user.id))
    return row.bound_at if row else None


def state_of(device_id: str | None) -> dict[str, bool]:
    """{enrolled, revoked} of a phone, as it is told about itself."""
    device = db.session.get(Device, device_id) if device_id else None
    is_enrolled = device is not None and device.public_key is not None
    return {"enrolled": is_enrolled, "revoked": device is not None and device.revoked_at is not None}


def known_phones(device_ids: Iterable[str]) -> dict[str, Phone]:
    """What attribution asks of these phones, in one query; unknown ones are left out."""
    ids = list(set(device_ids))
    rows = _ONE.ask(phone=ids[0]) if len(ids) == 1 else db.session.connection().execute(_SEVERAL, {"ids": ids})
    found: dict[str, Phone] = {}
    for phone_id, key, holder_id, revoked_at, bound_id, is_active in rows:
        accounts = dict(found[phone_id].accounts) if phone_id in found else {}
        if bound_id:
            accounts[bound_id] = is_active
        found[phone_id] = Phone(key, holder_id, revoked_at is not None, frozenset(accounts), accounts)
    return found


def bind_by_proof(device_id: str, proof: str | None, *, username: str, actor: User) -> bool:
    """After a password was right: make the person a user of this enrolled phone, if the phone's key says so.

    One event device:bound the first time. A phone that is not enrolled, is revoked or signs wrongly binds nobody.
    """
    device = db.session.get(Device, device_id)
    if device is None or device.public_key is None or device.revoked_at is not None or not proof:
        return False
    if not is_signed(device.public_key, binding_text(device_id, username), proof):
        return False
    if bound_at(device_id, actor) is None:
        bind(device, actor)
        events.record("device:bound", actor=actor, device=device.id, how="password")
    return True


def bind(device: Device, user: User) -> None:
    """Let the phone sign for the person. The verb that calls this records it."""
    row = db.session.get(DeviceUser, (device.id, user.id))
    if row is None:
        row = DeviceUser(device_id=device.id, user_id=user.id)
        db.session.add(row)
    row.bound_at, device.user_id = clock.now(), user.id
    # `known_phones` asks the tables, not the session.
    db.session.flush()


def revoke(device: Device, *, reason: str, actor: User) -> Device:
    """Take a lost or returned phone out of use: what it still hands in is kept and quarantined.

    One event device:revoked. Raises Problem forbidden, reason_missing, device_stopped.
    """
    access.require(actor, "device:enrol")
    if not reason.strip():
        raise Problem("reason_missing")
    if device.revoked_at is not None:
        raise Problem("device_stopped")
    device.revoked_at, device.revoked_by, device.revocation_reason = clock.now(), actor, reason.strip()[:200]
    events.record("device:revoked", actor=actor, device=device.id)
    return device


def restore(device: Device, *, actor: User) -> Device:
    """The phone was found again. One event device:restored. Raises Problem forbidden, device_in_use."""
    access.require(actor, "device:enrol")
    if device.revoked_at is None:
        raise Problem("device_in_use")
    device.revoked_at, device.revoked_by, device.revocation_reason = None, None, ""
    events.record("device:restored", actor=actor, device=device.id)
    return device


def note_heartbeat(heartbeat: Mapping[str, Any], *, actor_id: str) -> None:
    """Keep what a phone tells with a contact: the person's own counts, and facts about the phone itself.

    `heartbeat` has device_id and JSON-ready counts; `clock_ahead_seconds` is worked out from device_time.
    Bookkeeping of a contact, so no event; comes with nearly each one, so plain statements.
    """
    db.session.flush()
    plain, device_id, now = db.session.connection(), heartbeat["device_id"], clock.now()
    rows = plain.execute(_USED_BY, {"device": device_id}).all()
    own = {key: heartbeat[key] for key in OWN_WORK if heartbeat.get(key) is not None}
    told = {row.person_id: row.told for row in rows if row.person_id} | {actor_id: own}
    mine = next((row for row in rows if row.person_id == actor_id), None)
    phone: dict[str, Any] = {
        "seen_at": now,
        "heartbeat": _about_phone(heartbeat, actor_id, now) | _totals(told.values()),
    }
    if heartbeat.get("app_version"):
        phone["app_version"] = heartbeat["app_version"]
    # An enrolled phone is not taken over by whoever names its number.
    if not rows or rows[0].public_key is None or (mine and mine.bound_at):
        phone["user_id"] = actor_id
    person = {"told_at": now, "heartbeat": own, "held_visits": len(cases_held(own))}
    if rows:
        plain.execute(update(_DEVICES).where(_DEVICES.c.id == device_id), phone)
    else:
        plain.execute(insert(_DEVICES), phone | {"id": device_id, "first_seen_at": now})
    if mine:
        plain.execute(update(_USES).where(_USES.c.device_id == device_id, _USES.c.user_id == actor_id), person)
    else:
        plain.execute(insert(_USES), person | {"device_id": device_id, "user_id": actor_id})
    written_past(Device, device_id)
    written_past(DeviceUser, (device_id, actor_id))


def _about_phone(heartbeat: Mapping[str, Any], actor_id: str, now: datetime) -> dict[str, Any]:
    moment = heartbeat.get("device_time")
    ahead = round((moment - now).total_seconds()) if moment else None
    left_out = (*OWN_WORK, "device_id", "author", "device_time")
    told = {key: value for key, value in heartbeat.items() if key not in left_out}
    return told | {"user_id": actor_id, "clock_ahead_seconds": ahead, "told_at": clock.iso(now)}


def _totals(told: Iterable[Mapping[str, Any] | None]) -> dict[str, int]:
    """The counts of everybody who uses the phone together."""
    people = [one or {} for one in told]
    return {count: sum(one.get(count) or 0 for one in people) for count in COUNTED}
