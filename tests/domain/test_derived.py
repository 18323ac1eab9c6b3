"""What nobody is asked because other answers tell it, by the vectors that the phone runs as well."""

import json
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.derived import derived_of
from tests.domain.test_checklist import JSON
from tests.house import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/derived.json").read_text("utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_the_answers_tell(case):
    assert json.loads(json.dumps(asdict(derived_of(case["answers"], TODAY)))) == case["expected"]


@given(
    st.lists(st.dictionaries(st.sampled_from(["m_name", "m_labour", "m_birth_on", "m_insurance"]), JSON), max_size=3)
)
def test_no_members_however_odd_break_it(members):
    assert derived_of({"members": members}, TODAY).school_age >= 0
