"""Apply: nothing that somebody did in a village is refused, overwritten or lost because a case moved on."""

import json
from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import Stage, Verdict
from backend.domain import assignment, events, review, visits
from backend.models import Case, Event, db
from backend.models.base import new_id
from tests import phone
from tests.factories import publish
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def ding(signed_in, cast):
    return signed_in(cast.ding_zhiqiang)


def send_back(case, cast, code="photo"):
    review.return_for_correction(case, actor=cast.bai_caixia, reason_code=code, reason="补一张水窖的照片")


def test_a_visit_moves_the_case_on(mi, case):
    assert phone.hand_in_one(mi, "visit", phone.visit(case)) == ("applied", None)
    assert case.stage == Stage.SUBMITTED
    (visit,) = case.visits
    assert (visit.is_current, visit.living_size, visit.signature_count) == (True, 2, 3)
    assert visits.answers_of(visit)["head_name"] == "马占福"
    assert case.visited_at == visit.visited_at


def test_a_visit_leaves_exactly_one_event_without_personal_words(mi, case):
    phone.hand_in_one(mi, "visit", phone.visit(case))
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "visit:recorded"))
    assert event.case_id == case.id
    assert event.facts.keys() == {"visit", "current", "revision", "photos", "urgent"}
    assert event.facts["revision"] == case.revision
    assert events.broken_link() is None


def test_a_base_revision_behind_is_no_reason_by_itself(mi, case):
    payload = phone.visit(case, base_revision=0)
    case.revision += 5
    assert phone.hand_in_one(mi, "visit", payload) == ("applied", None)


def test_one_may_better_an_own_visit_that_nobody_judged(mi, case):
    phone.hand_in_one(mi, "visit", phone.visit(case))
    assert phone.hand_in_one(mi, "visit", phone.visit(case, base_revision=1)) == ("applied", None)
    old, new = case.visits
    assert (old.is_current, new.is_current, new.supersedes_id) == (False, True, old.id)


def test_a_correction_keeps_the_first_visits_time(mi, case, cast):
    phone.hand_in_one(mi, "visit", phone.visit(case))
    first = case.visited_at
    send_back(case, cast)
    with clock.standing_at(clock.now() + timedelta(days=6)):
        assert phone.hand_in_one(mi, "visit", phone.visit(case)) == ("applied", None)
    assert case.stage == Stage.SUBMITTED
    assert case.visited_at == first
    assert case.visits[1].visited_at > first


def test_a_visit_to_the_wrong_house_was_none(mi, case, cast):
    phone.hand_in_one(mi, "visit", phone.visit(case))
    first = case.visited_at
    send_back(case, cast, "other_household")
    with clock.standing_at(clock.now() + timedelta(days=1)):
        phone.hand_in_one(mi, "visit", phone.visit(case))
    assert case.visited_at == case.visits[1].visited_at > first


def test_a_second_persons_visit_stands_beside_the_first(mi, ding, case):
    both = phone.visit(case), phone.visit(case, filled=phone.answers(living_size=1))
    assert phone.hand_in_one(mi, "visit", both[0]) == ("applied", None)
    assert phone.hand_in_one(ding, "visit", both[1]) == ("needs_review", "other_visit")
    assert [(v.author.name, v.is_current) for v in case.visits] == [("米建军", True), ("丁志强", False)]


def test_the_companion_may_answer_a_return_but_not_from_before_it(mi, ding, case, cast):
    early = phone.visit(case)
    phone.hand_in_one(mi, "visit", phone.visit(case))
    send_back(case, cast)
    assert phone.hand_in_one(ding, "visit", early) == ("needs_review", "other_visit")
    db.session.refresh(case)
    assert phone.hand_in_one(ding, "visit", phone.visit(case)) == ("applied", None)
    assert case.stage == Stage.SUBMITTED


def test_a_visit_after_reassignment_is_kept_and_shown(mi, case, cast):
    payload = phone.visit(case)
    assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    assert phone.hand_in_one(mi, "visit", payload) == ("needs_review", "reassigned")
    assert case.stage == Stage.ASSIGNED
    assert [(v.author.name, v.is_current) for v in case.visits] == [("米建军", False)]
    assert case.visited_at is None


