"""Conditions of backend/reference/rules.yaml on the answers of a visit: true, false, or not known and why.

A condition is a mapping with one of these heads:
  all, any: [conditions]           not: condition           test: name of a shared condition
  in_turn: [conditions]            like all, but what comes after the first unknown is not asked for yet
  some: list, where: condition     at least one entry (of members: one who lives there; of all
                                   that are written down with whoever: all), or
                                   more_than: a number or {parameter: key}; none where has_<list> says "no";
                                   of: key of the number there are, what is not listed yet is not known
  fact: key, in | has | at_least | at_most | above: value, {parameter: key} or {fact: key}
  figure: name of a sum, below: parameter, percent: parameter    compared without rounding
  share_above: parameter           S4 of twelve months in per cent of the income before costs
  parameter: key, is: value
Pure; the phone reads the same conditions (frontend/field/src/rules/conditions.ts).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from backend.domain.identity import age_on, birth_of, normalise_id
from backend.domain.income import Income

Condition = Mapping[str, Any]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure beside the line it was compared with, in fen per head (permille for the share)."""

    figure: str
    value: int
    limit: int
    parameter: str


@dataclass(frozen=True, slots=True)
class Finding:
    """is_met None: not known, because of `missing` (keys of answers, or parameters.<key>)."""

    is_met: bool | None
    missing: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What a condition may look at. `item` and `place` are the entry of a list that is being looked at."""

    answers: Mapping[str, Any]
    parameters: Mapping[str, Any]
    income: Income
    tests: Mapping[str, Condition]
    day: date
    item: Mapping[str, Any] | None = None
    place: str = ""


def find(condition: Condition, scene: Scene) -> Finding:
    """Whether a condition holds in a scene. Raises KeyError for a condition of no known shape."""
    if "all" in condition:
        return _joined([find(part, scene) for part in condition["all"]], decisive=False)
    if "in_turn" in condition:
        return _in_turn(condition["in_turn"], scene)
    if "any" in condition:
        return _joined([find(part, scene) for part in condition["any"]], decisive=True)
    if "not" in condition:
        return _turned(find(condition["not"], scene))
    if "test" in condition:
        return find(scene.tests[condition["test"]]["when"], scene)
    if "some" in condition:
        return _some(condition, scene)
    if "figure" in condition:
        return _figure(condition, scene)
    if "share_above" in condition:
        return _share(condition["share_above"], scene)
    if "parameter" in condition:
        value, lacking, used = right_of(condition, scene)
        is_met = isinstance(value, bool) == isinstance(condition["is"], bool) and value == condition["is"]
        return Finding(None, lacking, (), used) if lacking else Finding(is_met, (), (), used)
    return _fact(condition, scene)


def _joined(parts: Sequence[Finding], *, decisive: bool) -> Finding:
    """`all` ends with the first false, `any` with the first true; what is not known matters only otherwise."""
    compared = tuple(one for part in parts for one in part.compared)
    parameters = tuple(dict.fromkeys(key for part in parts for key in part.parameters))
    states = [part.is_met for part in parts]
    if decisive in states:
        return Finding(decisive, (), compared, parameters)
    if None in states:
        missing = tuple(dict.fromkeys(key for part in parts if part.is_met is None for key in part.missing))
        return Finding(None, missing, compared, parameters)
    return Finding(not decisive, (), compared, parameters)


def _in_turn(conditions: Sequence[Condition], scene: Scene) -> Finding:
    parts = [find(part, scene) for part in conditions]
    joined = _joined(parts, decisive=False)
    first = next((part.missing for part in parts if part.is_met is None), ())
    return joined if joined.is_met is not None else replace(joined, missing=first)


def _turned(found: Finding) -> Finding:
    is_met = None if found.is_met is None else not found.is_met
    return Finding(is_met, found.missing, found.compared, found.parameters)


def _some(condition: Condition, scene: Scene) -> Finding:
    key = condition["some"]
    listed = scene.answers.get(key)
    most, _, used = right_of(condition.get("more_than", 0), scene)
    if not is_number(most):
        return Finding(None, tuple(f"parameters.{one}" for one in used), (), used)
    if scene.answers.get(f"has_{key}") == "no":
        return Finding(False, (), (), used)
    if not isinstance(listed, list) or not listed:
        return Finding(None, (key,))
    found = [_of_item(condition, scene, f"{key}.{index}", item) for index, item in enumerate(listed)]
    met = sum(one.is_met is True for one in found)
    joined = _joined(found, decisive=True)
    used = (*used, *joined.parameters)
    if met > most:
        return Finding(True, (), joined.compared, used)
    unknown = [one for one in found if one.is_met is None]
    size: Any = scene.answers.get(condition["of"]) if "of" in condition else 0
    unlisted = (condition["of"],) if not is_number(size) else (key,) if len(listed) < size else ()
    if met + len(unknown) <= most and not unlisted:
        return Finding(False, (), joined.compared, used)
    return Finding(None, (*(key for one in unknown for key in one.missing), *unlisted), joined.compared, used)


def _of_item(condition: Condition, scene: Scene, place: str, item: Any) -> Finding:
    if not isinstance(item, dict):
        return Finding(None, (place,))
    is_away = condition["some"] == "members" and item.get("m_is_living") == "no"
    if is_away and condition.get("whoever") != "all":
        return Finding(False)
    return find(condition["where"], replace(scene, item=item, place=place))


def _fact(condition: Condition, scene: Scene) -> Finding:
    value, lacking = left_of(condition["fact"], scene)
    operator = next(name for name in ("in", "has", "at_least", "at_most", "above") if name in condition)
    wanted, unknown, used = right_of(condition[operator], scene)
    is_met = None if lacking or unknown else _holds(operator, value, wanted)
    if is_met is None:
        # An answer of another shape than the question's is as good as none.
        missing = (*lacking, *unknown) or (_key(condition["fact"], scene),)
        return Finding(None, missing, (), used)
    return Finding(is_met, (), (), used)


def _holds(operator: str, value: Any, wanted: Any) -> bool | None:
    if operator in ("in", "has"):
        if not isinstance(wanted, list) or isinstance(value, list) != (operator == "has"):
            return None
        return any(one in wanted for one in value) if operator == "has" else value in wanted
    if not is_number(value) or not is_number(wanted):
        return None
    if operator == "above":
        return bool(value > wanted)
    return bool(value >= wanted) if operator == "at_least" else bool(value <= wanted)


def is_number(value: Any) -> bool:
    """Whether it can be compared; yes and no are no numbers."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _key(fact: str, scene: Scene) -> str:
    name = "m_birth_on" if fact == "age" else fact
    return f"{scene.place}.{name}" if scene.place else name


