"""入户核查 as a verb: does it, refuses, out of sight, event."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import Stage
from backend.domain import review, visits
from backend.domain.sync.payloads import read
from backend.domain.sync.standing import standing_of
from backend.models import Photo, db
from backend.problems import Problem
from tests import phone
from tests.factories import MONDAY, assigned_case, publish
from tests.postgres import on_both

pytestmark = on_both


def sheet(case, **other):
    return read("visit", phone.envelope("visit", phone.visit(case, **other))["payload"])


@pytest.fixture
def case(cast):
    return assigned_case(cast, at=MONDAY)


@pytest.fixture(autouse=True)
def tuesday():
    with clock.standing_at(MONDAY + timedelta(days=1)):
        yield


def test_a_visit_is_recorded_whole_and_stops_the_clock(case, cast):
    visit, doubts = visits.record_visit(case, sheet(case), actor=cast.mi_jianjun)
    assert doubts == []
    assert (case.stage, case.visited_at) == (Stage.SUBMITTED, MONDAY + timedelta(days=1))
    assert visits.answers_of(visit) == phone.answers()
    assert "马占福" not in visit.answers_text_sealed
    assert review.current_visit(case) is visit


def test_its_photos_are_expected(case, cast):
    raw = phone.jpeg()
    photos = [phone.listed(raw), phone.listed(raw, kind="water")]
    visit, _ = visits.record_visit(case, sheet(case, filled=phone.answers(photos=photos)), actor=cast.mi_jianjun)
    assert visit.photos_expected == 2
    assert {
        p.id: (p.state, p.kind) for p in db.session.scalars(db.select(Photo).where(Photo.visit_id == visit.id))
    } == {
        photos[0]["id"]: ("expected", "house"),
        photos[1]["id"]: ("expected", "water"),
    }
    assert review.photos_missing(visit) == 2


def test_photos_that_were_kept_go_over_to_the_correction(case, cast):
    photo = phone.listed(phone.jpeg())
    filled = phone.answers(photos=[photo])
    visits.record_visit(case, sheet(case, filled=filled), actor=cast.mi_jianjun)
    review.return_for_correction(case, actor=cast.bai_caixia, reason_code="member", reason="少一个人")
    newer, doubts = visits.record_visit(case, sheet(case, filled=filled), actor=cast.mi_jianjun)
    assert doubts == []
    assert db.session.get(Photo, photo["id"]).visit_id == newer.id
    assert newer.supersedes_id == case.visits[0].id


def test_a_photo_of_somebody_else_is_not_taken(case, cast):
    photo = phone.listed(phone.jpeg())
    visits.record_visit(case, sheet(case, filled=phone.answers(photos=[photo])), actor=cast.mi_jianjun)
    beside, doubts = visits.record_visit(
        case, sheet(case, filled=phone.answers(photos=[photo])), actor=cast.ding_zhiqiang, is_current=False
    )
    assert doubts == ["photo_list"]
    assert db.session.get(Photo, photo["id"]).visit_id != beside.id


@pytest.mark.parametrize("stage", [Stage.REVIEWED, Stage.ROUTED])
def test_a_current_visit_is_refused_when_the_case_waits_for_none(case, cast, stage):
    case.stage, case.visited_at = stage, MONDAY
    with pytest.raises(Problem, match="wrong_stage"):
        visits.record_visit(case, sheet(case), actor=cast.mi_jianjun)
    assert case.visits == []


def test_nobody_visits_a_case_that_waits_for_visitors(cast):
    waiting = publish(at=MONDAY)
    with pytest.raises(Problem, match="wrong_stage"):
        visits.record_visit(waiting, sheet(waiting), actor=cast.mi_jianjun)


def test_a_household_one_was_never_sent_to_is_out_of_sight(case, cast):
    standing = standing_of(cast.tuo_hasan, case, "visit", 0)
    assert (standing.is_theirs, standing.reason) == (False, "foreign_case")


def test_it_leaves_one_event(case, cast):
    before = len(case.events)
    visit, _ = visits.record_visit(case, sheet(case), actor=cast.mi_jianjun)
    (event,) = case.events[before:]
    assert (event.tag, event.actor.name, event.facts["visit"]) == ("visit:recorded", "米建军", visit.id)
