"""Which changes of a rule a county may make: what is wrong with one, and where it stands on the form; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend import codebook, form, rulebook
from backend.codebook import PARAMETER_BY_KEY, ParameterField, RuleAssistance
from backend.domain.county_rules import BEST, SENTENCES, WORST
from backend.domain.own_conditions import FITTING, Comparison, when_of, written_of
from backend.form.facts import Fact, facts_of

FACTS = facts_of(form.SECTIONS)
LONGEST = {"about": 40, "met": 40, "unmet": 60, "clause": 120, "source": 120, "title": 30}
MOST_CONDITIONS, MOST_ROWS = 3, 5
MOST_FEN = 10**12
Fault = tuple[str, str]


def named_tests() -> dict[str, Any]:
    """The shipped conditions that a rule may look at, by their names."""
    return {name: test for name, test in rulebook.rulebook()["tests"].items() if "about" in test}


def faults(rule_id: str, value: Any) -> list[Fault]:
    """What keeps `value` from changing the rule: (place on the form, complaint); {} is the shipped rule.

    Places: must, title, assistance, best, worst, clause; o1-about: a sentence of the first own condition; o1r2-fact: the
    fact of its second comparison; rule: nothing that the form could have made.
    """
    if value == {}:
        return []
    if not isinstance(value, dict) or not _has_shape(value):
        return [("rule", "rule_unfit")]
    found = [*_of_texts(rule_id, value), *_of_uses(rule_id, value), *_of_own(rule_id, value)]
    return found or ([] if set(value) <= _keys(rule_id) else [("rule", "rule_unfit")])


def _keys(rule_id: str) -> set[str]:
    own = {"title", "assistance"} if rule_id in rulebook.OWN_RULES else set()
    return {"must", "should", "best", "worst", "clause", "source", "tests", *own}


def _has_shape(value: Mapping[str, Any]) -> bool:
    lists = (value.get("must"), value.get("should"))
    are_names = all(isinstance(many, list) and all(isinstance(one, str) for one in many) for many in lists)
    own = value.get("tests")
    return are_names and isinstance(own, dict) and all(isinstance(test, dict) for test in own.values())


def _text_fault(text: Any, name: str) -> str:
    if not isinstance(text, str) or not text.strip():
        return f"rule_{name}"
    return f"rule_{name}_long" if len(text) > LONGEST[name] else ""


def _of_texts(rule_id: str, value: Mapping[str, Any]) -> Iterator[Fault]:
    is_own = rule_id in rulebook.OWN_RULES
    for name in ("clause", "source", *(("title",) if is_own else ())):
        if fault := _text_fault(value.get(name), name):
            yield name, fault
    if is_own and value.get("assistance") not in list(RuleAssistance):
        yield "assistance", "choose"
    if is_own and value.get("title") in [rule["title"] for rule in rulebook.rulebook()["rules"]]:
        yield "title", "rule_title_taken"
    for name, allowed in (("best", BEST), ("worst", WORST)):
        if value.get(name, allowed[0]) not in allowed:
            yield name, "choose"


def _of_uses(rule_id: str, value: Mapping[str, Any]) -> Iterator[Fault]:
    used = [*value["must"], *value["should"]]
    if not value["must"]:
        yield "must", "rule_must"
    if len(set(used)) < len(used):
        yield "must", "rule_twice"
    if not set(used) <= set(named_tests()) | set(value["tests"]):
        yield "must", "rule_test"
    if not set(value["tests"]) <= set(used):
        yield "must", "rule_unused"


def _of_own(rule_id: str, value: Mapping[str, Any]) -> Iterator[Fault]:
    own = value["tests"]
    if list(own) != [f"{rule_id}.{at}" for at in range(1, len(own) + 1)] or len(own) > MOST_CONDITIONS:
        yield "rule", "rule_unfit"
    taken = {test["about"] for test in named_tests().values()}
    for at, test in enumerate(own.values(), 1):
        for name in SENTENCES:
            if fault := _text_fault(test.get(name), name):
                yield f"o{at}-{name}", fault
        if str(test.get("about")) in taken:
            yield f"o{at}-about", "rule_about_taken"
        if test.get("met") and test.get("met") == test.get("unmet"):
            yield f"o{at}-unmet", "rule_same"
        taken.add(str(test.get("about")))
        yield from _of_when(f"o{at}", test.get("when"))


def _of_when(place: str, when: Any) -> Iterator[Fault]:
    written = written_of(when)
    if written is None or not 0 < len(written.rows) <= MOST_ROWS:
        yield f"{place}-join", "rule_rows"
        return
    found = [fault for at, row in enumerate(written.rows, 1) for fault in row_faults(f"{place}r{at}", row)]
    if any(row in written.rows[:at] for at, row in enumerate(written.rows)):
        found.append((f"{place}-join", "rule_row_twice"))
    yield from found or ([] if when_of(written, FACTS) == when else [(f"{place}-join", "rule_unfit")])


def row_faults(place: str, row: Comparison) -> list[Fault]:
    """What is wrong with one comparison."""
    fact = FACTS.get(row.fact)
    if fact is None:
        return [(f"{place}-fact", "rule_fact")]
    if row.operator not in FITTING[fact.kind]:
        return [(f"{place}-operator", "rule_operator")]
    return [] if _limit_fits(fact, row.limit) else [(f"{place}-value", f"rule_value_{_sort(fact)}")]


def _sort(fact: Fact) -> str:
    return fact.kind if fact.is_amount else "codes"


def _limit_fits(fact: Fact, limit: Any) -> bool:
    if isinstance(limit, dict):
        return limit.keys() == {"parameter"} and limit["parameter"] in {one.key for one in parameters_for(fact)}
    if fact.is_amount:
        is_number = isinstance(limit, int | float) and not isinstance(limit, bool)
        is_whole = isinstance(limit, int) or fact.is_fraction
        return is_number and is_whole and 0 <= limit < MOST_FEN
    known = codes_of(fact)
    is_list = isinstance(limit, list) and bool(limit) and all(isinstance(one, str) and one in known for one in limit)
    return is_list and len(set(limit)) == len(limit)


def codes_of(fact: Fact) -> list[str]:
    """The answers that a choice has."""
    return ["yes", "no"] if fact.kind == "yes_no" else [one.value for one in getattr(codebook, fact.codes)]


def parameters_for(fact: Fact) -> list[ParameterField]:
    """The parameters of the hints that a fact may be compared with: of its kind, codes of its codebook."""
    fields = [PARAMETER_BY_KEY[key] for key in PARAMETER_BY_KEY if key in rulebook.hint_keys()]
    if not fact.is_amount:
        return [one for one in fields if one.kind == "codes" and one.codes == fact.codes]
    return [one for one in fields if one.kind == ("yuan" if fact.kind == "money" else "number")]
