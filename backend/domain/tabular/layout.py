"""Columns put together: whose name and number each is, and where the other facts stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from backend.domain.identity import normalise_id
from backend.domain.tabular.cells import Cell, is_blank
from backend.domain.tabular.evidence import Evidence, look_at
from backend.domain.tabular.header import Header
from backend.domain.tabular.headings import PERSON_FIELDS, Meaning, understand
from backend.domain.tabular.meanings import settle

OWN_ROLES = frozenset({"", "self", "applicant", "head", "member"})
Rows = Sequence[list[Cell]]


@dataclass(slots=True)
class Column:
    """One column: where it stands, how it is shown, what it means, what its cells look like."""

    position: int
    shown: str
    meaning: Meaning
    evidence: Evidence


@dataclass(slots=True)
class Slot:
    """One person of a row; several columns may hold the number, the first good one counts."""

    role: str
    nth: int
    name: int | None = None
    ids: list[int] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)
    relation: int | None = None
    phone: int | None = None
    covered: int | None = None
    start: int = 0

    @property
    def is_named(self) -> bool:
        return self.name is not None or bool(self.ids or self.cards)


@dataclass(slots=True)
class Layout:
    """slots in the order of the sheet; facts: field → position; members: one cell with many people."""

    columns: list[Column]
    slots: list[Slot]
    facts: dict[str, int]
    members: list[int]

    def slot(self, *roles: str) -> Slot | None:
        """The first slot with one of the roles, in the order of the roles."""
        for role in roles:
            for slot in self.slots:
                if slot.role == role and slot.is_named:
                    return slot
        return None

    def heading(self, position: int | None) -> str:
        return self.columns[position].shown if position is not None else ""


def lay_out(header: Header, rows: Rows, today: date) -> Layout:
    """Understand every column of a table from its headings and a sample of its rows."""
    step = max(1, len(rows) // 600)
    sample = rows[::step]
    columns = []
    for position, path in enumerate(header.paths):
        cells = [row[position] if position < len(row) else None for row in sample]
        columns.append(Column(position, header.shown[position], understand(path), look_at(cells, today)))
    settle(columns)
    builder = _SlotBuilder(columns, sample, today)
    slots = builder.build()
    facts, members = _facts(columns)
    return Layout(columns, slots, facts, members)


class _SlotBuilder:
    """Walks over the person columns from left to right and gives each its person."""

    def __init__(self, columns: list[Column], sample: Rows, today: date) -> None:
        self.columns = [column for column in columns if column.meaning.field in PERSON_FIELDS]
        self.sample = sample
        self.today = today
        self.slots: list[Slot] = []
        self.current: Slot | None = None

    def build(self) -> list[Slot]:
        for column in self.columns:
            meaning = column.meaning
            if meaning.field == "name":
                self.current = self._slot(meaning, lambda slot: slot.name is None)
                self.current.name = column.position
            elif meaning.field in ("id_number", "card"):
                self.current = self._owner(column)
                (self.current.ids if meaning.field == "id_number" else self.current.cards).append(column.position)
            elif meaning.field in ("relation", "phone", "is_covered"):
                self._attach(column)
        return self.slots

    def _slot(self, meaning: Meaning, has_room: Callable[[Slot], bool]) -> Slot:
        role = "" if meaning.role == "self" else meaning.role
        for slot in self.slots:
            if slot.role == role and slot.nth in (meaning.nth, 0) and has_room(slot):
                if slot.nth == 0 and meaning.nth and role == "member":
                    continue
                return slot
        slot = Slot(role, meaning.nth, start=len(self.slots))
        self.slots.append(slot)
        return slot

    def _owner(self, column: Column) -> Slot:
        meaning = column.meaning
        is_card = meaning.field == "card"

        def has_room(slot: Slot) -> bool:
            return not (slot.cards if is_card else slot.ids)

        if meaning.role in ("", "self") and not meaning.nth:
            return self._neighbour(column, has_room, is_card=is_card) or self._slot(meaning, has_room)
        return self._slot(meaning, has_room)

    def _neighbour(self, column: Column, has_room: Callable[[Slot], bool], *, is_card: bool) -> Slot | None:
        """Whose number it is when its heading does not say: the nearest name before it, as a rule."""
        waiting = [s for s in self.slots if s.name is not None and has_room(s)]
        if not waiting:
            return None
        if column.meaning.role == "self":
            return next((slot for slot in waiting if slot.role == ""), None)
        nearest = max(waiting, key=lambda slot: slot.name or 0)
        if nearest.role in OWN_ROLES:
            return nearest
        own = [slot for slot in waiting if slot.role in OWN_ROLES]
        if is_card:
            return own[-1] if own else None
        if own and own[-1].cards and not self._agree(column.position, own[-1].cards[0]):
            return nearest
        return own[-1] if own else nearest

    def _agree(self, id_position: int, card_position: int) -> bool:
        """True when the number is the one inside the disability card in at least half the rows."""
        same = other = 0
        for row in self.sample:
            pair = [row[p] if p < len(row) else None for p in (id_position, card_position)]
            if any(is_blank(cell) for cell in pair):
                continue
            one, two = (normalise_id(cell, self.today).number for cell in pair)
            same, other = (same + 1, other) if one == two else (same, other + 1)
        return same >= other

    def _attach(self, column: Column) -> None:
        meaning = column.meaning
        slot = self.current
        if meaning.role and meaning.field != "relation":
            role = "" if meaning.role == "self" else meaning.role
            slot = next((s for s in self.slots if s.role == role and s.nth in (meaning.nth, 0)), None)
            if slot is None and role in OWN_ROLES:
                slot = self.current
        if slot is None:
            return
        if meaning.field == "relation":
            slot.relation = column.position if slot.relation is None else slot.relation
        elif meaning.field == "phone":
            slot.phone = column.position if slot.phone is None else slot.phone
        else:
            slot.covered = column.position


def _facts(columns: list[Column]) -> tuple[dict[str, int], list[int]]:
    best: dict[str, Column] = {}
    members = []
    for column in columns:
        name = column.meaning.field
        if name == "members":
            members.append(column.position)
        elif name and name not in PERSON_FIELDS and name != "ignored":
            if name not in best or _is_better(name, column, best[name]):
                best[name] = column
        elif name == "relation" and "relation" not in best:
            best["relation"] = column
    return {name: column.position for name, column in best.items()}, members


def _is_better(name: str, new: Column, old: Column) -> bool:
    if name.endswith(("_on", "_at")) or name == "valid_until":
        return new.evidence.moment > old.evidence.moment + 0.2
    if name == "status":
        return new.evidence.state > old.evidence.state + 0.2
    if name == "guarantee_mode":
        return new.evidence.mode > old.evidence.mode + 0.2
    if name == "source_no":
        return (_is_counting(old), -len(new.shown)) > (_is_counting(new), -len(old.shown))
    if name in ("hardship", "address"):
        return new.evidence.distinct * new.evidence.filled > old.evidence.distinct * old.evidence.filled
    return old.evidence.filled == 0 and new.evidence.filled > 0


def _is_counting(column: Column) -> bool:
    """1, 2, 3 …: a place in the list, not the number of a declaration."""
    return column.evidence.counting >= 0.9
