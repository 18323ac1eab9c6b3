"""The same JSON vectors run here and in the phone's tests."""

import json
from datetime import date
from pathlib import Path

import pytest

from backend.domain import identity

VECTORS = Path(__file__).parent.parent / "vectors"
IDENTITY = json.loads((VECTORS / "identity.json").read_text("utf-8"))
MASKING = json.loads((VECTORS / "masking.json").read_text("utf-8"))
TODAY = date.fromisoformat(IDENTITY["today"])


@pytest.mark.parametrize("case", IDENTITY["ids"], ids=lambda case: repr(case["raw"]))
def test_number_is_understood(case):
    seen = identity.normalise_id(case["raw"], TODAY)
    expected = {key: case[key] for key in seen._fields}
    assert seen._asdict() == expected
    if seen.number:
        assert identity.sex_of(seen.number) == case["sex"]
        assert str(identity.birth_of(seen.number)) == case["birth_on"]


def test_every_fault_has_a_vector():
    faults = {case["fault"] for case in IDENTITY["ids"]}
    assert faults == {
        "",
        "missing",
        "precision_lost",
        "bad_length",
        "bad_birth",
        "bad_checksum",
        "bad_character",
        "foreign",
    }


@pytest.mark.parametrize("case", IDENTITY["near"], ids=lambda case: case["one"] + case["other"])
def test_one_slip(case):
    assert identity.is_one_slip_apart(case["one"], case["other"]) is case["is_near"]
    assert identity.is_one_slip_apart(case["other"], case["one"]) is case["is_near"]


@pytest.mark.parametrize("case", IDENTITY["names"], ids=lambda case: case["folded"])
def test_name_is_folded(case):
    assert identity.fold_name(case["raw"]) == case["folded"]


@pytest.mark.parametrize("case", IDENTITY["ages"], ids=lambda case: case["on"])
def test_age(case):
    born, day = date.fromisoformat(case["birth_on"]), date.fromisoformat(case["on"])
    assert identity.age_on(born, day) == case["age"]


@pytest.mark.parametrize(
    ("kind", "mask"),
    [("names", identity.mask_name), ("ids", identity.mask_id), ("phones", identity.mask_phone)],
)
def test_masking(kind, mask):
    assert [mask(case["plain"]) for case in MASKING[kind]] == [case["masked"] for case in MASKING[kind]]
