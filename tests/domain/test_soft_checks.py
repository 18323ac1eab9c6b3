"""The soft checks, by the vectors that the phone runs as well."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import form
from backend.codebook import SoftCheck
from backend.domain.soft_checks import mark_of, overruled, soft_checks
from tests.domain.test_checklist import JSON
from tests.domain.test_checklist import VECTORS as HARD
from tests.house import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/soft_checks.json").read_text("utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_does_not_fit_together(case):
    answers = HARD["base"] | case["set"]
    assert soft_checks(answers, today=TODAY, declared_size=case.get("declared_size")) == case["expected"]


def test_every_check_has_a_case():
    told = {item["code"] for case in VECTORS["cases"] for item in case["expected"]}
    assert told == {code.value for code in SoftCheck}


def test_a_reason_belongs_to_one_finding():
    assert mark_of({"code": "tiny_wages", "section": "S3", "key": "incomes"}) == "tiny_wages"
    assert (
        mark_of({"code": "able_without_labour", "section": "S2", "key": "m_labour", "member": 1})
        == "able_without_labour:1"
    )
    assert overruled({"overruled": {"tiny_wages": " 只打了两天工 ", "x": " ", "y": 3}}) == {
        "tiny_wages": "只打了两天工"
    }
    assert overruled({"overruled": ["tiny_wages"]}) == {}


@given(st.dictionaries(st.sampled_from([*form.BY_KEY, "members", "overruled"]), JSON))
def test_no_answers_however_odd_break_the_checks(answers):
    assert all(item["key"] for item in soft_checks(answers, today=TODAY, declared_size=3))
    assert isinstance(overruled(answers), dict)


@given(st.lists(st.dictionaries(st.sampled_from([q for q in form.BY_KEY if q.startswith("m_")]), JSON), max_size=3))
def test_no_members_however_odd_break_the_checks(members):
    assert isinstance(soft_checks(HARD["base"] | {"members": members}, today=TODAY), list)
