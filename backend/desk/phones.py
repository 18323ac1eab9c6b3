"""What phones last told: how much they still hold, and how they are. Counts of work, never of persons."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from backend import clock
from backend.access import visible_devices
from backend.models import Device, DeviceUser, Posting, User, db
from backend.models.questions import Looker, each, kept

SKEW_SECONDS = 300
SILENT_DAYS = 2
NEARLY_FULL, FULL = 0.7, 0.9
_SHARES = select(DeviceUser).where(DeviceUser.device_id.in_(each("phones"))).options(joinedload(DeviceUser.user))


def _count(told: dict[str, Any], key: str) -> int:
    value = told.get(key)
    return value if isinstance(value, int) else 0


class Share:
    """What a phone told about one person's own work on it."""

    def __init__(self, user: User, told_at: datetime | None, bound_at: datetime | None, told: dict[str, Any]) -> None:
        self.user, self.told_at, self.bound_at = user, told_at, bound_at
        self.unsent, self.photos = _count(told, "unsent"), _count(told, "photos_waiting")
        self.drafts, self.captured = _count(told, "drafts"), _count(told, "captured")
        self.told = bool(told)
        self.case_ids = [c for c in told.get("unsent_cases") or [] if isinstance(c, str)]


class Phone:
    """One phone with its people, whoever spoke last first."""

    def __init__(self, device: Device, rows: Iterable[DeviceUser]) -> None:
        self.device = device
        self.told = device.heartbeat or {}
        shares = [Share(r.user, r.told_at, r.bound_at, r.heartbeat or {}) for r in rows]
        shares = shares or [Share(device.user, device.seen_at, None, self.told)]
        self.shares = sorted(shares, key=lambda s: s.told_at or s.bound_at or device.first_seen_at, reverse=True)

    @property
    def users(self) -> list[User]:
        return [share.user for share in self.shares]

    @property
    def unsent(self) -> int:
        return sum(share.unsent for share in self.shares)

    @property
    def photos(self) -> int:
        return sum(share.photos for share in self.shares)

    @property
    def drafts(self) -> int:
        return sum(share.drafts for share in self.shares)

    @property
    def households(self) -> int:
        """How many households a finished visit of which is still on it."""
        return len({case_id for share in self.shares for case_id in share.case_ids})

    @property
    def has_spoken(self) -> bool:
        """Has told at least once how much it holds; an older phone never does."""
        return any(share.told for share in self.shares)

    @property
    def holds(self) -> bool:
        return bool(self.unsent or self.photos)

    @property
    def silent_days(self) -> int:
        return (clock.now() - self.device.seen_at).days

    @property
    def is_silent(self) -> bool:
        """Holds something and has not been heard of for days: somebody telephones."""
        return self.holds and self.silent_days >= SILENT_DAYS

    @property
    def clock_ahead(self) -> int:
        """Seconds by which its clock is ahead (behind: negative), 0 when it is right enough."""
        ahead = self.told.get("clock_ahead_seconds")
        return ahead if isinstance(ahead, int) and abs(ahead) > SKEW_SECONDS else 0

    @property
    def fullness(self) -> float | None:
        used, quota = self.told.get("storage_used"), self.told.get("storage_quota")
        return used / quota if isinstance(used, int) and isinstance(quota, int) and quota else None

    @property
    def failed_test(self) -> str:
        """What its self-test did not pass, in the phone's words; empty when it passed or never ran."""
        told = self.told.get("self_test")
        return told if isinstance(told, str) and told != "ok" else ""

    @property
    def is_troubled(self) -> bool:
        return bool(self.clock_ahead or self.failed_test or (self.fullness or 0) >= NEARLY_FULL)

    @property
    def order(self) -> tuple[Any, ...]:
        """Those that hold something first, the longest silent before the others; out of use comes last."""
        is_over = self.device.revoked_at is not None
        return (not self.holds, is_over, not self.is_troubled, -self.silent_days, -self.unsent, self.device.id)


def phones(area: str = "") -> list[Phone]:
    """Phones in sight, of people posted below `area` if it is given, those that matter first."""
    query = _in_sight(current_user)
    if area:
        near = select(Posting.user_id).where(Posting.area_code.startswith(area))
        used = select(DeviceUser.device_id).where(DeviceUser.user_id.in_(near))
        query = query.where(Device.user_id.in_(near) | Device.id.in_(used))
    return _read(query)


@kept
def _in_sight(user: Looker) -> Select[tuple[Device]]:
    return visible_devices(user).options(joinedload(Device.user))


def by_person(user_ids: Collection[str]) -> dict[str, list[Phone]]:
    """{account: their phones in sight, those that matter first}, for these accounts."""
    used = select(DeviceUser.device_id).where(DeviceUser.user_id.in_(user_ids))
    found: dict[str, list[Phone]] = defaultdict(list)
    for phone in _read(_in_sight(current_user).where(Device.user_id.in_(user_ids) | Device.id.in_(used))):
        for user in phone.users:
            found[user.id].append(phone)
    return found


def _read(query: Select[tuple[Device]]) -> list[Phone]:
    found = list(db.session.scalars(query))
    rows = _shares(device.id for device in found)
    return sorted((Phone(device, rows[device.id]) for device in found), key=lambda phone: phone.order)


def phone_of(device: Device) -> Phone:
    """One phone with its people."""
    return Phone(device, _shares([device.id])[device.id])


def _shares(device_ids: Iterable[str]) -> dict[str, list[DeviceUser]]:
    grouped: dict[str, list[DeviceUser]] = defaultdict(list)
    for row in db.session.scalars(_SHARES, {"phones": list(device_ids)}):
        grouped[row.device_id].append(row)
    return grouped
