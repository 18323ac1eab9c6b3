"""亩数 × 亩产 × 单价, 头数 × 单价: what a crop or a herd brings when it is counted instead of guessed (DOMAIN §2.4, S3).

The amount of the line stays what was typed; this says what it would be. What it cost is asked beside it and taken off
by the sum (`COST_LINES`), so that nothing is subtracted twice. The phone's rules/produce.ts says the same;
tests/vectors/produce.json runs against both. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend import form
from backend.domain.income_entries import MOST_FEN, whole
from backend.form.money import FACTORS

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Produce:
    """The factors as {key: value}, the price last, and what they come to."""

    factors: dict[str, int | float]
    amount_fen: int


def produce_of(entry: Mapping[str, Any]) -> Produce | None:
    """What the factors of an income come to; None while one lacks or cannot be, and where it is no crop or herd.

    Never raises, whatever the entry holds.
    """
    code = entry.get("i_code")
    keys = FACTORS.get(code, ()) if isinstance(code, str) else ()
    amount, divisor = 1, 1
    for key in keys:
        part = _hundredths(entry.get(key), _most(key)) if _is_fraction(key) else whole(entry.get(key), _most(key))
        if part is None:
            return None
        amount *= part
        divisor *= HUNDRED if _is_fraction(key) else 1
    if not keys:
        return None
    amount = (2 * amount + divisor) // (2 * divisor)
    return Produce({key: entry[key] for key in keys}, amount) if amount <= MOST_FEN else None


def _most(key: str) -> int:
    return form.ENTRY_BY_KEY[key][1].maximum or 0


def _is_fraction(key: str) -> bool:
    return form.ENTRY_BY_KEY[key][1].is_fraction


def _hundredths(value: Any, most: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        return None
    return int(value * HUNDRED + 0.5)
