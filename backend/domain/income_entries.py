"""What S1, S3 and S4 of the 核查表 say, as entries with an amount, or as the keys that are missing.

Keys: living_size; has_income, incomes[{i_code, i_member, i_amount_fen | i_monthly_fen × i_months, i_cost_fen}];
has_expenses, expenses[{x_code, x_member, x_amount_fen | x_total_fen − x_settled_fen, x_paid_back_fen,
x_is_receipted}]. Where has_… says "no" the list counts for nothing, whatever is left in it; an empty one is answered
only there. x_paid_back_fen (what others paid or gave for it) may be absent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.codebook import COST_LINES, ExpenseLine, IncomeLine

# Ten million yuan; beyond it a number was mistyped, and a phone could no longer add it exactly.
MOST_FEN = 1_000_000_000
MOST_PEOPLE = 99


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount of a line, in fen, never negative; `place` is its key. `months` 0 where nobody said."""

    code: str
    amount_fen: int
    member: str = ""
    months: int = 0
    is_receipted: bool = False
    place: str = ""


def whole(value: Any, most: int = MOST_FEN) -> int | None:
    """`value` as a whole number from 0 to `most`; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most or value != int(value):
        return None
    return int(value)


def people_of(answers: Mapping[str, Any]) -> tuple[int, tuple[str, ...]]:
    """How many live together (57号 第7条), or 0 and the missing key."""
    people = whole(answers.get("living_size"), MOST_PEOPLE)
    return (people, ()) if people else (0, ("living_size",))


def entries_of(answers: Mapping[str, Any]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """S3 as entries, costs asked beside an income among them; and the missing keys."""
    found: list[Entry] = []
    missing: list[str] = []
    known = {line.value for line in IncomeLine}
    for place, one in _listed(answers, "incomes", "has_income", missing):
        code, amount = one.get("i_code"), _earned(one)
        if not isinstance(code, str) or code not in known:
            missing.append(f"{place}.i_code")
        elif amount is None:
            missing.append(f"{place}.i_amount_fen")
        else:
            months = whole(one.get("i_months"), 12) or 0
            found.append(Entry(code, amount, _text(one.get("i_member")), months, place=place))
            found += _costs(one, code, place, missing)
    return tuple(found), tuple(missing)


def expenses_of(answers: Mapping[str, Any]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """S4 as entries, less what was paid back, and the missing keys."""
    found: list[Entry] = []
    missing: list[str] = []
    known = {line.value for line in ExpenseLine}
    for place, one in _listed(answers, "expenses", "has_expenses", missing):
        code, amount = one.get("x_code"), spent_of(one)
        back = 0 if one.get("x_paid_back_fen") is None else whole(one["x_paid_back_fen"])
        if not isinstance(code, str) or code not in known:
            missing.append(f"{place}.x_code")
        elif amount is None or back is None:
            missing.append(f"{place}.{'x_amount_fen' if amount is None else 'x_paid_back_fen'}")
        else:
            is_receipted = one.get("x_is_receipted") == "yes"
            found.append(Entry(code, max(0, amount - back), _text(one.get("x_member")), 0, is_receipted, place))
    return tuple(found), tuple(missing)


def _listed(answers: Mapping[str, Any], key: str, has: str, missing: list[str]) -> list[tuple[str, dict[str, Any]]]:
    if answers.get(has) == "no":
        return []
    listed = answers.get(key)
    if not isinstance(listed, list) or not listed:
        missing.append(key)
        return []
    missing += [f"{key}.{index}" for index, one in enumerate(listed) if not isinstance(one, dict)]
    return [(f"{key}.{index}", one) for index, one in enumerate(listed) if isinstance(one, dict)]


def _earned(one: dict[str, Any]) -> int | None:
    if one.get("i_amount_fen") is not None:
        return whole(one["i_amount_fen"])
    monthly, months = whole(one.get("i_monthly_fen")), whole(one.get("i_months"), 12)
    return None if monthly is None or months is None else monthly * months


def spent_of(one: Mapping[str, Any]) -> int | None:
    """What was paid for oneself: as said, or a hospital bill less what was settled."""
    if one.get("x_amount_fen") is not None or one.get("x_code") != ExpenseLine.M1:
        return whole(one.get("x_amount_fen"))
    total, settled = whole(one.get("x_total_fen")), whole(one.get("x_settled_fen"))
    return None if total is None or settled is None else max(0, total - settled)


def _costs(one: dict[str, Any], code: str, place: str, missing: list[str]) -> list[Entry]:
    if code not in COST_LINES or one.get("i_cost_fen") is None:
        return []
    cost = whole(one["i_cost_fen"])
    if cost is None:
        missing.append(f"{place}.i_cost_fen")
        return []
    return [Entry(COST_LINES[code], cost)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
