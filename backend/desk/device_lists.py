"""Reading lists of phones and of the people who use them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from backend.access import visible_cases, visible_devices, visible_people
from backend.codebook import FIELD_ROLES
from backend.desk.forms import Form
from backend.desk.phones import SILENT_DAYS, Phone, phones
from backend.models import Area, Case, Device, DeviceUser, EnrolmentCode, Event, InboxItem, Posting, User, db
from backend.models.questions import Looker, kept, now

PAGE = 40
PEOPLE = 60
TOWNSHIP_LENGTH = 9
LAST = 30
HISTORY = ("device:enrolled", "device:bound", "device:revoked", "device:restored", "session:started")
SHOWN = {
    "holding": lambda phone: phone.holds,
    "silent": lambda phone: phone.silent_days >= SILENT_DAYS,
    "trouble": lambda phone: phone.is_troubled,
    "unenrolled": lambda phone: phone.device.public_key is None,
    "revoked": lambda phone: phone.device.revoked_at is not None,
}


@dataclass(frozen=True)
class PhoneFilter:
    """What the address asks for; unknown values are no filter."""

    show: str = ""
    area: str = ""
    start: int = 0

    @classmethod
    def from_address(cls, args: MultiDict[str, str]) -> "PhoneFilter":
        show, start = args.get("show", ""), args.get("start", "")
        is_number = start.isascii() and start.isdigit() and len(start) < 6
        return cls(show if show in SHOWN else "", args.get("area", "")[:12], int(start) if is_number else 0)


@dataclass(frozen=True)
class Listing:
    """`holding` still hold something, `others` is a page of the rest, `next_start` where the next one begins."""

    holding: list[Phone]
    others: list[Phone]
    others_total: int
    next_start: int
    total: int

    @property
    def households(self) -> int:
        return len({case_id for phone in self.holding for share in phone.shares for case_id in share.case_ids})


def listing(wanted: PhoneFilter) -> Listing:
    """Phones in sight as the address asks for them."""
    found = phones(wanted.area)
    shown = [phone for phone in found if not wanted.show or SHOWN[wanted.show](phone)]
    holding = [phone for phone in shown if phone.holds]
    others = [phone for phone in shown if not phone.holds]
    page = others[wanted.start : wanted.start + PAGE]
    end = wanted.start + PAGE
    return Listing(
        [] if wanted.start else holding, page, len(others), end if len(others) > end else 0, len(found)
    )  # fmt: skip


def own_area() -> str:
    """The name of the area that the reader looks after."""
    area = db.session.get(Area, current_user.area_codes[0]) if current_user.area_codes else None
    return area.name if area else ""


def townships() -> Sequence[Area]:
    """Townships in which somebody in sight is posted, for the filter."""
    return db.session.scalars(_townships(current_user)).all()


@kept
def _townships(user: Looker) -> Select[tuple[Area]]:
    seen = visible_people(user).with_only_columns(User.id)
    code = func.substr(Posting.area_code, 1, TOWNSHIP_LENGTH)
    codes = select(code).where(Posting.user_id.in_(seen), func.length(Posting.area_code) >= TOWNSHIP_LENGTH)
    return select(Area).where(Area.code.in_(codes)).order_by(Area.code)


def names_of(codes: Iterable[str]) -> dict[str, Area]:
    """{code: area} for what is shown of people's postings."""
    return {area.code: area for area in db.session.scalars(select(Area).where(Area.code.in_(set(codes))))}


@dataclass(frozen=True)
class Person:
    """Somebody who goes to households, with the phones that are theirs."""

    user: User
    phones: list[Device]


def people(q: str, area: str, after: str) -> tuple[list[Person], str]:
    """(a page of the field workers in sight by account, key of the next page or "")."""
    query = visible_people(current_user).where(User.role.in_(FIELD_ROLES), User.username > after)
    if q:
        query = query.where(User.name.contains(q, autoescape=True) | User.username.contains(q, autoescape=True))
    if area:
        query = query.where(User.id.in_(select(Posting.user_id).where(Posting.area_code.startswith(area))))
    query = query.options(selectinload(User.postings)).order_by(User.username).limit(PEOPLE + 1)
    found = list(db.session.scalars(query))
    mine = _phones_of([user.id for user in found])
    rows = [Person(user, mine[user.id]) for user in found[:PEOPLE]]
    return rows, found[PEOPLE - 1].username if len(found) > PEOPLE else ""


def _phones_of(user_ids: list[str]) -> dict[str, list[Device]]:
    seen = visible_devices(current_user).with_only_columns(Device.id)
    used = (
        select(DeviceUser.user_id, Device)
        .join(DeviceUser.device)
        .where(DeviceUser.user_id.in_(user_ids), Device.id.in_(seen))
    )
    held = select(Device.user_id, Device).where(Device.user_id.in_(user_ids), Device.id.in_(seen))
    grouped: dict[str, dict[str, Device]] = defaultdict(dict)
    for query in (used, held):
        for user_id, device in db.session.execute(query.where(Device.revoked_at.is_(None))):
            grouped[user_id][device.id] = device
    return {user_id: list(grouped[user_id].values()) for user_id in user_ids}


def open_codes() -> Sequence[EnrolmentCode]:
    """Codes that may still be used, of people in sight, the newest first."""
    return db.session.scalars(_open_codes(current_user)).all()


@kept
def _open_codes(user: Looker) -> Select[tuple[EnrolmentCode]]:
    seen = visible_people(user).with_only_columns(User.id)
    query = select(EnrolmentCode).where(
        EnrolmentCode.user_id.in_(seen), EnrolmentCode.used_at.is_(None), EnrolmentCode.expires_at > now()
    )
    whole = (joinedload(EnrolmentCode.user), joinedload(EnrolmentCode.made_by))
    return query.options(*whole).order_by(EnrolmentCode.made_at.desc())


def history(device: Device) -> Sequence[Event]:
    """The last things that happened to a phone, newest first."""
    query = select(Event).where(Event.tag.in_(HISTORY), Event.facts["device"].as_string() == device.id)
    return db.session.scalars(query.options(joinedload(Event.actor)).order_by(Event.id.desc()).limit(LAST)).all()


def handed_in(phone: Phone) -> Sequence[InboxItem]:
    """What it handed in last."""
    mine = [user.id for user in phone.users]
    query = select(InboxItem).where(InboxItem.user_id.in_(mine), InboxItem.device_id == phone.device.id)
    return db.session.scalars(query.order_by(InboxItem.received_at.desc(), InboxItem.id).limit(LAST // 3)).all()


def cases_on(phone: Phone) -> dict[str, Case]:
    """{id: case} of the households that it holds a visit of, as far as the reader may see them."""
    named = {case_id for share in phone.shares for case_id in share.case_ids}
    return {case.id: case for case in db.session.scalars(visible_cases(current_user).where(Case.id.in_(named)))}


def reason_text(form: Form) -> str:
    """The reason as it is kept: the code, and what was written beside it."""
    note = form.value("note")
    return f"{form.value('reason_code')}: {note}" if note else form.value("reason_code")
