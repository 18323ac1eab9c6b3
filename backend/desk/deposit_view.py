"""What a page shows of one deposited item: its content in full, ID numbers and telephones masked."""

import contextlib
import json
import re
from collections.abc import Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from backend import clock
from backend.codebook import ItemKind
from backend.desk.answers import Line, Member, fact_lines, long_text, members_of, sections_of
from backend.desk.span import local_day
from backend.domain import identity, quarantine
from backend.domain.derived import Derived, derived_of
from backend.domain.sync import opening, payloads
from backend.domain.sync.payloads import Unreadable
from backend.form import Section
from backend.models import Area, Case, Device, InboxConflict, InboxItem, Photo, Visit, db

LONG_ID, LONG_PHONE = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?:[1-7][1-4](?:B\d)?)?(?!\d)"),
    re.compile(r"(?<!\d)1\d{10}(?!\d)"),
)
MOMENTS = (
    "visited_at",
    "observed_at",
    "attempted_at",
    "reported_at",
    "explained_at",
    "asked_at",
    "saved_at",
    "found_at",
)


class Content:
    """What was handed in, read as far as it can be read; `fault` says why no further."""

    def __init__(self, kind: str, source: InboxItem | InboxConflict) -> None:
        self.kind, self.told, self.raw, self.fault = kind, {}, "", None
        try:
            is_item = isinstance(source, InboxItem)
            text = opening.text_of(source) if is_item else opening.text_of_conflict(source, kind)
            self.raw = _masked(text)
            self.told = payloads.read(kind, text, may_hold_more=True)
        except Unreadable as unreadable:
            self.fault = unreadable.reason

    @property
    def answers(self) -> dict[str, Any]:
        return self.told.get("answers") or {}

    @property
    def happened_at(self) -> Any:
        """When it was, by the phone's clock."""
        return next((self.told[key] for key in MOMENTS if self.told.get(key)), None)

    @cached_property
    def sections(self) -> list[tuple[Section, list[Line]]]:
        return sections_of(self.answers)

    @cached_property
    def members(self) -> list[Member]:
        return members_of(self.answers)

    @property
    def text(self) -> str:
        """What was written in free words."""
        return str(self.told.get("text") or self.told.get("reason") or "")

    @cached_property
    def facts(self) -> list[Line]:
        return fact_lines(self.told.get("facts") or {})

    def lines(self) -> dict[str, tuple[str, str]]:
        """{key: (label, words)} of everything that can be compared with another content."""
        said = [line for _, lines in self.sections for line in lines] + self.facts
        found = {line.key: (line.label, f"{'、'.join(line.words)} {line.unit}".strip()) for line in said}
        for key in ("narrative", "opinion_reason"):
            if words := long_text(self.answers, key):
                found[key] = ("", words)
        if self.members:
            found["members"] = ("", "、".join(member.name for member in self.members))
        if self.text:
            found["text"] = ("", self.text)
        return found


class ItemView:
    """One item with its household, its phone, its pictures and what stands against it."""

    def __init__(self, item: InboxItem, case: Case | None) -> None:
        self.item, self.case = item, case
        self.content = Content(item.kind, item)

    # The parts of a case's page read these names, so that a form looks the same wherever it stands.
    @cached_property
    def visit(self) -> Any:
        told = self.content.told
        times = {"visited_at": self.content.happened_at, "ended_at": told.get("ended_at"), "skew_seconds": 0}
        return SimpleNamespace(**times, author=self.item.user) if self.content.answers else None

    @property
    def answers(self) -> dict[str, Any]:
        return self.content.answers

    @property
    def sections(self) -> list[tuple[Section, list[Line]]]:
        return self.content.sections

    @property
    def members(self) -> list[Member]:
        return self.content.members

    @property
    def derived(self) -> Derived:
        return derived_of(self.answers, local_day(self.content.happened_at or clock.now()))

    @property
    def narrative(self) -> str:
        return long_text(self.answers, "narrative")

    @property
    def opinion_reason(self) -> str:
        return long_text(self.answers, "opinion_reason")

    @property
    def visitors(self) -> list[dict[str, Any]]:
        given = self.answers.get("visitors")
        return [v for v in given if isinstance(v, dict)] if isinstance(given, list) else []

    @cached_property
    def place(self) -> str:
        """Where a household was found, as far as the code is known."""
        area = db.session.get(Area, self.content.told.get("area_code", ""))
        return area.name if area else ""

    @cached_property
    def device(self) -> Device | None:
        return db.session.get(Device, self.item.device_id)

    @cached_property
    def photos(self) -> Sequence[Photo]:
        """Pictures that the content lists and that came from the same person under the same hash."""
        told = self.content.told
        listed, _ = payloads.read_photos(told.get("photos") or self.answers.get("photos"))
        hashes = {entry["id"]: entry["sha256"] for entry in listed}
        found = db.session.scalars(select(Photo).where(Photo.id.in_(hashes)).order_by(Photo.taken_at, Photo.id))
        theirs = (self.item.user_id, self.item.author_id, self.item.carried_by_id)
        return [photo for photo in found if photo.sha256 == hashes[photo.id] and photo.author_id in theirs]

    @cached_property
    def conflicts(self) -> list[tuple[InboxConflict, Content, InboxItem | None]]:
        """Other content under the same id, each with the item that a person made of it, if somebody did."""
        query = select(InboxConflict).where(InboxConflict.item_id == self.item.id).order_by(InboxConflict.received_at)
        return [
            (one, Content(opening.kind_of_conflict(one, self.item.kind), one), db.session.get(InboxItem, one.id))
            for one in db.session.scalars(query)
        ]

    def beside(self, other: Content) -> list[tuple[str, str, str, str]]:
        """(key, label, here, there) of what differs between this content and another."""
        here, there = self.content.lines(), other.lines()
        keys = [key for key in here | there if here.get(key, ("", ""))[1] != there.get(key, ("", ""))[1]]
        empty = ("", "")
        return [
            (k, (here.get(k) or there.get(k) or empty)[0], here.get(k, empty)[1], there.get(k, empty)[1]) for k in keys
        ]

    @cached_property
    def is_recorded(self) -> bool:
        return quarantine.is_recorded(self.item)

    @cached_property
    def is_current(self) -> bool:
        """The case's own visit: it is returned for correction, not set aside."""
        query = select(Visit.id).where(Visit.item_id == self.item.id, Visit.is_current)
        return db.session.scalar(query) is not None

    @property
    def may_accept(self) -> bool:
        is_found = self.item.kind == ItemKind.DISCOVERY and self.case is None
        return self.is_recorded or ((is_found or self.case is not None) and self.content.fault is None)

    @property
    def may_attach(self) -> bool:
        return not self.is_recorded and self.content.fault is None and self.item.kind != ItemKind.DRAFT


def _masked(text: str) -> str:
    """The text as it came, laid out, with long numbers covered."""
    with contextlib.suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    text = LONG_ID.sub(lambda found: identity.mask_id(found.group()), text)
    return LONG_PHONE.sub(lambda found: identity.mask_phone(found.group()), text)[:20000]
