"""交接: what somebody had in hand goes to others."""

import pytest

from backend import access
from backend.codebook import Stage
from backend.domain import assignment, handover, kinship
from backend.domain.sync import changes
from backend.models import Case, db
from backend.problems import Problem
from tests.factories import assigned_case, publish, visited_case


@pytest.fixture
def case(cast) -> Case:
    return assigned_case(cast)


def give(case: Case, cast, **other) -> Case:
    told = {"leaving": cast.mi_jianjun, "to": cast.hui_axi, "reason": "调走了", "actor": cast.bai_caixia} | other
    return handover.hand_over(case, **told)


def test_the_new_one_has_the_duty_and_both_phones_hear_of_it(cast, case):
    known = case.revision
    give(case, cast)
    db.session.flush()
    going = assignment.active(case)
    assert {duty: user.name for duty, user in going.items()} == {"main": "惠阿西", "companion": "丁志强"}
    assert case.assignments[-1].reason == "调走了"
    assert changes.changes_for(cast.mi_jianjun, {case.id: known}, [])["gone"] == [case.id]
    assert [one["my_duty"] for one in changes.changes_for(cast.hui_axi, {}, [])["cases"]] == ["main"]
    assert case.revision > known


def test_in_hand_is_what_waits_for_a_visit(cast, case):
    visited_case(cast)
    query = handover.in_hand(access.visible_cases(cast.bai_caixia), cast.mi_jianjun)
    assert db.session.scalars(query).all() == [case]
    give(case, cast)
    db.session.flush()
    assert db.session.scalars(query).all() == []


def test_refusals(cast, case):
    for other, code in [
        ({"reason": " "}, "reason_missing"),
        ({"leaving": cast.hui_axi, "to": cast.mi_jianjun}, "not_going"),
        ({"to": cast.ding_zhiqiang}, "already_going"),
        ({"to": cast.tuo_hasan}, "not_in_area"),
        ({"actor": cast.tuo_fuying}, "forbidden"),
    ]:
        with pytest.raises(Problem, match=code):
            give(case, cast, **other)
    with pytest.raises(Problem, match="wrong_stage"):
        give(visited_case(cast), cast)
    assert case.stage == Stage.ASSIGNED


def test_a_near_relative_does_not_take_it(cast, case):
    kinship.file_kinship(case, relation="son", relative=cast.hui_axi, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="near_relative"):
        give(case, cast)


def test_another_township_does_not_see_it(cast, case):
    with pytest.raises(Problem, match="not_found"):
        access.find_case(cast.li_zhanfu, case.id)


def test_it_leaves_one_event(cast, case):
    before = len(case.events)
    give(case, cast)
    db.session.flush()
    assert [event.tag for event in case.events[before:]] == ["case:handed_over"]
    assert set(case.events[-1].facts) == {"leaving", "to", "duty"}


def test_a_village_keeps_the_team_that_most_of_its_households_got(cast):
    for _ in range(2):
        assigned_case(cast, main=cast.ding_zhiqiang, companion=cast.hui_axi)
    assigned_case(cast)
    case = publish()
    db.session.flush()
    usual = assignment.usual_teams([case.village_code])
    assert usual == {case.village_code: (cast.ding_zhiqiang.id, cast.hui_axi.id)}
