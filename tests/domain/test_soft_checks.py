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
    tiny = {"code": "tiny_wages", "section": "S3", "key": "incomes"}
    able = {"code": "able_without_labour", "section": "S2", "key": "m_labour", "member": 1}
    unsaid = {"code": "wages_without_months", "section": "S3", "key": "i_months", "list": "incomes", "entry": 0}
    assert mark_of(tiny, {}) == "tiny_wages"
    assert mark_of(able, {"members": [{}, {"id": "k7"}]}) == "able_without_labour:k7"
    assert mark_of(unsaid, {"incomes": [{"id": "e2"}]}) == "wages_without_months:e2"
    assert mark_of(able, {"members": [{}, {}]}) == mark_of(able, {}) == "able_without_labour:1"
    assert mark_of(unsaid, {"incomes": "W1"}) == "wages_without_months:0"


def test_a_reason_stays_with_its_person_when_another_goes():
    people = [
        {"id": "a", "m_name": "马"},
        {"id": "b", "m_birth_on": "1990-01-01", "m_health": ["healthy"], "m_labour": "none"},
    ]
    before, after = {"members": people}, {"members": people[1:]}
    marks = [[mark_of(one, given) for one in soft_checks(given, today=TODAY)] for given in (before, after)]
    assert marks[0] == marks[1] == ["able_without_labour:b"]


def test_reasons_are_read_as_they_were_given():
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
