"""联络员 (甘民发〔2023〕53号: 建立联络员制度): who answers for a unit, A角 and B角, from a day to a day."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from backend import access, clock
from backend.codebook import LiaisonDuty
from backend.domain import events
from backend.models import Area, Liaison, User, db
from backend.problems import Problem

MOBILE = re.compile(r"1\d{10}")
OFFICE_PHONE = re.compile(r"[\d\-() ]{7,20}")


@dataclass(frozen=True)
class Card:
    """What the directory says of a person. Telephone numbers as typed; one of them may be empty."""

    unit: str
    name: str
    title: str
    duty: str
    office_phone: str
    mobile: str
    note: str


def add_liaison(area: Area, card: Card, *, valid_from_on: date, actor: User) -> Liaison:
    """Name a 联络员 of a unit in a county or township. One event liaison:added.

    Raises Problem liaison_area, liaison_unit, liaison_name, liaison_duty, liaison_phone, liaison_days, liaison_taken.
    """
    access.require(actor, "liaison:keep")
    if area.level not in ("county", "township") or not any(area.code.startswith(c) for c in actor.area_codes):
        raise Problem("liaison_area", fields={"area": ""})
    if valid_from_on > clock.local(clock.now()).date():
        raise Problem("liaison_days", fields={"valid_from_on": ""})
    made = Liaison(area=area, area_code=area.code, valid_from_on=valid_from_on)
    _write(made, card, actor)
    db.session.add(made)
    events.record("liaison:added", actor=actor, liaison=made.id, area=area.code, duty=made.duty)
    return made


def change_liaison(liaison: Liaison, card: Card, *, actor: User) -> Liaison:
    """Correct what the directory says. One event liaison:changed. Raises Problem liaison_ended and as add_liaison."""
    access.require(actor, "liaison:keep")
    if liaison.valid_until_on is not None:
        raise Problem("liaison_ended")
    _write(liaison, card, actor)
    events.record("liaison:changed", actor=actor, liaison=liaison.id, area=liaison.area_code, duty=liaison.duty)
    return liaison


def end_liaison(liaison: Liaison, *, on: date, actor: User) -> Liaison:
    """The last day of duty; the row stays. One event liaison:ended. Raises Problem liaison_ended, liaison_days."""
    access.require(actor, "liaison:keep")
    if liaison.valid_until_on is not None:
        raise Problem("liaison_ended")
    if not liaison.valid_from_on <= on <= clock.local(clock.now()).date():
        raise Problem("liaison_days", fields={"on": ""})
    liaison.valid_until_on, liaison.changed_by, liaison.changed_at = on, actor.id, clock.now()
    events.record("liaison:ended", actor=actor, liaison=liaison.id, area=liaison.area_code, on=on.isoformat())
    return liaison


def _write(liaison: Liaison, card: Card, actor: User) -> None:
    _check(liaison, card)
    liaison.unit, liaison.name, liaison.title = card.unit, card.name, card.title
    liaison.duty, liaison.note = card.duty, card.note
    liaison.office_phone, liaison.mobile = card.office_phone or None, card.mobile or None
    liaison.changed_by, liaison.changed_at = actor.id, clock.now()


def _check(liaison: Liaison, card: Card) -> None:
    for name in ("unit", "name"):
        if not getattr(card, name):
            raise Problem(f"liaison_{name}", fields={name: ""})
    if card.duty not in set(LiaisonDuty):
        raise Problem("liaison_duty", fields={"duty": ""})
    if not (card.mobile or card.office_phone) or (card.mobile and not MOBILE.fullmatch(card.mobile)):
        raise Problem("liaison_phone", fields={"mobile": ""})
    if card.office_phone and not OFFICE_PHONE.fullmatch(card.office_phone):
        raise Problem("liaison_phone", fields={"office_phone": ""})
    with db.session.no_autoflush:
        taken = select(Liaison.id).where(
            Liaison.area_code == liaison.area_code, Liaison.unit == card.unit, Liaison.duty == card.duty,
            Liaison.valid_until_on.is_(None), Liaison.id != liaison.id,
        )  # fmt: skip
        if db.session.scalar(taken) is not None:
            raise Problem("liaison_taken", fields={"duty": ""}, duty=LiaisonDuty(card.duty).label)
