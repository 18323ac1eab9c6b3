"""亩×产×价: the vectors that the phone runs as well, and that an amount counted so is an answer like any other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.income_entries import MOST_FEN
from backend.domain.produce import produce_of
from tests.domain.test_checklist import JSON
from tests.house import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/produce.json").read_text("utf-8"))
KEYS = ("i_code", "i_mu", "i_yield", "i_price_fen", "i_heads", "i_head_price_fen")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_a_crop_comes_to(case):
    found = produce_of(case["entry"])
    assert (found.amount_fen if found else None) == case["expected"]


def test_the_price_comes_last():
    found = produce_of({"i_code": "B1", "i_price_fen": 120, "i_yield": 800, "i_mu": 4.5})
    assert list(found.factors.items()) == [("i_mu", 4.5), ("i_yield", 800), ("i_price_fen", 120)]


@given(st.dictionaries(st.sampled_from(KEYS), st.one_of(JSON, st.sampled_from(["B1", "B2"]))))
def test_no_entry_however_odd_breaks_it(entry):
    found = produce_of(entry)
    assert found is None or 0 <= found.amount_fen <= MOST_FEN
