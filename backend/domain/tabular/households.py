"""低保 households: one row each, or one row per member with the household's facts written once."""

import re
from typing import TYPE_CHECKING

from backend.domain.tabular.cells import Cell, compact, is_blank, whole_number
from backend.domain.tabular.layout import Slot
from backend.domain.tabular.rows import Row, at
from backend.domain.tabular.tables import Table

if TYPE_CHECKING:
    from backend.domain.tabular.rosters import RosterPerson

_SHARED = [
    "household_no",
    "guarantee_mode",
    "status",
    "stop_on",
    "stop_reason",
    "start_on",
    "period",
    "valid_until",
    "covered_size",
    "family_size",
    "village",
    "group",
    "address",
    "area_code",
    "category",
]
_WHOLE = re.compile(r"整户|整家|全户|全家|按户|户保|整体|^户$")
_SINGLE = re.compile(r"单人|单户|个人|按人|人保|部分|^人$|单独|个体")


class Household:
    """Knows which cells belong to the household, and carries them down to its other rows."""

    def __init__(self, table: Table, main: Slot | None, kind: str) -> None:
        self.table, self.main = table, main
        self.head = table.layout.slot("head")
        facts = table.layout.facts
        self.is_long = kind == "dibao" and self._has_row_per_member()
        positions = [facts[name] for name in _SHARED if name in facts]
        if self.head is not None and self.head is not main:
            positions += [p for p in (self.head.name, *self.head.ids) if p is not None]
        self.shared = sorted(set(positions))
        self.last: list[Cell] = []

    def _has_row_per_member(self) -> bool:
        if self.main is None:
            return False
        if self.head is not None and self.head is not self.main:
            return True
        relations = self.main.relation
        if relations is not None and "户主" in self.table.layout.heading(relations):
            return True
        if relations is not None and self.table.layout.columns[relations].evidence.relation >= 0.6:
            return True
        place = self.table.layout.facts.get("household_no")
        if place is None:
            return False
        keys = [compact(at(row.cells, place)) for row in self.table.rows[:2000]]
        return len(set(keys)) < 0.9 * len(keys)

    def complete(self, row: Row) -> list[Cell]:
        """The cells of a row, the household's blanks filled from the row above it."""
        cells = row.cells
        if not self.is_long:
            return cells
        if self.last and self._continues(cells):
            cells = [*cells, *[None] * (len(self.last) - len(cells))]
            for place in self.shared:
                if place < len(self.last) and is_blank(at(cells, place)):
                    cells[place] = self.last[place]
        self.last = cells
        return cells

    def _continues(self, cells: list[Cell]) -> bool:
        place = self.table.layout.facts.get("household_no")
        if self.head is not None and self.head is not self.main:
            heads = [p for p in (*self.head.ids, self.head.name) if p is not None]
            now = [compact(at(cells, p)) for p in heads]
            return not any(now) or now == [compact(at(self.last, p)) for p in heads]
        if place is not None:
            key = compact(at(cells, place))
            return not key or key == compact(at(self.last, place))
        relation = compact(at(cells, self.main.relation if self.main else None))
        return bool(relation) and not re.match(r"^(?:户主|本人)$", relation)

    def key(self, cells: list[Cell]) -> str:
        """What the rows of one household share: certificate number, else the head's number or name."""
        key = self.table.value(cells, "household_no")
        if not is_blank(key):
            return compact(key)
        if self.head is None:
            return ""
        places = (*self.head.ids, self.head.name)
        return next((compact(at(cells, p)) for p in places if p is not None and not is_blank(at(cells, p))), "")

    def is_whole(self, cells: list[Cell], listed: int) -> bool | None:
        """整户保 True, 单人保 False; without the word the head counts decide; None when nothing does."""
        mode = compact(self.table.value(cells, "guarantee_mode"))
        if _SINGLE.search(mode):
            return False
        if _WHOLE.search(mode):
            return True
        covered = whole_number(self.table.value(cells, "covered_size"))
        family = whole_number(self.table.value(cells, "family_size"))
        if not covered or not family:
            return None
        return covered >= family or (covered > 1 and covered == listed and not self.is_long)


def settle_households(people: "list[RosterPerson]", is_long: bool) -> "list[RosterPerson]":
    """Decide who is covered where a household has a row per member.

    A single person's guarantee (单人保) covers the one person listed, else the head or first row;
    a head who stands only in the head's columns receives with the whole household, not otherwise.
    """
    if not is_long:
        return [person._replace(role="self") if person.role == "covered" else person for person in people]
    rows_of: dict[str, set[int]] = {}
    heads: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for person in people:
        if person.role in ("self", "head", "member", "covered"):
            rows_of.setdefault(_group(person), set()).add(person.row)
            seen.add((_group(person), person.id_number or person.name))
            if person.role == "head":
                heads.setdefault(_group(person), person.row)
    settled = []
    for person in people:
        group = _group(person)
        if person.role == "listed_head":
            if (group, person.id_number or person.name) in seen:
                continue
            seen.add((group, person.id_number or person.name))
            role = "other" if person.is_whole_household is False else "head"
            settled.append(person._replace(role=role))
            continue
        if person.role == "covered":
            settled.append(person._replace(role="self"))
            continue
        if person.is_whole_household is False and person.role in ("self", "member"):
            first = heads.get(group, min(rows_of[group]))
            covered = len(rows_of[group]) == 1 or person.row == first
            settled.append(person._replace(role="self" if covered else "member"))
            continue
        settled.append(person)
    return settled


def _group(person: "RosterPerson") -> str:
    return person.household_key or f"row {person.row}"
