"""近亲属, AB 角 and 交接 from the desk."""

from datetime import timedelta

import pytest

from backend.desk.page import today
from backend.domain import assignment, cover, kinship
from backend.models import Case, db
from tests.cast import MAOSHAN
from tests.desk.browser import visit, words
from tests.factories import assigned_case, id_number, publish


def team_of(case: Case) -> set[str]:
    return {user.name for user in assignment.active(db.session.get(Case, case.id, populate_existing=True)).values()}


def stage_of(case: Case) -> str:
    return db.session.get(Case, case.id, populate_existing=True).stage


@pytest.fixture
def related(cast) -> Case:
    case = publish(name="铁阿西")
    kinship.file_kinship(case, relation="niece", relative=cast.mi_jianjun, actor=cast.bai_caixia)
    return case


def whole_village(cast) -> dict:
    return {f"main-{MAOSHAN}": cast.mi_jianjun.id, f"companion-{MAOSHAN}": cast.ding_zhiqiang.id}


def test_a_filing_is_made_and_taken_back(desk, cast):
    case, mine = publish(), desk(cast.bai_caixia)
    url = f"/cases/{case.id}/kinship"
    assert "近亲属备案" in mine.text(f"/cases/{case.id}")
    answer = mine.post(url, relative=cast.mi_jianjun.id, relation="niece")
    assert "备案了，派单时会拦住" in mine.text(answer.location)
    assert "有近亲属，县民政要自己入户" in mine.text(f"/cases/{case.id}")
    again = mine.post(url, relative=cast.mi_jianjun.id, relation="son")
    assert (again.status_code, "已经备案过了" in words(again)) == (409, True)
    made = kinship.filings_of([case])[case.id][0]
    answer = mine.post(f"/kinships/{made.id}/withdrawal")
    assert "没有备过" in mine.text(answer.location)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"relative": "", "relation": "son"}, "relative"),
        ({"relative": "x", "relation": "son"}, "relative"),
        ({"relative_name": "李占福", "relation": ""}, "relation"),
        ({"relative_name": "李占福", "relation": "head"}, "relation"),
    ],
)
def test_a_filing_that_does_not_fit_is_said_beside_its_field(desk, cast, typed, field):
    answer = desk(cast.bai_caixia).post(f"/cases/{publish().id}/kinship", typed)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text


def test_filings_out_of_sight_are_unknown(desk, cast, related):
    made = kinship.filings_of([related])[related.id][0]
    assert desk(cast.li_zhanfu).post(f"/kinships/{made.id}/withdrawal").status_code == 404
    assert desk(cast.li_zhanfu).get(f"/cases/{related.id}/kinship").status_code == 404
    assert desk(cast.tuo_fuying).get(f"/cases/{related.id}/kinship").status_code == 403


def test_the_page_blocks_that_one_and_offers_the_swap(desk, cast, related):
    other, mine = publish(name="韩玉花"), desk(cast.bai_caixia)
    page = mine.get("/assignments/")
    assert "米建军备案是近亲属（之侄女），不能去" in words(page)
    assert "勾上就换成 丁志强 主责、 惠阿西 同行" in words(page)
    assert f'value="{related.id}" aria-label="铁阿西户">' in page.text
    assert "选了 1 户" in words(page)
    own = {f"main-{related.id}": cast.ding_zhiqiang.id, f"companion-{related.id}": cast.hui_axi.id}
    answer = mine.post("/assignments/", {"case": [related.id, other.id]} | whole_village(cast) | own)
    assert answer.status_code == 303
    assert team_of(related) == {"丁志强", "惠阿西"}
    assert team_of(other) == {"米建军", "丁志强"}


def test_the_board_sends_the_village_without_that_one(desk, cast, related):
    other, mine = publish(name="韩玉花"), desk(cast.bai_caixia)
    assert "1 户是近亲属，要换人" in mine.text("/today/")
    assert mine.post("/assignments/", {"village": [MAOSHAN]} | whole_village(cast)).status_code == 303
    assert (stage_of(related), stage_of(other)) == ("warned", "assigned")


def test_a_relative_chosen_by_hand_is_refused_beside_the_field(desk, cast, related):
    answer = desk(cast.bai_caixia).post(
        f"/cases/{related.id}/assignment", main=cast.ding_zhiqiang.id, companion=cast.mi_jianjun.id
    )
    assert answer.status_code == 422
    assert 'id="err-companion"' in answer.text
    assert "不能去这一户" in words(answer)


def test_the_visit_s_own_word_tells_the_county_to_go(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, kinship="related").case
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/review")
    assert "有近亲属，县民政要自己入户" in text
    assert "核查表上写了有，还没有备案" in text


