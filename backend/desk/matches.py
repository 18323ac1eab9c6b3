"""Two records side by side: only the characters that differ, the first six and the last four of a number show."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby

from backend import clock
from backend.desk.overseeing import is_overseeing
from backend.domain import identity
from backend.models import Area, Comparison, db

MASK, BREAK = "*", "\u200b"
FIRST, LAST = 6, 4


@dataclass(frozen=True)
class Mark:
    """A piece of text; `differs` pieces stand in a box."""

    text: str
    differs: bool


Marked = tuple[list[Mark], list[Mark]]


def compare_text(one: str, other: str) -> Marked:
    """Both texts in pieces, the pieces that the other does not have marked; equal lengths go place by place."""
    if len(one) == len(other):
        parts = [(differs, list(pair)) for differs, pair in groupby(zip(one, other, strict=True), _differs)]
        return tuple([Mark("".join(pair[n] for pair in part), differs) for differs, part in parts] for n in (0, 1))  # type: ignore[return-value]
    left: list[Mark] = []
    right: list[Mark] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if b > a:
            left.append(Mark(one[a:b], kind != "equal"))
        if d > c:
            right.append(Mark(other[c:d], kind != "equal"))
    return left, right


def _differs(pair: tuple[str, str]) -> bool:
    return pair[0] != pair[1]


def compare_number(one: str, other: str) -> Marked:
    """Two ID numbers: what is equal in the middle is masked, what differs is shown."""
    left, right = compare_text(one, other)
    return _mask(left, len(one)), _mask(right, len(other))


def _mask(marks: list[Mark], length: int) -> list[Mark]:
    """A narrow screen may break the line before the last four."""
    found, place = [], 0
    for mark in marks:
        shown = ""
        for char in mark.text:
            is_open = mark.differs or place < FIRST or place >= length - LAST
            shown += (BREAK if place == length - LAST else "") + (char if is_open else MASK)
            place += 1
        found.append(Mark(shown, mark.differs))
    return found


@dataclass(frozen=True)
class Match:
    """One finding for a person to look at; the pairs are (declared, on the roster)."""

    finding: Comparison
    names: Marked
    numbers: Marked
    places: Marked
    born_on: tuple[date | None, date | None]
    is_number_whole: bool


def _place(township: str | None, village: str | None, more: str = "") -> str:
    areas = [db.session.get(Area, code) for code in (township, village) if code]
    return "".join(area.short_name for area in areas if area) + more


def match_of(finding: Comparison) -> Match:
    """The finding with what is known on both sides."""
    declared, entry = finding.declaration, finding.roster_entry
    mine = declared.id_number or identity.clean_id(declared.id_raw or "")
    theirs = (entry.id_number or "") if entry else ""
    names = [declared.applicant_name, entry.name if entry else declared.applicant_name]
    name, listed = (identity.mask_name(one) if is_overseeing() else one for one in names)
    return Match(
        finding,
        compare_text(name, listed),
        compare_number(mine, theirs or mine),
        compare_text(
            _place(declared.township_code, declared.village_code),
            _place(entry.township_code, entry.village_code)
            if entry
            else _place(declared.township_code, declared.village_code),
        ),
        (identity.birth_of(mine) if len(mine) == 18 else None, identity.birth_of(theirs) if theirs else None),
        bool(identity.normalise_id(mine, clock.local(clock.now()).date()).number),
    )
