"""Which roster rows still stand when the offices send a newer month (DOMAIN 4.4).

A newer roster of the same kind that covers a township replaces the older one there; who is missing
from it was stopped with its month. 临时救助 is a ledger of payments: nothing replaces it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.domain.comparison import Listed


def current_people(
    people: "Iterable[Listed]", covered_months: Mapping[tuple[str, str], set[str]] | None = None
) -> "list[Listed]":
    """Rows of superseded rosters dropped, or turned into stopped ones; all others as they are.

    covered_months: (kind, township) → months, when not everybody of the rosters is in `people`.
    """
    everybody = list(people)
    months: dict[tuple[str, str], set[str]] = defaultdict(set, covered_months or {})
    present: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in everybody:
        if one.month and one.kind != "temporary":
            if covered_months is None:
                months[one.kind, one.township].add(one.month)
            if one.person:
                present[one.kind, one.month].add(one.person)
    kept = []
    for one in everybody:
        newer = sorted(month for month in months[one.kind, one.township] if one.month and month > one.month)
        if not newer or one.kind == "temporary":
            kept.append(one)
        elif one.person and not any(one.person in present[one.kind, month] for month in newer):
            kept.append(_stopped(one, newer[0]))
    return kept


def _stopped(one: "Listed", month: str) -> "Listed":
    if one.is_stopped:
        return one
    first = date(int(month[:4]), int(month[5:7]), 1)
    return replace(one, is_stopped=True, ended_on=first)
