"""The place of a visit: one point, coarse, only if it was told."""

import pytest

from backend.codebook import VerdictReason
from backend.domain import visits
from backend.domain.sync.payloads import read
from backend.domain.visit_place import read_place
from tests import phone
from tests.factories import assigned_case

FINE = {"lat": 34.987654, "lon": 106.212345, "taken_at": "2026-06-02T01:30:00Z"}
COARSE = FINE | {"lat": 34.99, "lon": 106.21}


def recorded(case, author, place):
    sheet = read("visit", phone.envelope("visit", phone.visit(case, filled=phone.answers(place=place)))["payload"])
    return visits.record_visit(case, sheet, actor=author)


def test_a_place_is_kept_to_about_a_kilometre(cast):
    visit, doubts = recorded(assigned_case(cast), cast.mi_jianjun, FINE)
    assert doubts == []
    assert visits.answers_of(visit)["place"] == COARSE
    assert "34.98" not in visits.answers_of(visit).__repr__()


@pytest.mark.parametrize(
    "told",
    [
        [FINE, FINE],
        FINE | {"track": [FINE]},
        FINE | {"lat": 91},
        FINE | {"lon": float("inf")},
        FINE | {"lat": "34.99"},
        FINE | {"lat": True},
        FINE | {"taken_at": "gestern"},
        FINE | {"taken_at": None},
        {},
    ],
)
def test_what_is_no_single_point_is_no_place(told):
    assert read_place(told) is None


def test_a_track_is_not_kept_and_a_person_is_told(cast):
    visit, doubts = recorded(assigned_case(cast), cast.mi_jianjun, [FINE, FINE])
    assert doubts == [VerdictReason.UNKNOWN_ANSWERS]
    assert visits.answers_of(visit)["place"] is None


def test_a_visit_without_a_place_has_none(cast):
    visit, _ = visits.record_visit(
        case := assigned_case(cast),
        read("visit", phone.envelope("visit", phone.visit(case))["payload"]),
        actor=cast.mi_jianjun,
    )
    assert "place" not in visits.answers_of(visit)
