"""联合研判: with two offices, both agree before a visit is approved."""

from datetime import date

import pytest

from backend.codebook import Role
from backend.domain import joint_review, review
from backend.domain.sessions import hash_password
from backend.models import Case, Parameter, Posting, User, db
from backend.problems import Problem
from tests.cast import GONGMEN, SINCE
from tests.factories import visit_case, visited_case
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def two_offices(cast) -> User:
    """恭门镇 judges by two offices; 马兰花 is of the other one."""
    db.session.add(
        Parameter(key="joint_review", area_code=GONGMEN, value=True, valid_from_on=date(2020, 1, 1), source="镇里定")
    )
    person = User(
        username="ma_lanhua", name="马兰花", role=Role.TOWNSHIP_COORDINATOR, unit="恭门镇乡村振兴办",
        password_hash=hash_password("an-office-password-43"), postings=[Posting(area_code=GONGMEN, started_on=SINCE)],
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    return person


def agree(case: Case, actor: User, text: str = "属实"):
    made = joint_review.give_opinion(case, review.current_visit(case), text=text, actor=actor)
    db.session.flush()
    return made


def test_one_office_is_enough_where_nothing_else_is_set(cast):
    case = visited_case(cast)
    with pytest.raises(Problem, match="not_joint"):
        agree(case, cast.bai_caixia)
    assert review.approve(case, actor=cast.bai_caixia).outcome == "approved"


def test_both_offices_stand_with_name_and_time(cast, two_offices):
    case = visited_case(cast)
    with pytest.raises(Problem, match="second_office_missing"):
        review.approve(case, actor=two_offices)
    first = agree(case, cast.bai_caixia)
    assert (first.office, first.giver.name, case.stage) == ("恭门镇民政办", "白彩霞", "submitted")
    with pytest.raises(Problem, match="second_office_missing"):
        review.approve(case, actor=cast.bai_caixia)
    last = review.approve(case, actor=two_offices, reason="同意")
    assert (last.reviewer.name, case.stage) == ("马兰花", "reviewed")
    assert last.reviewed_at >= first.given_at


def test_the_same_office_is_not_the_second(cast, two_offices):
    case = visited_case(cast)
    agree(case, cast.bai_caixia)
    with pytest.raises(Problem, match="opinion_given"):
        agree(case, cast.bai_caixia)
    two_offices.unit = cast.bai_caixia.unit
    with pytest.raises(Problem, match="opinion_given"):
        agree(case, two_offices)
    with pytest.raises(Problem, match="second_office_missing"):
        review.approve(case, actor=two_offices)


def test_a_corrected_visit_is_judged_anew_by_both(cast, two_offices):
    case = visited_case(cast)
    agree(case, cast.bai_caixia)
    review.return_for_correction(case, actor=two_offices, reason_code="photo", reason="补一张门牌")
    visit_case(case, author=cast.mi_jianjun)
    db.session.flush()
    with pytest.raises(Problem, match="second_office_missing"):
        review.approve(case, actor=two_offices)


def test_only_who_reviews_gives_it_and_at_its_stage(cast, two_offices):
    case = visited_case(cast)
    with pytest.raises(Problem, match="forbidden"):
        agree(case, cast.tuo_fuying)
    agree(case, cast.bai_caixia)
    review.approve(case, actor=two_offices)
    with pytest.raises(Problem, match="wrong_stage"):
        agree(case, cast.bai_caixia)


def test_it_leaves_one_event(cast, two_offices):
    case = visited_case(cast)
    agree(case, cast.bai_caixia)
    assert case.events[-1].tag == "visit:agreed"
    assert set(case.events[-1].facts) == {"visit"}
