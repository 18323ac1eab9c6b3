"""How a test of the rules compared what was answered with what the county has set, line by line (DOMAIN §3.1).

Only facts that stand beside a dated parameter, or in a condition of the county's own: the figures per head have their
steps in income.py. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from backend.domain.conditions import Condition, Scene, find, is_number, left_of, right_of

OPERATORS = ("in", "has", "at_least", "at_most", "above")


@dataclass(frozen=True, slots=True)
class Factor:
    """A number that a limit is the product of; `name` the key of a parameter or of an answer."""

    name: str
    is_parameter: bool
    value: Any


@dataclass(frozen=True, slots=True)
class Worked:
    """`fact` (a question's key) of `place` ("vehicles.0", or "" for the household) beside `limit`.

    `limit` is a number or a list of codes; `factors` what it is made of; `is_met`: whether the comparison holds.
    """

    fact: str
    place: str
    value: Any
    operator: str
    limit: Any
    factors: tuple[Factor, ...]
    is_met: bool


def worked(test: str, scene: Scene) -> list[Worked]:
    """The comparisons behind one test, in their order; what is not known yet is left out."""
    is_own = "is_own" in scene.tests[test]
    return [one for one in _of(scene.tests[test]["when"], scene) if one.factors or is_own]


def _of(condition: Condition, scene: Scene) -> Iterator[Worked]:
    for part in (*condition.get("all", ()), *condition.get("any", ())):
        yield from _of(part, scene)
    for part in condition.get("in_turn", ()):
        yield from _of(part, scene)
        if find(part, scene).is_met is not True:
            break
    if "not" in condition:
        yield from _of(condition["not"], scene)
    if "test" in condition:
        yield from _of(scene.tests[condition["test"]]["when"], scene)
    if "some" in condition:
        yield from _of_list(condition, scene)
    if "fact" in condition:
        yield from _of_fact(condition, scene)


def _of_list(condition: Condition, scene: Scene) -> Iterator[Worked]:
    key, listed = condition["some"], scene.answers.get(condition["some"])
    if not isinstance(listed, list):
        return
    inside = [replace(scene, item=one, place=f"{key}.{at}") for at, one in enumerate(listed) if isinstance(one, dict)]
    living = [one for one in inside if key != "members" or (one.item or {}).get("m_is_living") != "no"]
    for one in living:
        yield from _of(condition["where"], one)
    most, _, used = right_of(condition.get("more_than", 0), scene)
    states = [find(condition["where"], one).is_met for one in living]
    if used and is_number(most) and None not in states:
        count = states.count(True)
        yield Worked(key, "", count, "at_most", most, _factors(condition["more_than"], scene), count <= most)


def _of_fact(condition: Condition, scene: Scene) -> Iterator[Worked]:
    operator = next(name for name in OPERATORS if name in condition)
    wanted = condition[operator]
    value, lacking = left_of(condition["fact"], scene)
    limit, unknown, _ = right_of(wanted, scene)
    is_met = find(condition, scene).is_met
    if not lacking and not unknown and is_met is not None:
        yield Worked(condition["fact"], scene.place, value, operator, limit, _factors(wanted, scene), is_met)


def _factors(wanted: Any, scene: Scene) -> tuple[Factor, ...]:
    parts = wanted.get("times", [wanted]) if isinstance(wanted, dict) else []
    return tuple(
        Factor(part.get("parameter") or part["fact"], "parameter" in part, right_of(part, scene)[0]) for part in parts
    )
