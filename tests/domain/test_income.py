"""Income per head in both definitions, by the vectors that the phone runs as well."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import rulebook
from backend.codebook import COST_LINES, IncomeLine, SumLine
from backend.codebook.income import CLAIM_LINE, SUBTRACTED_LINES, flag_key
from backend.domain.income import income_of, window
from tests.house import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/income.json").read_text("utf-8"))
FIGURES = ("monitor", "monitor_after", "dibao", "tekun")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
AMOUNTS = st.integers(0, 10**8)
ENTRIES = st.fixed_dictionaries({"i_code": st.sampled_from(list(IncomeLine)), "i_amount_fen": AMOUNTS})


def _row(step):
    return [step.code, step.sign, step.amount_fen, list(step.parts_fen), step.reason, step.clause, step.parameter]


def _counted(case):
    answers = {**VECTORS["answers"], **case["set"]}
    for key in case["drop"]:
        answers.pop(key, None)
    return income_of(answers, {**VECTORS["parameters"], **case["parameters"]}, date.fromisoformat(case["day"]))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_a_household_has_per_head(case):
    income, expected = _counted(case), dict(case["expected"])
    for name, steps in expected.pop("steps", {}).items():
        assert [_row(step) for step in getattr(income, name).steps] == steps
    figures = {name: getattr(income, name) for name in FIGURES}
    assert {name: each and each.per_head_fen for name, each in figures.items()} == expected.pop("per_head_fen")
    assert {name: list(keys) for name, keys in income.missing.items()} == expected.pop("missing")
    assert {key: getattr(income, key) for key in expected} == expected


@pytest.mark.parametrize("one", VECTORS["windows"], ids=lambda one: one["day"])
def test_the_twelve_months_before_a_day(one):
    first, last = window(date.fromisoformat(one["day"]))
    assert (first.isoformat(), last.isoformat()) == (one["from_on"], one["to_on"])


def test_the_sums_of_the_pictures_come_out():
    income = _counted(VECTORS["cases"][0])
    assert (income.monitor.total_fen, income.monitor.per_head_fen) == (59_716_00, 11_943_20)
    assert income.monitor_after.per_head_fen == 4_743_20
    assert (income.dibao.total_fen, income.dibao.per_head_fen) == (53_230_00, 10_646_00)
    assert (income.from_on, income.to_on) == (date(2022, 7, 1), date(2023, 6, 30))


@given(st.lists(ENTRIES, min_size=1, max_size=8), st.integers(1, 12), AMOUNTS)
def test_what_stands_on_the_screen_adds_up(incomes, people, paid):
    spent = [{"x_code": "M1", "x_amount_fen": paid}]
    answers = {"living_size": people, "incomes": incomes, "expenses": spent}
    income = income_of(answers, VECTORS["parameters"], date(2023, 7, 10))
    for name, last in (("monitor_after", SumLine.AFTER), ("dibao", SumLine.TOTAL), ("tekun", SumLine.TOTAL)):
        running = 0
        for step in getattr(income, name).steps:
            if step.sign != "equals":
                running += step.amount_fen if step.sign == "plus" else -step.amount_fen
            elif step.code in (SumLine.NET, SumLine.PEOPLE) and name == "monitor_after":
                assert step.code == SumLine.PEOPLE or running == step.amount_fen
                running = step.amount_fen
            elif step.code == SumLine.NET:
                running = step.amount_fen
            elif step.code == last:
                assert running == step.amount_fen


@given(st.dictionaries(st.sampled_from(["living_size", "incomes", "has_income", "expenses", "employment_costs"]), JSON))
def test_no_answers_however_odd_break_the_sum(answers):
    income = income_of(answers, VECTORS["parameters"], date(2023, 7, 10))
    assert all((getattr(income, name) is None) == (name in income.missing) for name in FIGURES)


def test_every_line_is_counted_one_way_or_the_other_with_its_document():
    for definition in ("dibao", "monitor"):
        for line in IncomeLine:
            rows = [row for row in rulebook.shipped_parameters() if row["key"] == flag_key(definition, line)]
            assert [row["valid_from_on"] for row in rows][:1] == ["2021-07-01"], line
            assert all(isinstance(row["value"], bool) and row["source"] for row in rows)
            assert flag_key(definition, line) in rulebook.hint_keys()
    assert {*COST_LINES, *COST_LINES.values(), *SUBTRACTED_LINES, CLAIM_LINE} <= set(IncomeLine)
