"""The rules of the hints as a county has changed them: one dated parameter a rule, `rule_<id>` (DOMAIN §3.4).

Its value is {} (the rule as it is shipped; none, where the county wrote it) or
  {must: [test], should: [test], best?: yes | maybe, worst?: no | maybe, clause, source,
   tests: {"<id>.<n>": {about, met, unmet, when}}}     and of a rule of the county's own: title, assistance
Pure; the phone applies the same (frontend/field/src/rules/county_rules.ts). What cannot be read changes nothing.
"""

from collections.abc import Mapping
from typing import Any

Book = Mapping[str, Any]
PREFIX = "rule_"
SENTENCES = ("about", "met", "unmet")
OPERATORS = ("in", "has", "at_least", "at_most", "above")
BEST, WORST = ("yes", "maybe"), ("no", "maybe")


def rule_key(rule_id: str) -> str:
    """The parameter that changes a rule."""
    return f"{PREFIX}{rule_id}"


def book_of(rulebook: Book, parameters: Mapping[str, Any]) -> Book:
    """The rulebook with what the county's parameters make of it; the shipped one itself where they say nothing.

    A changed rule has `changed_by`, its parameter's key; a test of the county's own `is_own`.
    """
    shipped = {rule["id"]: rule for rule in rulebook["rules"]}
    given = ((key.removeprefix(PREFIX), value) for key, value in sorted(parameters.items()) if key.startswith(PREFIX))
    changed = {one: value for one, value in given if is_readable(value, one, rulebook)}
    if not changed:
        return rulebook
    own = {name: {**test, "is_own": True} for value in changed.values() for name, test in value["tests"].items()}
    rules = [_changed(rule, changed[one]) if one in changed else rule for one, rule in shipped.items()]
    added = [_changed({"id": one, "from_on": ""}, value) for one, value in changed.items() if one not in shipped]
    return {"tests": {**rulebook["tests"], **own}, "rules": [*rules, *added]}


def _changed(rule: Book, value: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "must",
        "should",
        "best",
        "worst",
        "clause",
        "source",
        *(() if "title" in rule else ("title", "assistance")),
    )
    kept = {key: one for key, one in rule.items() if key not in ("should", "best", "worst")}
    return {**kept, **{key: value[key] for key in names if key in value}, "changed_by": rule_key(rule["id"])}


def is_readable(value: Any, rule_id: str, rulebook: Book) -> bool:
    """Whether this program can apply a change of a rule. {} is none."""
    if not isinstance(value, dict) or not isinstance(value.get("tests"), dict):
        return False
    is_shipped = any(rule["id"] == rule_id for rule in rulebook["rules"])
    texts = ("clause", "source", *(() if is_shipped else ("title", "assistance")))
    must, should, own = value.get("must"), value.get("should"), value["tests"]
    return (
        all(_is_text(value.get(name)) for name in texts)
        and value.get("best", "yes") in BEST
        and value.get("worst", "no") in WORST
        and all(name.startswith(f"{rule_id}.") and _is_test(test) for name, test in own.items())
        and isinstance(must, list) and len(must) > 0 and isinstance(should, list)
        and all(isinstance(one, str) and (one in own or "about" in rulebook["tests"].get(one, ())) for one in must + should)
    )  # fmt: skip


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_test(test: Any) -> bool:
    return isinstance(test, dict) and all(_is_text(test.get(name)) for name in SENTENCES) and _reads(test.get("when"))


def _reads(condition: Any) -> bool:
    """Whether it is made of comparisons alone: no named condition, so that none can end in itself."""
    match condition:
        case {"all": [_, *_] as parts, **rest} | {"any": [_, *_] as parts, **rest}:
            return not rest and all(_reads(part) for part in parts)
        case {"not": part, **rest}:
            return not rest and _reads(part)
        case {"some": str(), "where": part, **rest}:
            return not rest and _reads(part)
        case {"fact": str(), **rest}:
            return len(rest) == 1 and all(name in OPERATORS and _is_limit(limit) for name, limit in rest.items())
        case _:
            return False


def _is_limit(limit: Any) -> bool:
    match limit:
        case {"parameter": str(), **rest}:
            return not rest
        case list():
            return all(isinstance(one, str) for one in limit)
        case _:
            return isinstance(limit, int | float) and not isinstance(limit, bool)
