"""The hard checks, by the vectors that the phone runs as well."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import form
from backend.domain.checklist import checklist
from tests.house import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/checklist.json").read_text("utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_blocks_a_finished_form(case):
    answers = {**VECTORS["base"], **case["set"]}
    for key in case["drop"]:
        del answers[key]
    assert checklist(answers, today=TODAY, version=case.get("version", form.VERSION)) == case["expected"]


@given(st.dictionaries(st.sampled_from([*form.BY_KEY, "members", "photos", "photo_refusals", "visited_at"]), JSON))
def test_no_answers_however_odd_break_the_check(answers):
    for item in checklist(answers, today=TODAY):
        assert set(item) <= {"key", "code", "section", "member", "list", "entry"}


@given(st.lists(st.dictionaries(st.sampled_from([q for q in form.BY_KEY if q.startswith("m_")]), JSON), max_size=3))
def test_no_members_however_odd_break_the_check(members):
    answers = {**VECTORS["base"], "members": members}
    assert all(item["code"] for item in checklist(answers, today=TODAY))


@given(
    st.sampled_from([q.key for q in form.BY_KEY.values() if q.kind == "entries"]),
    st.lists(JSON | st.dictionaries(st.sampled_from(list(form.ENTRY_BY_KEY)), JSON), max_size=3),
)
def test_no_entries_however_odd_break_the_check(key, entries):
    answers = {**VECTORS["base"], f"has_{key}": "yes", "has_income": "yes", key: entries}
    assert all(item["code"] for item in checklist(answers, today=TODAY))
