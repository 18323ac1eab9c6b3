"""手机登记: a worker's phone becomes known by a one-time code (绑定码) that the township makes for them.

From then on what the phone signs is proven to come from it, also without a session.
"""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from backend import access, clock
from backend.codebook import FIELD_ROLES
from backend.domain import devices, events
from backend.domain.sync.signatures import enrolment_text, is_signed, key_text
from backend.extensions import key_ring
from backend.models import Device, EnrolmentCode, User, db
from backend.problems import Problem

VALID_FOR = timedelta(minutes=10)
MOST_WRONG = 5


class Code(NamedTuple):
    """Shown once; only its keyed hash is kept."""

    text: str
    expires_at: datetime


def make_code(worker: User, *, actor: User) -> Code:
    """A code of six digits for one phone of `worker`; the one before it ends.

    One event enrolment_code:made. Raises Problem forbidden, not_found out of sight, not_field_worker, inactive_user.
    """
    access.require(actor, "device:enrol")
    access.find_person(actor, worker.id)
    if worker.role not in FIELD_ROLES:
        raise Problem("not_field_worker", name=worker.name)
    if not worker.is_active:
        raise Problem("inactive_user", name=worker.name)
    text, now = f"{secrets.randbelow(10**6):06d}", clock.now()
    for older in _open_codes(worker):
        older.expires_at = now
    code = EnrolmentCode(
        user_id=worker.id, made_by_id=actor.id, code_lookup=_lookup(worker, text), made_at=now,
        expires_at=now + VALID_FOR,
    )  # fmt: skip
    db.session.add(code)
    events.record("enrolment_code:made", actor=actor, worker=worker.id)
    return Code(text, code.expires_at)


def enrol(device_id: str, name: str, jwk: Mapping[str, Any], code: str, proof: str, *, actor: User) -> Device:
    """Make the phone's key known and `actor`, who is signed in on it, its user.

    One event device:enrolled, or device:bound for a second person on the same phone. The same request again, its
    answer lost, is answered the same. Raises Problem enrolment_unfit, code_wrong, code_over, device_taken,
    device_stopped; the caller commits in either case, so that wrong tries count.
    """
    key = key_text(jwk)
    if key is None or not is_signed(key, enrolment_text(device_id, actor.id, code), proof):
        raise Problem("enrolment_unfit")
    spent = _take_code(code, device_id, actor)
    device = db.session.get(Device, device_id)
    if device is not None and device.public_key not in (None, key):
        raise Problem("device_taken")
    if device is not None and device.revoked_at is not None:
        raise Problem("device_stopped")
    if spent.used_at is not None:
        return _again(device)
    device = device or devices.note_device(device_id, actor=actor)
    tag = "device:bound" if device.public_key else "device:enrolled"
    if device.public_key is None:
        device.public_key, device.enrolled_at, device.enrolled_by_id = key, clock.now(), spent.made_by_id
    device.name = name or device.name
    db.session.flush()
    devices.bind(device, actor)
    spent.used_at, spent.device_id = clock.now(), device.id
    events.record(tag, actor=actor, device=device.id, how="code")
    return device


def _again(device: Device | None) -> Device:
    if device is None or device.public_key is None:
        raise Problem("code_over")
    return device


def _take_code(text: str, device_id: str, user: User) -> EnrolmentCode:
    """The person's newest code if it is this one and may be used, here or before by this very phone."""
    newest: EnrolmentCode | None = db.session.scalar(
        select(EnrolmentCode)
        .where(EnrolmentCode.user_id == user.id)
        .order_by(EnrolmentCode.made_at.desc(), EnrolmentCode.id.desc())
        .limit(1)
        .with_for_update()
    )
    is_ours = newest is not None and newest.used_at is not None and newest.device_id == device_id
    if newest is None or newest.wrong_tries >= MOST_WRONG or newest.expires_at <= clock.now():
        raise Problem("code_over")
    if newest.used_at is not None and not is_ours:
        raise Problem("code_over")
    if not hmac.compare_digest(newest.code_lookup, _lookup(user, text)):
        newest.wrong_tries += 1
        left = MOST_WRONG - newest.wrong_tries
        raise Problem("code_wrong", left=left) if left else Problem("code_over")
    return newest


def _open_codes(worker: User) -> list[EnrolmentCode]:
    query = select(EnrolmentCode).where(
        EnrolmentCode.user_id == worker.id, EnrolmentCode.used_at.is_(None), EnrolmentCode.expires_at > clock.now()
    )
    return list(db.session.scalars(query))


def _lookup(user: User, text: str) -> str:
    return key_ring().lookup(f"enrolment:{user.id}:{text}")
