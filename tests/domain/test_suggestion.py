"""Hints by readable cases; tests/vectors/suggestion.json carries them to the phone in full."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import codebook, form, rulebook
from backend.codebook import HintVerdict
from backend.domain.suggestion import suggest
from tests.domain.suggestion_vectors import TARGET, TOLD, of_case, source
from tests.domain.test_income import JSON

BOOK = rulebook.rulebook()
ENTRY = {key: asked for key, (_, asked) in form.ENTRY_BY_KEY.items()}
QUESTIONS = form.BY_KEY | ENTRY
DERIVED = {"age"}
HEADS = {"all", "any", "in_turn", "not", "test", "some", "figure", "share_above", "parameter", "fact"}


@pytest.mark.parametrize("case", TOLD["cases"], ids=lambda case: case["name"])
def test_what_is_said_to_a_household(case):
    hints = {hint.rule: hint for hint in suggest(*of_case(case), BOOK)}
    says = case.get("says", {})
    assert {rule: hints[rule].verdict.label for rule in says if rule in hints} == says
    assert not set(case.get("silent", ())) & set(hints)
    for rule, keys in case.get("missing", {}).items():
        assert list(hints[rule].missing) == keys
    for rule, sentences in case.get("reasons", {}).items():
        assert set(sentences) <= {one.says for one in hints[rule].reasons}


def test_every_rule_is_told_with_two_verdicts_at_least():
    told = {}
    for case in TOLD["cases"]:
        for rule, verdict in case.get("says", {}).items():
            told.setdefault(rule, set()).add(verdict)
    assert {rule for rule in rulebook.rule_ids() if len(told.get(rule, ())) < 2} == set()


def test_the_phone_gets_the_same_cases():
    assert TARGET.read_text("utf-8") == source(), "run `python -m tests.domain.suggestion_vectors`"


def _parts(condition):
    """A condition and every condition inside it."""
    yield condition
    for head in ("all", "any", "in_turn"):
        for part in condition.get(head, ()):
            yield from _parts(part)
    for head in ("not", "where"):
        if head in condition:
            yield from _parts(condition[head])


CONDITIONS = [
    part
    for owner in (
        *(test["when"] for test in BOOK["tests"].values()),
        *(r["concerns"] for r in BOOK["rules"] if "concerns" in r),
    )
    for part in _parts(owner)
]


def test_every_condition_has_one_known_head_and_a_known_test():
    for part in CONDITIONS:
        assert len(HEADS & set(part)) == 1, part
        assert part.get("test") in {None, *BOOK["tests"]}


def test_every_fact_is_a_question_of_the_form():
    for part in CONDITIONS:
        key = part.get("fact", part.get("some"))
        assert key is None or key in DERIVED | {"members"} or key in QUESTIONS, part


def test_every_code_is_in_its_codebook():
    for part in CONDITIONS:
        wanted = part.get("in", part.get("has"))
        if not isinstance(wanted, list):
            continue
        book = QUESTIONS[part["fact"]].codes
        known = {member.value for member in getattr(codebook, book)} if book else {"yes", "no"}
        assert set(wanted) <= known, part


def test_every_rule_says_why_by_which_clause_and_from_when():
    for rule in BOOK["rules"]:
        assert all(rule[key] for key in ("id", "title", "clause", "source"))
        assert date.fromisoformat(rule["from_on"])
        assert {rule.get("best", "yes"), rule.get("worst", "no")} <= {verdict.value for verdict in HintVerdict}
        for name in (*rule["must"], *rule.get("should", ()), *rule.get("tell", ())):
            assert {"about", "met", "unmet"} < set(BOOK["tests"][name]), name


def test_a_shipped_number_names_its_document_or_says_that_it_is_a_demo():
    for row in rulebook.shipped_parameters():
        assert 0 < len(row["source"]) <= 120
        assert len(row["key"]) <= 40
    demo = {row["key"] for row in rulebook.shipped_parameters() if row["source"].startswith("演示参数，非政策标准")}
    assert {"dibao_standard_fen", "monitor_range_fen", "employment_cost_percent", "fin_asset_cap"} <= demo


@given(st.dictionaries(st.sampled_from([*QUESTIONS, "members"]), JSON))
def test_no_answers_however_odd_break_a_hint(answers):
    for hint in suggest(answers, rulebook.shipped_on(date(2025, 7, 1)), date(2025, 7, 1), BOOK):
        assert hint.verdict != HintVerdict.LACK or hint.missing
        json.dumps(hint.missing)


@given(st.lists(st.dictionaries(st.sampled_from(list(QUESTIONS)), JSON), max_size=3))
def test_no_entries_however_odd_break_a_hint(entries):
    answers = {key: entries for key in ("members", "houses", "vehicles", "machines", "businesses", "obligors")}
    assert suggest({**TOLD["answers"], **answers}, rulebook.shipped_on(TOLD["day"]), TOLD["day"], BOOK)


@given(st.dictionaries(st.sampled_from(sorted(rulebook.hint_keys())), JSON))
def test_no_parameters_however_odd_break_a_hint(parameters):
    answers, shipped, day = of_case(TOLD["cases"][0])
    assert suggest(answers, {**shipped, **parameters}, day, BOOK)
