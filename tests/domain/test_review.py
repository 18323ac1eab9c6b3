"""乡镇联合研判: approve, or return to the phone."""

import pytest

from backend.codebook import ReviewOutcome, Stage
from backend.domain import review
from backend.domain.differences import Told, differences
from backend.models import db
from tests import phone
from tests.domain.asks import one_event, refuses, unseen_case
from tests.factories import assigned_case, publish, reviewed_case, visit_case, visited_case

RETURN = {"reason_code": "photo", "reason": "补一张水窖的照片"}


@pytest.fixture
def case(cast):
    return visited_case(cast)


def test_approval_moves_the_case_on_and_keeps_what_was_adopted(cast, case):
    made = review.approve(
        case, actor=cast.bai_caixia, reason="属实", adopted={"cattle": "declaration"}, differing=["cattle"]
    )
    db.session.flush()
    assert (made.outcome, made.visit_id, made.reviewer) == (ReviewOutcome.APPROVED, case.visits[0].id, cast.bai_caixia)
    assert (made.reason, made.adopted) == ("属实", {"cattle": "declaration"})
    assert case.stage == Stage.REVIEWED


def test_approval_waits_for_every_announced_photo(cast):
    case = assigned_case(cast)
    visit_case(case, author=cast.mi_jianjun, photos=[phone.listed(b"a"), phone.listed(b"b")])
    problem = refuses("photos_incomplete", review.approve, case, actor=cast.bai_caixia)
    assert "还差 2 张" in problem.message
    case.photos[0].state = case.photos[1].state = "stored"
    review.approve(case, actor=cast.bai_caixia)


def test_approval_waits_for_a_choice_and_names_the_question(cast, case):
    problem = refuses(
        "differing_undecided", review.approve, case, actor=cast.bai_caixia, adopted={"cattle": ""}, differing=["cattle"]
    )
    assert "牛" in problem.message
    assert "cattle" not in problem.message
    assert problem.fields == {"cattle": "choose"}


@pytest.mark.parametrize("make", [publish, assigned_case, reviewed_case])
def test_only_a_handed_in_visit_is_judged(cast, make):
    case = make() if make is publish else make(cast)
    refuses("wrong_stage", review.approve, case, actor=cast.bai_caixia)
    refuses("wrong_stage", review.return_for_correction, case, actor=cast.bai_caixia, **RETURN)


@pytest.mark.parametrize("who", ["mi_jianjun", "tuo_fuying", "liu_yulan", "tie_jianhua"])
def test_only_the_township_judges(cast, case, who):
    refuses("forbidden", review.approve, case, actor=getattr(cast, who))
    refuses("forbidden", review.return_for_correction, case, actor=getattr(cast, who), **RETURN)


def test_a_case_to_be_judged_is_out_of_others_sight(cast, case):
    unseen_case(case, cast.li_zhanfu, cast.tuo_hasan, cast.hui_axi, cast.zhao_shengfu, cast.tie_jianhua)


def test_approval_leaves_one_event(cast, case):
    with one_event("visit:approved", by=cast.bai_caixia, of=case) as facts:
        review.approve(case, actor=cast.bai_caixia)
    assert facts == {"visit": case.visits[0].id}


def test_a_return_keeps_the_words_on_the_fields_and_the_visit_time(cast, case):
    visited_at = case.visited_at
    comments = [{"key": "photos", "text": "水窖"}, {"key": "cattle", "text": " "}]
    made = review.return_for_correction(case, actor=cast.bai_caixia, comments=comments, **RETURN)
    assert (made.outcome, made.reason_code, made.reason) == (ReviewOutcome.RETURNED, "photo", "补一张水窖的照片")
    assert made.comments == [{"key": "photos", "text": "水窖"}]
    assert (case.stage, case.visited_at) == (Stage.RETURNED, visited_at)
    assert review.standing_return(case) is made


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"reason_code": ""}, {"reason_code": "because"}])
def test_a_return_needs_a_code_and_words(cast, case, wrong):
    refuses("return_needs_reason", review.return_for_correction, case, actor=cast.bai_caixia, **RETURN | wrong)


def test_a_return_leaves_one_event_without_its_words(cast, case):
    with one_event("visit:returned", by=cast.bai_caixia, of=case) as facts:
        review.return_for_correction(case, actor=cast.bai_caixia, **RETURN)
    assert facts == {"visit": case.visits[0].id, "reason": "photo"}


def test_an_answered_return_stands_no_longer(cast, case):
    review.return_for_correction(case, actor=cast.bai_caixia, **RETURN)
    visit_case(case, author=cast.mi_jianjun)
    assert review.standing_return(case) is None


def test_differing_facts_are_those_that_two_people_answered_in_two_ways():
    told = [
        Told("declaration", {"living_size": 5}),
        Told("visit:1", {"living_size": "5", "cattle": 0, "risks": ["a", "b"], "narrative": "一"}),
        Told("observation:1", {"cattle": 2, "risks": ["b", "a"], "narrative": "二", "sheep": 3}),
        Told("observation:2", {"cattle": None, "living_size": ""}),
    ]
    assert differences(told) == {"cattle": ["visit:1", "observation:1"]}
    assert differences([]) == {}
