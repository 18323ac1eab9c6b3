"""Hints: which assistance a household may qualify for, why, by which clause, and what is not known yet.

Never a verdict on a person (民发〔2021〕57号 第28条: nobody is included without application, survey and decision).
The rules are rows of backend/reference/rules.yaml with their dates, changed by the county's parameters; pure, and the phone gives the same hints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.codebook import HintVerdict
from backend.domain.conditions import Compared, Finding, Scene, find
from backend.domain.county_rules import book_of
from backend.domain.income import income_of

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One test of a rule: its name, what it found (None: not known) and the sentence that says so."""

    test: str
    is_met: bool | None
    says: str
    compared: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What one rule says. missing: keys of answers, or parameters.<key> that the county has not set;
    parameters: the keys that were looked at, so that a screen can say which are 演示参数."""

    rule: str
    title: str
    assistance: str
    verdict: HintVerdict
    clause: str
    source: str
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    parameters: tuple[str, ...]


def suggest(
    answers: Mapping[str, Any], parameters: Mapping[str, Any], day: date, rulebook: Mapping[str, Any]
) -> list[Hint]:
    """The hints of a day in the order of the rules, as the county has changed them; what plainly concerns nobody in
    the household is left out.

    rulebook: {"tests": {name: {about, met, unmet, when}}, "rules": [...]}; days in it are YYYY-MM-DD.
    """
    book = book_of(rulebook, parameters)
    scene = Scene(answers, parameters, income_of(answers, parameters, day), book["tests"], day)
    return [hint for rule in in_force(book["rules"], parameters, day) if (hint := _hint(rule, scene))]


def in_force(rules: Iterable[Rule], parameters: Mapping[str, Any], day: date) -> list[Rule]:
    """The rules that hold on a day (`until_on` is the last one) and that the county has not switched off."""
    off = rules_off(parameters)
    begun = [rule for rule in rules if rule["from_on"] <= day.isoformat() <= rule.get("until_on", "9999-12-31")]
    return [rule for rule in begun if rule["id"] not in off]


def rules_off(parameters: Mapping[str, Any]) -> list[Any]:
    """Ids of the rules that the county has switched off."""
    listed = parameters.get("rules_off")
    return listed if isinstance(listed, list) else []


def _hint(rule: Mapping[str, Any], scene: Scene) -> Hint | None:
    if "concerns" in rule and find(rule["concerns"], scene).is_met is False:
        return None
    must = {name: find({"test": name}, scene) for name in rule["must"]}
    should = {name: find({"test": name}, scene) for name in rule.get("should", ())}
    told = {name: found for name in rule.get("tell", ()) if (found := find({"test": name}, scene)).is_met}
    verdict = _verdict(rule, must, should)
    lacking = must if verdict == HintVerdict.LACK else {**must, **should} if verdict == HintVerdict.MAYBE else {}
    everything = {**must, **should, **told}
    changed_by = (rule["changed_by"],) if "changed_by" in rule else ()
    used = (key for found in everything.values() for key in found.parameters)
    return Hint(
        rule=rule["id"],
        title=rule["title"],
        assistance=rule["assistance"],
        verdict=verdict,
        clause=rule["clause"],
        source=rule["source"],
        reasons=tuple(_reason(name, found, scene) for name, found in everything.items()),
        missing=tuple(dict.fromkeys(key for found in lacking.values() for key in found.missing)),
        parameters=tuple(dict.fromkeys((*changed_by, *used))),
    )


def _verdict(rule: Mapping[str, Any], must: Mapping[str, Finding], should: Mapping[str, Finding]) -> HintVerdict:
    """不符合 beats 信息不足: one test that fails settles it. `worst` keeps a hint from saying 不符合 at all."""
    states = [found.is_met for found in must.values()]
    if False in states:
        return HintVerdict(rule.get("worst", HintVerdict.NO))
    if None in states:
        return HintVerdict.LACK
    is_whole = all(found.is_met for found in should.values())
    return HintVerdict(rule.get("best", HintVerdict.YES)) if is_whole else HintVerdict.MAYBE


def _reason(name: str, found: Finding, scene: Scene) -> Reason:
    test = scene.tests[name]
    says = test["about"] if found.is_met is None else test["met"] if found.is_met else test["unmet"]
    return Reason(name, found.is_met, says, found.compared)