@pytest.mark.parametrize("kind", ["visit", "observation", "attempt", "urgent"])
def test_whatever_comes_after_the_end_is_kept(mi, case, kind):
    payload = getattr(phone, kind)(case)
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    assert phone.hand_in_one(mi, kind, payload) == ("needs_review", "closed")
    assert case.stage == Stage.CLOSED
    assert len(case.visits) + len(case.observations) + len(case.attempts) == 1


def test_a_visit_after_the_review_is_kept_beside(mi, case, cast):
    phone.hand_in_one(mi, "visit", phone.visit(case))
    review.approve(case, actor=cast.bai_caixia)
    assert phone.hand_in_one(mi, "visit", phone.visit(case)) == ("needs_review", "already_reviewed")
    assert case.stage == Stage.REVIEWED
    assert [v.is_current for v in case.visits] == [True, False]


def test_an_incomplete_form_is_taken_as_it_is(mi, case):
    assert phone.hand_in_one(mi, "visit", phone.visit(case, filled={"head_name": "马占福"})) == ("applied", None)
    assert case.stage == Stage.SUBMITTED


def test_what_the_phone_itself_puts_into_a_form_is_known(mi, case):
    """Members and entries carry ids, which keep together what was said of one (own_ids.ts)."""
    base = phone.answers()
    filled = base | {"members": [member | {"id": new_id()} for member in base["members"]]}
    filled |= {"overruled": {f"few_people:{filled['members'][0]['id']}": "儿子一家分户单过"}}
    assert phone.hand_in_one(mi, "visit", phone.visit(case, filled=filled)) == ("applied", None)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-11:00"])
def test_a_moment_beyond_the_calendar_is_told_as_wrong(mi, case, moment):
    told = phone.attempt(case) | {"attempted_at": moment}
    assert phone.hand_in_one(mi, "attempt", told) == ("quarantined", "invalid")


@pytest.mark.parametrize(
    ("filled", "other", "code"),
    [
        (phone.answers(mood="good"), {}, "unknown_answers"),
        (phone.answers(members=[{"m_name": "马占福", "m_star_sign": "lion"}]), {}, "unknown_answers"),
        (phone.answers(), {"form_version": 99}, "form_version"),
        (phone.answers(photos="none"), {}, "photo_list"),
        (phone.answers(photos=[{"id": "x"}]), {}, "photo_list"),
    ],
)
def test_what_the_form_does_not_know_is_kept_and_looked_at(mi, case, filled, other, code):
    assert phone.hand_in_one(mi, "visit", phone.visit(case, filled=filled, **other)) == ("needs_review", code)
    assert case.stage == Stage.SUBMITTED
    assert visits.answers_of(case.visits[0]) == filled


def test_urgent_in_the_form_marks_the_case(mi, case):
    phone.hand_in_one(mi, "visit", phone.visit(case, filled=phone.answers(is_urgent="yes", urgent_note="没处住")))
    assert case.is_urgent


def test_items_are_judged_in_the_order_they_were_made(mi, case):
    # Neither the id nor the place in the batch says which was made first: the phone's number does.
    second = phone.envelope("visit", phone.visit(case), seq=2)
    first = phone.envelope("visit", phone.visit(case, filled=phone.answers(living_size=1)), seq=1)
    phone.hand_in(mi, second, first)
    phone.ask(mi)
    assert [(v.living_size, v.is_current) for v in sorted(case.visits, key=lambda v: v.id)] == [(1, False), (2, True)]


def test_a_verdict_is_told_to_its_owner_only(mi, ding, case):
    item = phone.envelope("visit", phone.visit(case))
    phone.hand_in(mi, item)
    assert phone.ask(ding, items=[item["id"], "nonsense", new_id()])["verdicts"] == {}
    told = phone.ask(mi, items=[item["id"]])["verdicts"][item["id"]]
    assert told == {"verdict": Verdict.APPLIED, "code": None, "reason": None}


def test_a_case_that_waits_for_nobody_is_not_moved_by_its_former_visitor(mi, cast):
    case = publish()
    assert phone.hand_in_one(mi, "visit", phone.visit(case)) == ("quarantined", "unknown_case")
    assert db.session.get(Case, case.id).stage == Stage.WARNED


def test_a_reason_is_a_sentence_for_the_screen(mi, case):
    item = phone.envelope("visit", json.dumps({}))
    phone.hand_in(mi, item)
    assert "等人来看" in phone.ask(mi, items=[item["id"]])["verdicts"][item["id"]]["reason"]
