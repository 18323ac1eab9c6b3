"""A condition that a county wrote itself: up to five plain comparisons, and what backend/domain/conditions.py reads.

Comparisons of one list (members, houses …) speak of the same entry of it. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend.codebook import Operator, RuleJoin
from backend.domain.conditions import Condition
from backend.form.facts import Fact

# Said by the opposite of what conditions.py knows.
OPPOSITES = {Operator.BELOW: "at_least", Operator.NOT_IN: "in", Operator.HAS_NOT: "has"}
PLAIN = {one.value: one for one in Operator if one not in OPPOSITES}
FITTING: dict[str, tuple[Operator, ...]] = {
    "number": (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW),
    "money": (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW),
    "choice": (Operator.IN, Operator.NOT_IN),
    "yes_no": (Operator.IN, Operator.NOT_IN),
    "choices": (Operator.HAS, Operator.HAS_NOT),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact beside `limit`: a number (money in fen), a list of codes, or {parameter: key}."""

    fact: str
    operator: str
    limit: Any


@dataclass(frozen=True, slots=True)
class Joined:
    """Comparisons as they are written; `is_turned`: it holds where they do not."""

    join: str
    is_turned: bool
    rows: tuple[Comparison, ...]


def when_of(written: Joined, facts: Mapping[str, Fact]) -> Condition:
    """The condition that says what was written. Every fact must be one of `facts`."""
    lists = dict.fromkeys(facts[row.fact].listed for row in written.rows)
    parts = [_of_list(listed, written, facts) for listed in lists]
    joined = {written.join: [part for many in parts for part in many]}
    return {"not": joined} if written.is_turned else joined


def _of_list(listed: str, written: Joined, facts: Mapping[str, Fact]) -> list[Condition]:
    parts = [_condition(row) for row in written.rows if facts[row.fact].listed == listed]
    return [{"some": listed, "where": {written.join: parts}}] if listed else parts


def _condition(row: Comparison) -> Condition:
    operator = OPPOSITES.get(Operator(row.operator))
    return {"not": {"fact": row.fact, operator: row.limit}} if operator else {"fact": row.fact, row.operator: row.limit}


def written_of(when: Any) -> Joined | None:
    """What was written for a condition, None for one that nobody can have written so."""
    is_turned = isinstance(when, dict) and set(when) == {"not"}
    inner = when["not"] if is_turned else when
    join = next((one.value for one in RuleJoin if isinstance(inner, dict) and set(inner) == {one.value}), None)
    if join is None or not isinstance(inner[join], list):
        return None
    rows = list(_rows(inner[join], join))
    return None if None in rows else Joined(join, is_turned, tuple(row for row in rows if row))


def _rows(parts: Iterable[Any], join: str) -> Iterator[Comparison | None]:
    for part in parts:
        where = part["where"] if isinstance(part, dict) and set(part) == {"some", "where"} else None
        if isinstance(where, dict) and set(where) == {join} and isinstance(where[join], list):
            yield from (_row(one) for one in where[join])
        else:
            yield _row(part)


def _row(part: Any) -> Comparison | None:
    is_opposite = isinstance(part, dict) and set(part) == {"not"}
    inner = part["not"] if is_opposite else part
    if not isinstance(inner, dict) or len(inner) != 2 or not isinstance(inner.get("fact"), str):
        return None
    name = next(name for name in inner if name != "fact")
    said = {told: one for one, told in OPPOSITES.items()} if is_opposite else PLAIN
    return Comparison(inner["fact"], said[name].value, inner[name]) if name in said else None