def test_somebody_on_leave_is_not_proposed_and_the_usual_team_is(desk, cast):
    assigned_case(cast, main=cast.ding_zhiqiang, companion=cast.hui_axi)
    publish()
    mine = desk(cast.bai_caixia)
    page = mine.get("/assignments/")
    assert "上次就是这一组" in words(page)
    assert f'value="{cast.ding_zhiqiang.id}" selected' in page.text
    cover.set_cover(
        cast.ding_zhiqiang, stand_in=cast.mi_jianjun, from_on=today(), until_on=today(), actor=cast.bai_caixia
    )
    page = mine.get("/assignments/")
    assert f'value="{cast.ding_zhiqiang.id}" selected' not in page.text


def test_leave_is_arranged_and_ended_early(desk, cast):
    assigned_case(cast)
    mine = desk(cast.bai_caixia)
    url = f"/handovers/{cast.mi_jianjun.id}"
    days = {"from_on": today().isoformat(), "until_on": (today() + timedelta(3)).isoformat()}
    answer = mine.post(f"{url}/cover", {"stand_in": cast.hui_axi.id} | days)
    assert "安排好了" in mine.text(answer.location)
    assert "惠阿西 顶" in mine.text("/handovers/")
    assert "提前回来了，结束顶班" in mine.text(url)
    made = cover.covers_now([cast.mi_jianjun.id])[cast.mi_jianjun.id]
    assert desk(cast.li_zhanfu).post(f"/covers/{made.id}/end").status_code == 404
    assert "顶班结束了" in mine.text(mine.post(f"/covers/{made.id}/end").location)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"from_on": "", "until_on": "2026-01-01"}, "from_on"),
        ({"from_on": "明天", "until_on": "2026-01-01"}, "from_on"),
        ({"from_on": "2020-01-01", "until_on": "2020-01-02"}, "until_on"),
        ({"from_on": "2020-01-01", "until_on": "2020-01-02", "stand_in": "x"}, "stand_in"),
    ],
)
def test_leave_that_does_not_fit_is_said_beside_its_field(desk, cast, typed, field):
    answer = desk(cast.bai_caixia).post(f"/handovers/{cast.mi_jianjun.id}/cover", {"stand_in": cast.hui_axi.id} | typed)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text


def test_everything_in_hand_goes_in_one_go_and_one_household_elsewhere(desk, cast):
    cases = [assigned_case(cast, companion=cast.hui_axi, name=name) for name in ("韩玉花", "李占有")]
    cases.append(assigned_case(cast, name="妥小梅"))
    mine, url = desk(cast.bai_caixia), f"/handovers/{cast.mi_jianjun.id}"
    assert "3 户都交给别人" in mine.text(url)
    fields = {"to": cast.ding_zhiqiang.id, "reason": "调走了"}
    refused = mine.post(f"{url}/cases", fields)
    assert (refused.status_code, "丁志强本来就去这一户" in words(refused)) == (422, True)
    assert team_of(cases[0]) == {"米建军", "惠阿西"}
    answer = mine.post(f"{url}/cases", fields | {f"to-{cases[2].id}": cast.hui_axi.id})
    assert "3 户交出去了" in mine.text(answer.location)
    assert [team_of(case) for case in cases] == [{"丁志强", "惠阿西"}] * 3
    assert "调走了" in mine.text(f"/cases/{cases[0].id}")
    assert "手上没有要去的户" in mine.text(url)


def test_a_handover_needs_a_reason_and_somebody(desk, cast):
    assigned_case(cast)
    mine, url = desk(cast.bai_caixia), f"/handovers/{cast.mi_jianjun.id}/cases"
    assert 'id="err-reason"' in mine.post(url, to=cast.hui_axi.id).text
    assert 'id="err-to"' in mine.post(url, reason="调走了").text


def test_only_village_workers_in_sight_are_shown(desk, cast):
    assert desk(cast.li_zhanfu).get(f"/handovers/{cast.mi_jianjun.id}").status_code == 404
    assert desk(cast.bai_caixia).get(f"/handovers/{cast.bai_caixia.id}").status_code == 404
    assert desk(cast.tuo_fuying).get("/handovers/").status_code == 403


def test_earlier_cases_of_the_same_person_stand_on_the_review_page(desk, cast):
    number = id_number(order=71)
    first = assigned_case(cast, id_number=number)
    case = visit(assigned_case(cast, id_number=number), author=cast.mi_jianjun).case
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/review")
    assert "以前来过 1 次" in text
    assert first.number in text
