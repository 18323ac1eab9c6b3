"""提示 on the desk: arithmetic line by line, by the parameters and rules of the visit's day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import clock, rulebook
from backend.desk.hint_view import Hints
from backend.domain import parameter_changes, review, routing
from backend.domain.conditions import Scene
from backend.domain.income import income_of
from backend.domain.worked import worked
from backend.models import Case, db
from tests.cast import COUNTY
from tests.desk.browser import visit
from tests.domain.suggestion_vectors import TOLD
from tests.domain.test_income import JSON
from tests.factories import assigned_case

ANSWERS = TOLD["answers"]


@pytest.fixture
def case(cast) -> Case:
    made = visit(assigned_case(cast, name="妥索非也"), author=cast.mi_jianjun, **ANSWERS)
    return made.case


def today() -> date:
    return clock.local(clock.now()).date()


def test_the_review_shows_both_sums_line_by_line(desk, cast, case):
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/review")
    assert "只算数，不替人定" in text
    assert "工资 14,000 + 21,600 35,600" in text
    assert "减 种养、经营本钱 3,200 + 22,000 −25,200" in text
    assert "家庭纯收入 59,716" in text
    assert "÷ 5 人 11,943.20" in text
    assert "人均合规自付 36,000 ÷ 5 产品默认：合规自付按医药费，待县里确认 −7,200" in text
    assert "扣自付以前人均 11,943.20， 不低于 防返贫监测范围 8,000" in text
    assert "扣自付以后人均 4,743.20， 低于 防返贫监测范围 8,000" in text
    assert "减 就业成本 民发〔2021〕57号 第13条 −3,560" in text
    assert "低保算法人均 10,646， 不低于 农村低保标准 6,000" in text
    assert "农村低保标准 × 150% 9,000" in text


def test_a_hint_says_verdict_reasons_clause_and_what_is_missing(desk, cast, case):
    page = desk(cast.bai_caixia).get(f"/cases/{case.id}/review").text
    hint = page.split("防返贫监测：突发严重困难户")[1].split('class="sug"')[0]
    assert 'class="verdict maybe"' in hint
    assert "#i-half" in hint
    assert "演示参数，非政策标准" in hint
    assert "JC-03" in hint
    spending = page.split("临时救助：支出型")[1].split('class="sug"')[0]
    assert 'class="verdict lack"' in spending
    assert "上年度当地居民人均可支配收入（县里还没设）" in spending
    assert "tag-received" not in page.split('id="hints"')[1].split("</section>")[0]


def test_limits_and_exemptions_have_their_arithmetic(desk, cast, case):
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/hints")
    assert "5,000 元，上限 2 × 6,000 × 5 = 60,000 元" in text
    assert "房子 1 处，上限 1 处" in text
    assert "第 1 项" in text
    assert "在“豁免的车”里" in text
    assert "用到的参数" in text


def test_case_and_routing_show_them_too(desk, cast, case):
    review.approve(case, actor=cast.bai_caixia)
    routing.route(case, to={"relapse_prevention": []}, reason="自付太重", actor=cast.bai_caixia)
    db.session.flush()
    for person, url in (
        (cast.bai_caixia, f"/cases/{case.id}"),
        (cast.mao_zhiqiang, f"/cases/{case.id}"),
        (cast.mao_zhiqiang, f"/routings/{case.routings[0].id}"),
    ):
        assert "扣自付以后人均 4,743.20" in desk(person).text(url)


def test_who_oversees_reads_no_member_s_name_in_what_is_missing(desk, cast):
    people = [{"m_name": "马法图麦", "m_is_living": "yes", "m_birth_on": "1981-03-02"}]
    made = visit(assigned_case(cast), author=cast.mi_jianjun, **ANSWERS | {"members": people}).case
    assert "马法图麦的" in desk(cast.bai_caixia).text(f"/cases/{made.id}/hints")
    page = desk(cast.liu_yulan).text(f"/cases/{made.id}/hints")
    assert "马**麦的" in page
    assert "马法图麦" not in page


def test_a_household_out_of_sight_or_without_a_visit_has_no_hints(desk, cast, case):
    assert desk(cast.li_zhanfu).get(f"/cases/{case.id}/hints").status_code == 404
    assert desk(cast.mi_jianjun).get(f"/cases/{case.id}/hints").status_code == 403
    assert desk(cast.bai_caixia).get(f"/cases/{assigned_case(cast).id}/hints").status_code == 404


@pytest.mark.parametrize("on", ["昨天", "2026-13-01", "0001-01-01", ""])
def test_a_day_that_is_none_is_said_beside_the_field(desk, cast, case, on):
    answer = desk(cast.bai_caixia).get(f"/cases/{case.id}/hints?on={on}")
    assert answer.status_code == 422
    assert 'id="err-on"' in answer.text


def test_a_parameter_changed_later_leaves_an_old_result_and_changes_a_new_one(desk, cast, case):
    """The line is 6,000 on the day of the first visit and 11,000 from tomorrow on."""
    tomorrow = today() + timedelta(days=1)
    one = parameter_changes.propose(
        key="dibao_standard_fen", value=1100000, valid_from_on=tomorrow, source="张民发〔2026〕8号",
        area_code=COUNTY, actor=cast.mao_zhiqiang,
    )  # fmt: skip
    before = desk(cast.bai_caixia).text(f"/cases/{case.id}/hints")
    parameter_changes.approve(one, actor=cast.tuo_fuying)
    url = f"/cases/{case.id}/hints"
    assert "不低于 农村低保标准 6,000" in before
    old = desk(cast.bai_caixia).text(url)
    assert old == before
    again = desk(cast.bai_caixia).text(f"{url}?on={tomorrow.isoformat()}")
    assert "低于 农村低保标准 11,000" in again
    assert "张民发〔2026〕8号" in again
    with clock.standing_at(clock.now() + timedelta(days=2)):
        new = visit(assigned_case(cast, name="马占福"), author=cast.mi_jianjun, **ANSWERS).case
    assert "低于 农村低保标准 11,000" in desk(cast.bai_caixia).text(f"/cases/{new.id}/hints")


def test_a_line_counted_otherwise_from_a_day_leaves_earlier_sums(desk, cast, case):
    """低保 counts 基础养老金 from tomorrow on; a visit of today is still counted by the rows of its day."""
    tomorrow, mine, url = today() + timedelta(days=1), desk(cast.bai_caixia), f"/cases/{case.id}/hints"
    before = mine.text(url)
    one = parameter_changes.propose(
        key="counts_dibao_T2", value=True, valid_from_on=tomorrow, source="张民发〔2026〕9号", area_code=COUNTY,
        actor=cast.mao_zhiqiang,
    )  # fmt: skip
    parameter_changes.approve(one, actor=cast.tuo_fuying)
    assert "减 城乡居民基础养老金（不计） 沿用民发〔2021〕57号 第13条（三），待县里确认 −1,176" in before
    assert mine.text(url) == before
    after = mine.text(f"{url}?on={tomorrow.isoformat()}")
    assert "城乡居民基础养老金（不计）" not in after
    assert "低保算法人均 10,881.20" in after


def test_a_line_approved_late_is_said(desk, cast, case):
    day = today()
    with clock.standing_at(clock.now() + timedelta(days=3)):
        one = parameter_changes.propose(
            key="counts_dibao_T2", value=True, valid_from_on=day - timedelta(days=9), source="张民发〔2026〕9号",
            area_code=COUNTY, actor=cast.mao_zhiqiang, reason="文件补发",
        )  # fmt: skip
        parameter_changes.approve(one, actor=cast.tuo_fuying)
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/hints")
    assert "低保计入：城乡居民基础养老金是以后才批、从以前算起的" in text


def test_a_value_approved_for_a_day_that_is_over_hides_not_what_was_seen_then(desk, cast, case):
    day = today()
    with clock.standing_at(clock.now() + timedelta(days=3)):
        one = parameter_changes.propose(
            key="dibao_standard_fen", value=1100000, valid_from_on=day - timedelta(days=9), source="张民发〔2026〕8号",
            area_code=COUNTY, actor=cast.mao_zhiqiang, reason="文件补发",
        )  # fmt: skip
        parameter_changes.approve(one, actor=cast.tuo_fuying)
    mine, url = desk(cast.bai_caixia), f"/cases/{case.id}/hints"
    now = mine.text(url)
    assert "低于 农村低保标准 11,000" in now
    assert "农村低保标准是以后才批、从以前算起的" in now
    then = mine.text(f"{url}?on={day.isoformat()}&known={day.isoformat()}")
    assert "不低于 农村低保标准 6,000" in then
    assert "以后批的参数没有算进来" in then
    wrong = mine.get(f"{url}?known=x")
    assert wrong.status_code == 422
    assert 'id="err-known"' in wrong.text


def test_a_rule_that_the_county_switched_off_is_silent_from_its_day(desk, cast, case):
    tomorrow = today() + timedelta(days=1)
    one = parameter_changes.propose(
        key="rules_off", value=["JC-03"], valid_from_on=tomorrow, source="县里会商纪要", area_code=COUNTY,
        actor=cast.mao_zhiqiang,
    )  # fmt: skip
    parameter_changes.approve(one, actor=cast.tuo_fuying)
    mine = desk(cast.bai_caixia)
    assert "突发严重困难户" in mine.text(f"/cases/{case.id}/hints")
    assert "突发严重困难户" not in mine.text(f"/cases/{case.id}/hints?on={tomorrow.isoformat()}")
    assert "县里停用了" not in mine.text("/rules/")
    assert "JC-03 县里停用了" in mine.text(f"/rules/?on={tomorrow.isoformat()}")


@given(st.dictionaries(st.sampled_from(sorted(ANSWERS)), JSON))
def test_no_answers_however_odd_break_the_arithmetic(answers):
    day, book = TOLD["day"], rulebook.rulebook()
    values, mixed = rulebook.shipped_on(day), {**ANSWERS, **answers}
    scene = Scene(mixed, values, income_of(mixed, values, day), book["tests"], day)
    for rule in book["rules"]:
        for test in rule["must"]:
            assert isinstance(worked(test, scene), list)


@pytest.mark.parametrize("odd", [{"members": [3, {"m_name": 7}]}, {"vehicles": [{"v_kind": {}, "v_value_fen": "x"}]}, {"other_wealth": [{}]},
                                 {"houses": "none"}, {"financial_assets_fen": 12.5}, {"living_size": "many"}])  # fmt: skip
def test_an_odd_answer_is_shown_without_a_fault(desk, cast, odd):
    made = visit(assigned_case(cast), author=cast.mi_jianjun, **ANSWERS | odd).case
    assert desk(cast.bai_caixia).get(f"/cases/{made.id}/hints").status_code == 200


def test_every_hint_has_an_order(cast, case):
    assert Hints(case, {}, today()).standing["dibao_standard_fen"].is_demo
