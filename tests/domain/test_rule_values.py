"""Which changes of a rule a county may propose, and what is said of the others."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import form, rulebook
from backend.codebook import Operator, RuleJoin
from backend.domain.county_rules import is_readable
from backend.domain.own_conditions import FITTING, Comparison, Joined, when_of, written_of
from backend.domain.rule_values import FACTS, codes_of, faults, parameters_for
from tests.domain.test_income import JSON

CATTLE = {"about": "家里的牛", "met": "牛不多", "unmet": "牛多", "when": {"all": [{"fact": "cattle", "at_most": 5}]}}
GOOD = {
    "must": ["savings", "DB-02.1"], "should": ["property_checked"], "best": "maybe", "clause": "张民发〔2026〕8号 第3条",
    "source": "张民发〔2026〕8号", "tests": {"DB-02.1": CATTLE},
}  # fmt: skip
OWN = GOOD | {"title": "养牛的户", "assistance": "temporary", "must": ["XZ-01.1"], "tests": {"XZ-01.1": CATTLE}}


def test_a_good_change_has_no_fault_and_can_be_read():
    assert faults("DB-02", GOOD) == []
    assert faults("XZ-01", OWN) == []
    assert faults("DB-02", {}) == faults("XZ-01", {}) == []
    assert is_readable(GOOD, "DB-02", rulebook.rulebook())
    assert is_readable(OWN, "XZ-01", rulebook.rulebook())


def with_row(fact, **limit):
    return {"tests": {"DB-02.1": CATTLE | {"when": {"all": [{"fact": fact, **limit}]}}}}


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"must": []}, ("must", "rule_must")),
        ({"must": ["savings", "savings", "DB-02.1"]}, ("must", "rule_twice")),
        ({"must": ["savings", "DB-02.1"], "should": ["savings"]}, ("must", "rule_twice")),
        ({"must": ["unheard_of", "DB-02.1"]}, ("must", "rule_test")),
        ({"must": ["minor", "DB-02.1"]}, ("must", "rule_test")),
        ({"must": ["savings"]}, ("must", "rule_unused")),
        ({"clause": " "}, ("clause", "rule_clause")),
        ({"clause": "长" * 121}, ("clause", "rule_clause_long")),
        ({"best": "lack"}, ("best", "choose")),
        ({"worst": "yes"}, ("worst", "choose")),
        ({"must": "savings"}, ("rule", "rule_unfit")),
        ({"title": "换个名字"}, ("rule", "rule_unfit")),
        ({"concerns": {}}, ("rule", "rule_unfit")),
        ({"tests": {"DB-02.1": CATTLE | {"about": ""}}}, ("o1-about", "rule_about")),
        ({"tests": {"DB-02.1": CATTLE | {"met": "长" * 41}}}, ("o1-met", "rule_met_long")),
        ({"tests": {"DB-02.1": CATTLE | {"about": "住房鉴定"}}}, ("o1-about", "rule_about_taken")),
        ({"tests": {"DB-02.1": CATTLE | {"unmet": "牛不多"}}}, ("o1-unmet", "rule_same")),
        ({"tests": {"DB-02.1": CATTLE | {"when": {"all": []}}}}, ("o1-join", "rule_rows")),
        ({"tests": {"DB-02.1": CATTLE | {"when": {"test": "DB-02.1"}}}}, ("o1-join", "rule_rows")),
        ({"tests": {"DB-02.1": CATTLE | {"when": {"all": [{"test": "savings"}]}}}}, ("o1-join", "rule_rows")),
        ({"tests": {"DB-02.1": CATTLE | {"when": {"all": CATTLE["when"]["all"] * 2}}}}, ("o1-join", "rule_row_twice")),
        (with_row("unheard_of", at_most=5), ("o1r1-fact", "rule_fact")),
        (with_row("head_id_number", has=["x"]), ("o1r1-fact", "rule_fact")),
        (with_row("cattle", has=["x"]), ("o1r1-operator", "rule_operator")),
        (with_row("m_health", at_most=5), ("o1r1-operator", "rule_operator")),
        (with_row("cattle", at_most=5.5), ("o1r1-value", "rule_value_number")),
        (with_row("cattle", at_most="5"), ("o1r1-value", "rule_value_number")),
        (with_row("cattle", at_most=True), ("o1r1-value", "rule_value_number")),
        (with_row("financial_assets_fen", at_most=-1), ("o1r1-value", "rule_value_money")),
        (with_row("financial_assets_fen", at_most={"parameter": "house_max"}), ("o1r1-value", "rule_value_money")),
        (with_row("house_grade", **{"in": []}), ("o1r1-value", "rule_value_codes")),
        (with_row("house_grade", **{"in": ["c", "c"]}), ("o1r1-value", "rule_value_codes")),
        (with_row("house_grade", **{"in": ["z"]}), ("o1r1-value", "rule_value_codes")),
        # A member's answer asked of the household would never be known.
        (with_row("m_labour", **{"in": ["none"]}), ("o1-join", "rule_unfit")),
    ],
)
def test_a_fault_is_named_with_its_place(wrong, fault):
    assert fault in faults("DB-02", deepcopy(GOOD) | wrong)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"title": ""}, ("title", "rule_title")),
        ({"title": "长" * 31}, ("title", "rule_title_long")),
        ({"title": "孤儿"}, ("title", "rule_title_taken")),
        ({"assistance": "pension"}, ("assistance", "choose")),
        ({"assistance": []}, ("assistance", "choose")),
    ],
)
def test_a_rule_of_the_county_s_own_has_a_title_and_says_what_it_is_about(wrong, fault):
    assert fault in faults("XZ-01", OWN | wrong)


@given(JSON | st.dictionaries(st.sampled_from(sorted(OWN)), JSON))
def test_no_value_however_odd_breaks_the_check(value):
    assert isinstance(faults("DB-02", value), list)
    assert isinstance(faults("XZ-01", value), list)
    odd = {"tests": {"DB-02.1": value}} if not isinstance(value, dict) else value
    assert isinstance(faults("DB-02", GOOD | odd), list)


@st.composite
def comparisons(draw):
    fact = FACTS[draw(st.sampled_from(sorted(FACTS)))]
    operator = draw(st.sampled_from(FITTING[fact.kind]))
    told = [{"parameter": one.key} for one in parameters_for(fact)]
    plain = (
        st.integers(0, 10**6) if fact.is_amount else st.lists(st.sampled_from(codes_of(fact)), min_size=1, unique=True)
    )
    return Comparison(fact.key, operator.value, draw(st.sampled_from(told) | plain if told else plain))


@given(
    st.lists(comparisons(), min_size=1, max_size=5, unique_by=lambda row: (row.fact, row.operator)),
    st.sampled_from(list(RuleJoin)),
    st.booleans(),
)
def test_what_was_written_is_read_again_and_can_be_proposed(rows, join, is_turned):
    written = Joined(join.value, is_turned, tuple(rows))
    when = when_of(written, FACTS)
    again = written_of(when)
    assert (again.join, again.is_turned, set(map(str, again.rows))) == (join.value, is_turned, set(map(str, rows)))
    value = GOOD | {"tests": {"DB-02.1": CATTLE | {"when": when}}}
    assert faults("DB-02", value) == []
    assert is_readable(value, "DB-02", rulebook.rulebook())


def test_comparisons_of_one_list_speak_of_one_entry():
    rows = (
        Comparison("age", Operator.AT_LEAST, 80),
        Comparison("cattle", Operator.BELOW, 3),
        Comparison("m_health", Operator.HAS, ["serious"]),
    )
    assert when_of(Joined("all", False, rows), FACTS) == {
        "all": [
            {
                "some": "members",
                "where": {"all": [{"fact": "age", "at_least": 80}, {"fact": "m_health", "has": ["serious"]}]},
            },
            {"not": {"fact": "cattle", "at_least": 3}},
        ]
    }


def test_every_fact_is_a_question_of_the_form_with_a_label_and_a_way_to_compare_it():
    asked = set(form.BY_KEY) | set(form.ENTRY_BY_KEY) | {"age"}
    for key, fact in FACTS.items():
        assert key in asked
        assert fact.label
        assert fact.group
        assert FITTING[fact.kind]
        assert fact.is_amount or codes_of(fact)
    assert {"age", "cattle", "v_value_fen", "m_health", "risks"} <= set(FACTS)
    assert not {"head_id_number", "m_name", "visitor_opinion"} & set(FACTS)
