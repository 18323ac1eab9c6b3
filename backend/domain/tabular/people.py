"""The people of one row: names and numbers out of their cells, several to a cell when need be."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from backend.domain.identity import IdNumber, normalise_id
from backend.domain.tabular.cells import Cell, compact, is_blank, text_of
from backend.domain.tabular.layout import Slot
from backend.domain.tabular.rows import at

_ID_IN_TEXT = re.compile(r"(?<!\d)(\d{17}[\dXx](?:[1-7][1-4](?:[Bb]\d)?)?|\d{15})(?!\d)")
_NAME_IN_TEXT = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,8}")
_NOT_A_NAME = re.compile(
    r"身份证号?码?|公民|号码?$|姓名|之?[长次]?[子女]$|配偶|妻子?$|丈夫|父亲|母亲|本人|户主|与.*关系|证件|残疾证"
)


class Person(NamedTuple):
    """Who stands in a slot of a row; `place` is the column of the number, for the row's problems."""

    name: str
    id: IdNumber
    relation: str
    covered: str
    place: int | None


NO_ID = normalise_id(None, date.max)


@lru_cache(maxsize=200_000)
def _understood(cell: str, today: date) -> IdNumber:
    return normalise_id(cell, today)


def understand_id(cell: Cell, today: date) -> IdNumber:
    """`normalise_id`, remembered for text: the same head stands in many rows."""
    return _understood(cell, today) if isinstance(cell, str) else normalise_id(cell, today)


def person_in(slot: Slot, row: list[Cell], today: date) -> Person | None:
    """The person of a slot; the ID column first, the disability card when it holds no number."""
    name_cell = at(row, slot.name)
    if not name_cell and not any(at(row, position) for position in (*slot.ids, *slot.cards)):
        return None
    name = "" if is_blank(name_cell) else compact(name_cell)
    best, place = NO_ID, next(iter([*slot.ids, *slot.cards]), None)
    for position in [*slot.ids, *slot.cards]:
        cell = at(row, position)
        if is_blank(cell):
            continue
        seen = understand_id(cell, today)
        if seen.number or (best.fault == "missing" and seen.fault != "missing"):
            best, place = seen, position
        if seen.number:
            break
    if not name and place is not None and slot.name is None:
        name = _name_beside(at(row, place))
    if not name and best.fault == "missing":
        return None
    relation, covered = compact(at(row, slot.relation)), compact(at(row, slot.covered))
    return Person(name, best, relation, covered, place)


def _name_beside(cell: Cell) -> str:
    found = _NAME_IN_TEXT.search(_NOT_A_NAME.sub("", compact(cell))) if isinstance(cell, str) else None
    return found[0] if found else ""


def people_in_text(cell: Cell, today: date) -> list[Person]:
    """马小红620599…，李明620599…（之子）: one person for every number in the text."""
    text = text_of(cell)
    if not text or not _ID_IN_TEXT.search(text):
        return []
    people, start = [], 0
    for found in _ID_IN_TEXT.finditer(text):
        before = re.split(r"[;；\n]", text[start : found.start()])[-1]
        names = [name for name in _NAME_IN_TEXT.findall(before) if not _NOT_A_NAME.search(name)]
        people.append(Person(names[-1] if names else "", understand_id(found[1], today), "", "", None))
        start = found.end()
    return people
