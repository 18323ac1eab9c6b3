"""What the pages on rules show: a rule in words, what a change makes of it, the choices of its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend import rulebook
from backend.codebook import PARAMETER_BY_KEY, Operator, RuleJoin
from backend.desk.answers import in_yuan, label_of
from backend.desk.forms import Form
from backend.desk.rule_rows import counts
from backend.domain import parameters
from backend.domain.county_rules import PREFIX, book_of, rule_key
from backend.domain.own_conditions import FITTING, Comparison, written_of
from backend.domain.rule_values import FACTS, codes_of, named_tests, parameters_for
from backend.form.facts import Fact
from backend.models import Area


@dataclass(frozen=True)
class RowWords:
    """One comparison: 车 · 现值 多于 50,000 元. `words` are the parts of the limit; yes and no stay codes."""

    fact: Fact
    operator: str
    words: tuple[str, ...]
    is_parameter: bool


@dataclass(frozen=True)
class ConditionWords:
    """A condition of a rule; `rows` of the county's own, with how they are joined."""

    about: str
    met: str
    unmet: str
    join: str
    is_turned: bool
    rows: tuple[RowWords, ...]


@dataclass(frozen=True)
class RuleWords:
    """A rule as it is read."""

    title: str
    must: tuple[ConditionWords, ...]
    should: tuple[ConditionWords, ...]
    best: str
    worst: str
    clause: str
    source: str


def rule_words(key: str, value: Any) -> RuleWords | None:
    """The rule that a parameter's value makes; the shipped one for {} or None, None where there is none."""
    book = book_of(rulebook.rulebook(), {key: value})
    rule = rule_in(book, key.removeprefix(PREFIX))
    return words_of_rule(rule, book["tests"]) if rule else None


def rule_in(book: Mapping[str, Any], rule_id: str) -> Mapping[str, Any] | None:
    """The rule of a rulebook with this id."""
    return next((rule for rule in book["rules"] if rule["id"] == rule_id), None)


def words_of_rule(rule: Mapping[str, Any], tests: Mapping[str, Any]) -> RuleWords:
    """A rule of a rulebook as it is read."""
    must, should = (tuple(_condition(tests[name]) for name in rule.get(use, ())) for use in ("must", "should"))
    best, worst = (label_of("HintVerdict", rule.get(key, plain)) for key, plain in (("best", "yes"), ("worst", "no")))
    return RuleWords(rule["title"], must, should, best, worst, rule["clause"], rule["source"])


def _condition(test: Mapping[str, Any]) -> ConditionWords:
    written = written_of(test["when"]) if test.get("is_own") else None
    rows = tuple(_row(row) for row in written.rows if row.fact in FACTS) if written else ()
    join = RuleJoin(written.join).label if written else ""
    return ConditionWords(test["about"], test["met"], test["unmet"], join, bool(written and written.is_turned), rows)


def _row(row: Comparison) -> RowWords:
    fact = FACTS[row.fact]
    is_parameter = isinstance(row.limit, dict)
    return RowWords(fact, Operator(row.operator).label, tuple(_limit(row.limit, fact)), is_parameter)


def _limit(limit: Any, fact: Fact) -> list[str]:
    if isinstance(limit, dict):
        return [PARAMETER_BY_KEY[limit["parameter"]].label]
    if isinstance(limit, list):
        return [label_of(fact.codes, one) if fact.codes else str(one) for one in limit]
    return [in_yuan(limit) if fact.kind == "money" else str(limit)]


def book_on(area: Area, day: date) -> Mapping[str, Any]:
    """The rulebook as it holds in an area on a day."""
    found = parameters.standing(rulebook.rule_keys(), on=day, area_code=area.code)
    return book_of(rulebook.rulebook(), {key: one.value for key, one in found.items()})


def words_on(area: Area, rule_id: str, day: date) -> RuleWords | None:
    """A rule as it holds in an area on a day; None for one of the county's own that is not written."""
    book = book_on(area, day)
    rule = rule_in(book, rule_id)
    return words_of_rule(rule, book["tests"]) if rule else None


@dataclass(frozen=True)
class RowField:
    """One comparison on the form: `place` begins the names of its fields; what its fact may be compared with."""

    place: str
    fact: Fact | None
    operators: list[tuple[str, str]]
    codes: list[tuple[str, str]]
    parameters: list[tuple[str, str]]


def row_fields(form: Form) -> list[list[RowField]]:
    """The comparisons of each own condition."""
    return [[_field(form, f"o{at}r{row}") for row in range(1, many + 1)] for at, many in enumerate(counts(form), 1)]


def _field(form: Form, place: str) -> RowField:
    fact = FACTS.get(form.value(f"{place}-fact"))
    if fact is None:
        return RowField(place, None, [], [], [])
    codes = (
        [] if fact.is_amount else [(one, label_of(fact.codes, one) if fact.codes else one) for one in codes_of(fact)]
    )
    operators = [(one.value, one.label) for one in FITTING[fact.kind]]
    return RowField(place, fact, operators, codes, [(one.key, one.label) for one in parameters_for(fact)])


def fact_groups() -> dict[str, list[Fact]]:
    """The facts that may be compared, by section or list, in the order of the form."""
    groups: dict[str, list[Fact]] = {}
    for fact in FACTS.values():
        groups.setdefault(fact.group, []).append(fact)
    return groups


def used_first(form: Form) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(name, what it is about) of the named conditions that the form looks at, and of the others."""
    all_of_them = [(name, test["about"]) for name, test in named_tests().items()]
    used = [one for one in all_of_them if form.value(f"u-{one[0]}") in ("must", "should")]
    return used, [one for one in all_of_them if one not in used]


def is_changed(area: Area, rule_id: str, day: date) -> bool:
    """Whether the county's own rule or change of a rule holds on a day."""
    rule = rule_in(book_on(area, day), rule_id)
    return rule is not None and rule.get("changed_by") == rule_key(rule_id)
