"""派单: a main and an accompanying visitor."""

import pytest

from backend import access
from backend.codebook import Stage
from backend.domain import assignment
from backend.models import Case, db
from backend.problems import Problem
from tests.cast import GONGMEN
from tests.factories import assigned_case, publish


def test_two_people_are_sent(cast):
    case = assigned_case(cast)
    db.session.flush()
    assert case.stage == Stage.ASSIGNED
    assert {duty: user.name for duty, user in assignment.active(case).items()} == {
        "main": "米建军",
        "companion": "丁志强",
    }


def test_a_new_visitor_relieves_the_old_one_and_the_change_is_kept(cast):
    case = assigned_case(cast)
    assignment.assign(case, main=cast.mi_jianjun, companion=cast.hui_axi, actor=cast.bai_caixia)
    db.session.flush()
    assert assignment.active(case)["companion"].name == "惠阿西"
    assert len(case.assignments) == 3
    assert db.session.scalars(access.visible_cases(cast.ding_zhiqiang)).all() == []


def test_main_and_companion_can_change_places(cast):
    case = assigned_case(cast)
    assignment.assign(case, main=cast.ding_zhiqiang, companion=cast.mi_jianjun, actor=cast.bai_caixia)
    db.session.flush()
    assert assignment.active(case)["main"].name == "丁志强"


@pytest.mark.parametrize(
    ("main", "companion", "code"),
    [
        ("mi_jianjun", "mi_jianjun", "same_person_twice"),
        ("mi_jianjun", "tuo_hasan", "not_in_area"),
        ("bai_caixia", "mi_jianjun", "not_field_worker"),
    ],
)
def test_refusals(cast, main, companion, code):
    case = publish()
    with pytest.raises(Problem, match=code):
        assignment.assign(case, main=getattr(cast, main), companion=getattr(cast, companion), actor=cast.bai_caixia)


def test_somebody_without_an_active_account_is_not_sent(cast):
    cast.hui_axi.is_active = False
    with pytest.raises(Problem, match="inactive_user"):
        assigned_case(cast, companion=cast.hui_axi)


def test_a_county_department_does_not_assign(cast):
    with pytest.raises(Problem, match="forbidden"):
        assignment.assign(publish(), main=cast.mi_jianjun, companion=cast.hui_axi, actor=cast.mao_zhiqiang)


def test_another_township_does_not_see_the_case(cast):
    case = assigned_case(cast)
    db.session.flush()
    with pytest.raises(Problem, match="not_found"):
        access.find_case(cast.li_zhanfu, case.id)
    assert access.find_case(cast.bai_caixia, case.id) is case


def test_it_leaves_one_event(cast):
    case = assigned_case(cast)
    db.session.flush()
    assert [event.tag for event in case.events] == ["warning:published", "case:assigned"]
    assert case.events[-1].actor.name == "白彩霞"


def test_the_villages_own_people_are_suggested_first_and_then_the_least_loaded(cast):
    people = assignment.visitors_of(GONGMEN)
    assert {user.name for user in people} == {"米建军", "丁志强", "惠阿西"}
    case = publish()
    main, companion = assignment.suggest(case, people, assignment.loads([u.id for u in people]))
    assert (main.name, companion.name) == ("米建军", "丁志强")
    assert assignment.suggest(case, [], assignment.loads([])) == (None, None)


def test_loads_count_open_visits_only(cast):
    cases = [assigned_case(cast) for _ in range(3)]
    cases[0].visited_at, cases[0].stage = cases[0].published_at, Stage.SUBMITTED
    db.session.flush()
    assert assignment.loads([cast.mi_jianjun.id])[cast.mi_jianjun.id] == 2
    assert db.session.query(Case).count() == 3
