"""派单 from the desk: in bulk by village, and one by one."""

import pytest

from backend.domain import assignment
from backend.models import Case, db
from tests.cast import GUTU, LISHAN, LIUGOU, MAOSHAN
from tests.desk.browser import words
from tests.factories import assigned_case, publish


def team_of(case: Case) -> tuple[str, str]:
    going = assignment.active(db.session.get(Case, case.id, populate_existing=True))
    return going["main"].name, going["companion"].name


@pytest.fixture
def waiting(cast):
    return [
        publish(name="韩玉花", village=MAOSHAN),
        publish(name="李占有", village=MAOSHAN),
        publish(name="妥小梅", village=GUTU),
    ]


def test_the_board_sends_whole_villages_with_the_proposed_team(desk, cast, waiting):
    mine = desk(cast.bai_caixia)
    fields = {"village": [MAOSHAN]}
    for code in (MAOSHAN, GUTU):
        fields |= {f"main-{code}": cast.mi_jianjun.id, f"companion-{code}": cast.ding_zhiqiang.id}
    answer = mine.post("/assignments/", fields)
    assert answer.status_code == 303
    assert team_of(waiting[0]) == team_of(waiting[1]) == ("米建军", "丁志强")
    assert db.session.get(Case, waiting[2].id).stage == "warned"
    assert "派出去了 2 户" in mine.text(answer.location)
    assert "派出去了" not in mine.text(answer.location)


def test_the_page_proposes_those_of_the_village(desk, cast, waiting):
    page = desk(cast.bai_caixia).get("/assignments/")
    assert f'value="{cast.mi_jianjun.id}" selected' in page.text
    assert "手上 0，派完 3" in words(page)
    assert "妥哈三" not in page.text


def test_single_households_are_sent(desk, cast, waiting):
    fields = {
        "case": [waiting[0].id],
        f"main-{MAOSHAN}": cast.ding_zhiqiang.id,
        f"companion-{MAOSHAN}": cast.hui_axi.id,
    }
    assert desk(cast.bai_caixia).post("/assignments/", fields).status_code == 303
    assert team_of(waiting[0]) == ("丁志强", "惠阿西")
    assert db.session.get(Case, waiting[1].id).stage == "warned"


def test_with_one_mistake_nobody_is_sent_and_the_choice_stays(desk, cast, waiting):
    fields = {
        "case": [case.id for case in waiting],
        f"main-{MAOSHAN}": cast.mi_jianjun.id, f"companion-{MAOSHAN}": cast.ding_zhiqiang.id,
        f"main-{GUTU}": cast.mi_jianjun.id, f"companion-{GUTU}": cast.mi_jianjun.id,
    }  # fmt: skip
    answer = desk(cast.bai_caixia).post("/assignments/", fields)
    assert answer.status_code == 422
    assert "主责和同行要是两个人" in words(answer)
    assert {db.session.get(Case, case.id, populate_existing=True).stage for case in waiting} == {"warned"}
    assert answer.text.count(f'value="{waiting[2].id}" aria-label="妥小梅户" checked') == 1


def test_nothing_ticked_is_said(desk, cast, waiting):
    assert "还没勾要派的户" in words(desk(cast.bai_caixia).post("/assignments/"))


def test_a_stranger_to_the_township_cannot_be_chosen(desk, cast, waiting):
    fields = {"case": [waiting[2].id], f"main-{GUTU}": cast.tuo_hasan.id, f"companion-{GUTU}": cast.mi_jianjun.id}
    answer = desk(cast.bai_caixia).post("/assignments/", fields)
    assert answer.status_code == 422
    assert "主责和同行都要选上" in words(answer)


def test_another_township_s_household_is_left_alone(desk, cast, waiting):
    other = publish(name="李占福", village=LISHAN)
    fields = {"case": [other.id], f"main-{LISHAN}": cast.tuo_hasan.id, f"companion-{LISHAN}": cast.mi_jianjun.id}
    assert desk(cast.bai_caixia).post("/assignments/", fields).status_code == 422
    assert db.session.get(Case, other.id).stage == "warned"
    assert desk(cast.bai_caixia).get(f"/cases/{other.id}/assignment").status_code == 404


def test_one_household_is_given_to_others(desk, cast):
    case = assigned_case(cast)
    mine = desk(cast.bai_caixia)
    assert "换成这两个人" in mine.text(f"/cases/{case.id}/assignment")
    answer = mine.post(f"/cases/{case.id}/assignment", main=cast.mi_jianjun.id, companion=cast.hui_axi.id)
    assert answer.location == f"/cases/{case.id}"
    assert team_of(case) == ("米建军", "惠阿西")


def test_the_same_person_twice_is_said_beside_the_field(desk, cast):
    case = publish(village=LIUGOU)
    answer = desk(cast.bai_caixia).post(
        f"/cases/{case.id}/assignment", main=cast.mi_jianjun.id, companion=cast.mi_jianjun.id
    )
    assert answer.status_code == 422
    assert 'id="err-companion"' in answer.text
    empty = desk(cast.bai_caixia).post(f"/cases/{case.id}/assignment", main="", companion="")
    assert 'id="err-main"' in empty.text


def test_a_county_sends_nobody(desk, cast, waiting):
    assert desk(cast.tuo_fuying).get("/assignments/").status_code == 403
