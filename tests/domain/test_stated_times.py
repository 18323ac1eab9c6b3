"""What somebody says of a visit's time stands beside what the phone had."""

from datetime import UTC, datetime, timedelta

from hypothesis import given

from backend import clock
from backend.domain.stated_times import are_photos_far, started_apart
from backend.domain.visits import record_visit
from tests import phone
from tests.domain.test_checklist import JSON
from tests.factories import MONDAY, assigned_case

SAID, BEGAN = "2026-07-09T07:20:00.000Z", "2026-07-09T14:10:00Z"
NIGHT = datetime(2026, 7, 9, 14, 10, tzinfo=UTC)


def test_both_times_are_kept_and_nobody_doubts_them(cast):
    case = assigned_case(cast, at=MONDAY)
    at = MONDAY + timedelta(days=1)
    filled = phone.answers(visited_at=clock.iso(at), started_at=clock.iso(at + timedelta(hours=6)))
    with clock.standing_at(at + timedelta(hours=7)):
        sheet = {"visited_at": at, "form_version": 3, "answers": filled}
        visit, doubts = record_visit(case, sheet, actor=cast.mi_jianjun)
    assert (visit.visited_at, doubts) == (at, [])
    assert started_apart(filled, visit.visited_at) == at + timedelta(hours=6)


def test_what_the_phone_had_is_told_where_it_differs():
    visited = NIGHT.replace(hour=7, minute=20)
    assert started_apart({"visited_at": SAID, "started_at": BEGAN}, visited) == NIGHT
    assert started_apart({"started_at": BEGAN}, visited) is None
    assert started_apart({"visited_at": SAID}, visited) is None
    assert started_apart({"visited_at": SAID, "started_at": "2026-07-09T07:29:00Z"}, visited) is None


def test_a_clock_set_right_moves_both():
    moved = NIGHT.replace(hour=9, minute=20)
    assert started_apart({"visited_at": SAID, "started_at": BEGAN}, moved) == NIGHT + timedelta(hours=2)


@given(JSON, JSON, JSON)
def test_no_answers_however_odd_break_it(one, other, photos):
    answers = {"visited_at": one, "started_at": other, "photos": photos}
    started_apart(answers, NIGHT)
    assert are_photos_far(answers) in (True, False)