def left_of(fact: str, scene: Scene) -> tuple[Any, tuple[str, ...]]:
    """What was answered to a fact where the scene looks, and its key where nothing was."""
    if fact == "age":
        value: Any = age_of(scene.item or {}, scene.day)
    else:
        value = (scene.answers if scene.item is None else scene.item).get(fact)
    is_empty = value is None or value in ("", [], {})
    return value, (_key(fact, scene),) if is_empty else ()


def right_of(wanted: Any, scene: Scene) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """A literal, or the value of a parameter or product of them; what lacks for it; the parameters used."""
    if not isinstance(wanted, dict):
        return wanted, (), ()
    if "times" in wanted:
        factors = [right_of(factor, scene) for factor in wanted["times"]]
        missing = tuple(key for _, lacking, _ in factors for key in lacking)
        used = tuple(key for _, _, keys in factors for key in keys)
        product = 1
        for value, _, _ in factors:
            product = product * value if is_number(value) else product
        return product, missing, used
    if "fact" in wanted:
        value = scene.answers.get(wanted["fact"])
        return value, () if is_number(value) else (wanted["fact"],), ()
    key = wanted["parameter"]
    value = scene.parameters.get(key)
    return value, () if value is not None else (f"parameters.{key}",), (key,)


def _figure(condition: Condition, scene: Scene) -> Finding:
    """Per head below a line: total × 100 < line × per cent × people, so that rounding decides nothing."""
    name = _basis(scene) if condition["figure"] == "monitor_range" else condition["figure"]
    keys = [condition["below"], *([condition["percent"]] if "percent" in condition else [])]
    missing = [f"parameters.{key}" for key in keys if not is_number(scene.parameters.get(key))]
    sum_of = getattr(scene.income, name)
    if sum_of is None or missing:
        return Finding(None, (*scene.income.missing.get(name, ()), *missing), (), tuple(keys))
    line = scene.parameters[keys[0]] * (scene.parameters[keys[1]] if len(keys) > 1 else 100)
    compared = Compared(name, sum_of.per_head_fen, int(line // 100), keys[0])
    return Finding(sum_of.total_fen * 100 < line * sum_of.people, (), (compared,), tuple(keys))


def _basis(scene: Scene) -> str:
    return "monitor_after" if scene.parameters.get("monitor_basis") == "reference" else "monitor"


def _share(key: str, scene: Scene) -> Finding:
    income, percent = scene.income, scene.parameters.get(key)
    missing = list(income.missing.get("rigid_share", ()))
    if not is_number(percent):
        missing.append(f"parameters.{key}")
    if missing or income.rigid_fen is None or income.gross_fen is None or percent is None:
        return Finding(None, tuple(missing), (), (key,))
    share = income.rigid_permille
    compared = () if share is None else (Compared("rigid_share", share, int(percent * 10), key),)
    return Finding(income.rigid_fen * 100 > percent * income.gross_fen, (), compared, (key,))


def age_of(member: Mapping[str, Any], day: date) -> int | None:
    """Full years on `day`, from the day of birth or else from the ID number."""
    born = member.get("m_birth_on")
    if isinstance(born, str) and born:
        try:
            return age_on(date.fromisoformat(born), day) if DAY.fullmatch(born) else None
        except ValueError:
            return None
    number = member.get("m_id_number")
    known = birth_of(normalise_id(number, day).number) if isinstance(number, str) else None
    return age_on(known, day) if known else None
