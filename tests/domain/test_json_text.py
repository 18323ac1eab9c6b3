"""The quick reader of JSON says what Python's own says, and refuses what that refuses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.sync.json_text import read_json, write_json

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(VALUES)
def test_it_reads_what_pythons_reader_reads(value):
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert repr(read_json(text)) == repr(json.loads(text))


@given(VALUES)
def test_what_is_written_is_read_again(value):
    assert repr(read_json(write_json(value))) == repr(value)


@pytest.mark.parametrize("number", [2**63, -(2**64), 10**30, 123456789012345678901234567890])
def test_no_digit_of_a_long_number_is_lost(number):
    assert read_json(f'{{"id": {number}}}') == {"id": number}
    assert read_json(write_json({"id": number})) == {"id": number}


@pytest.mark.parametrize("text", ["NaN", '{"a": -Infinity}', '"\\ud800"', '{"a": "\\udc00x"}', "{", "", "[1,]", "'a'"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError, match=r"JSON|surrogate|Expecting|Extra|Illegal|column"):
        read_json(text)


def test_what_is_nested_without_end_is_refused():
    with pytest.raises((ValueError, RecursionError)):
        read_json("[" * 200_000)
