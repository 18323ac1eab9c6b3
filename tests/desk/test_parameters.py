"""参数 on the desk: a list that says since when and by what, a proposal, the other office's approval."""

from datetime import date, timedelta

import pytest

from backend import clock
from backend.codebook import PARAMETER_FIELDS
from backend.domain import joint_review, parameter_changes
from backend.models import Parameter, ParameterProposal, db
from tests.cast import COUNTY
from tests.desk.browser import words
from tests.factories import visited_case


def day(days: int = 10) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def typed(**other):
    return {"value": "6,200.50", "valid_from_on": day(), "source": "张民发〔2026〕8号", "reason": ""} | other


def propose(desk, person, key="dibao_standard_fen", **other):
    return desk(person).post(f"/parameters/{key}/proposals", typed(**other))


def newest() -> ParameterProposal:
    return db.session.query(ParameterProposal).order_by(ParameterProposal.id.desc()).first()


def test_the_list_says_value_day_source_and_who(desk, cast):
    text = desk(cast.bai_caixia).text("/parameters/")
    assert "张家川" in text
    assert "农村低保标准 6,000 元/人年 2023年1月1日 演示参数，非政策标准（元/人年 6000） 程序带的" in text
    assert "上年度当地居民人均可支配收入 还没设" in text
    assert "豁免的车 残疾人代步车、摩托、电动三轮、农用三轮" in text
    assert "刚性支出占收入的比例 还没设" in desk(cast.bai_caixia).text("/parameters/?on=2024-12-31")


def test_the_lines_of_income_stand_in_one_table_with_their_documents(desk, cast):
    text = desk(cast.bai_caixia).text("/parameters/?on=2025-07-01")
    assert "城乡居民基础养老金 不计 2021年7月1日起 民发〔2021〕57号 第13条（三），“十四五”期间 计入" in text
    assert (
        "高龄津贴 计入 2021年7月1日起 民发〔2021〕57号 第13条 特困 不计 2021年7月1日起 特困人员认定办法 第6条" in text
    )
    assert "种植本钱 减去" in text
    assert "沿用民发〔2021〕57号 第13条（三）" in desk(cast.bai_caixia).text("/parameters/?on=2026-07-01")
    day = clock.local(clock.now()).date()
    one = parameter_changes.propose(
        key="counts_dibao_T5", value=True, valid_from_on=day, source="张民发〔2026〕9号", area_code=COUNTY,
        actor=cast.mao_zhiqiang,
    )  # fmt: skip
    parameter_changes.approve(one, actor=cast.tuo_fuying)
    assert "残疾人两项补贴 计入" in desk(cast.bai_caixia).text("/parameters/")
    assert "张民发〔2026〕9号 妥福英批的" in desk(cast.bai_caixia).text("/parameters/")


def test_one_office_proposes_the_other_approves(desk, cast):
    answer = propose(desk, cast.mao_zhiqiang)
    assert answer.location == "/parameters/dibao_standard_fen"
    one = newest()
    assert (one.value, one.area_code, one.proposer) == (620050, COUNTY, cast.mao_zhiqiang)
    mine = desk(cast.mao_zhiqiang).text("/parameters/dibao_standard_fen")
    assert "等批准" in mine
    assert "撤回的理由" in mine
    assert "不批的理由" not in mine
    other = desk(cast.tuo_fuying)
    assert "等批准的 1 条" in other.text("/parameters/")
    assert other.post(f"/parameters/proposals/{one.id}/approval").status_code == 303
    text = other.text("/parameters/dibao_standard_fen")
    assert "批了，到那天就用" in text
    assert "毛志强 提，妥福英" in text
    assert "还没到" in text
    assert "6,200.50 元/人年" in other.text(f"/parameters/?on={day()}")
    assert "6,000 元/人年" in other.text("/parameters/")


def test_the_county_switches_joint_review_on_for_its_townships(desk, cast):
    case = visited_case(cast)
    answer = propose(desk, cast.mao_zhiqiang, "joint_review", value="yes", valid_from_on=day(0))
    assert answer.status_code == 303
    assert not joint_review.is_joint(case)
    assert desk(cast.tuo_fuying).post(f"/parameters/proposals/{newest().id}/approval").status_code == 303
    assert joint_review.is_joint(case)
    assert "两个办公室联合研判 是" in desk(cast.bai_caixia).text("/parameters/")
    assert "等另一个办公室" in desk(cast.bai_caixia).text(f"/cases/{case.id}/review")


@pytest.mark.parametrize(
    ("key", "wrong", "field"),
    [
        ("dibao_standard_fen", {"value": "六千"}, "value"),
        ("dibao_standard_fen", {"value": "1.234"}, "value"),
        ("dibao_standard_fen", {"value": "NaN"}, "value"),
        ("dibao_standard_fen", {"value": "1e99"}, "value"),
        ("dibao_standard_fen", {"value": "9e999999"}, "value"),
        ("dibao_standard_fen", {"value": "0"}, "value"),
        ("house_max", {"value": "1.5"}, "value"),
        ("house_max", {"value": "99"}, "value"),
        ("commercial_house", {"value": "maybe"}, "value"),
        ("monitor_basis", {"value": ""}, "value"),
        ("supervision_phones", {"value": "打村上"}, "value"),
        ("supervision_phones", {"value": ""}, "value"),
        ("supervision_phones", {"value": "2026-02-31"}, "value"),
        ("supervision_phones", {"value": "12317、123"}, "value"),
        ("supervision_phones", {"value": "12345678901234"}, "value"),
        ("dibao_standard_fen", {"valid_from_on": "明天"}, "valid_from_on"),
        ("dibao_standard_fen", {"valid_from_on": "0001-01-01"}, "valid_from_on"),
        ("dibao_standard_fen", {"valid_from_on": "2026-01-01"}, "reason"),
        ("dibao_standard_fen", {"source": ""}, "source"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(desk, cast, key, wrong, field):
    answer = propose(desk, cast.mao_zhiqiang, key, **({"value": "1"} if key == "house_max" else {}) | wrong)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text
    assert wrong.get("source") == "" or "张民发〔2026〕8号" in answer.text
    assert newest() is None


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("commercial_house", "yes", True),
        ("monitor_basis", "reference", "reference"),
        ("vehicle_exempt", ["motorcycle", "wheelchair"], ["motorcycle", "wheelchair"]),
        ("dibao_exempt_lines", [], []),
        ("rules_off", ["JC-05"], ["JC-05"]),
        ("visit_limit_days", "7", 7),
        ("supervision_phones", "0938-7881234、12345", ["0938-7881234", "12345"]),
        ("supervision_phones", "12000000901，7881234 09387881234", ["12000000901", "7881234", "09387881234"]),
    ],
)
def test_each_kind_has_its_editor(desk, cast, key, value, kept):
    assert 'name="value"' in desk(cast.tuo_fuying).get(f"/parameters/{key}").text
    assert propose(desk, cast.tuo_fuying, key, value=value).status_code == 303
    assert newest().value == kept


def test_what_is_no_telephone_number_is_told_with_an_example(desk, cast):
    answer = propose(desk, cast.mao_zhiqiang, "supervision_phones", value="2026-02-31")
    assert "像 0938-7881234 或 12317" in answer.text


@pytest.mark.parametrize("field", PARAMETER_FIELDS, ids=lambda field: field.key)
def test_every_parameter_has_a_page(desk, cast, field):
    text = desk(cast.tuo_fuying).text(f"/parameters/{field.key}")
    assert field.label in text
    assert ("提一个新值" in text) == (field.kind != "calendar")


def test_a_refusal_needs_a_reason_beside_its_field(desk, cast):
    propose(desk, cast.mao_zhiqiang)
    one, other = newest(), desk(cast.tuo_fuying)
    answer = other.post(f"/parameters/proposals/{one.id}/refusal")
    assert answer.status_code == 422
    assert f'id="err-refusal-{one.id}"' in answer.text
    assert other.post(f"/parameters/proposals/{one.id}/refusal", {f"refusal-{one.id}": "文号不对"}).status_code == 303
    assert "没批：文号不对" in other.text("/parameters/dibao_standard_fen")


def test_whoever_proposed_it_withdraws_it_and_cannot_approve(desk, cast):
    propose(desk, cast.mao_zhiqiang)
    one, mine = newest(), desk(cast.mao_zhiqiang)
    answer = mine.post(f"/parameters/proposals/{one.id}/approval")
    assert answer.status_code == 403
    assert "自己部门提的不能自己批" in words(answer)
    assert (
        mine.post(f"/parameters/proposals/{one.id}/withdrawal", {f"withdrawal-{one.id}": "写错了"}).status_code == 303
    )
    assert "撤回：写错了" in mine.text("/parameters/dibao_standard_fen")
    assert db.session.query(Parameter).filter_by(area_code=COUNTY).count() == 0


def test_who_approves_late_says_why(desk, cast):
    with clock.standing_at(clock.now() - timedelta(days=20)):
        one = parameter_changes.propose(
            key="house_max", value=2, valid_from_on=date.fromisoformat(day(10)), source="县里定", area_code=COUNTY,
            actor=cast.mao_zhiqiang,
        )  # fmt: skip
    other = desk(cast.tuo_fuying)
    answer = other.post(f"/parameters/proposals/{one.id}/approval")
    assert answer.status_code == 422
    assert f'id="err-approval-{one.id}"' in answer.text
    assert other.post(f"/parameters/proposals/{one.id}/approval", {f"approval-{one.id}": "批晚了"}).status_code == 303


def test_who_may_look_and_who_may_propose(desk, cast):
    for person in (cast.bai_caixia, cast.chen_xiaohong, cast.liu_yulan):
        assert "提一个新值" not in desk(person).text("/parameters/house_max")
        assert propose(desk, person, "house_max", value="2").status_code == 403
    assert desk(cast.mi_jianjun).get("/parameters/").status_code == 403
    assert desk(cast.tie_jianhua).get("/parameters/").status_code == 403
    assert desk(cast.tuo_fuying).get("/parameters/?area=620522").status_code == 404
    assert desk(cast.liu_yulan).get("/parameters/?area=620522").status_code == 200
    assert desk(cast.liu_yulan).get("/parameters/?area=620102").status_code == 404
    assert desk(cast.tuo_fuying).get("/parameters/unheard_of").status_code == 404
    assert desk(cast.tuo_fuying).post("/parameters/proposals/999999999/approval").status_code == 404


def test_the_rules_of_a_day_with_clause_and_source(desk, cast):
    text = desk(cast.liu_yulan).text("/rules/")
    assert "农村低保：收入 DB-01" in text
    assert "社会救助暂行办法 第9条；民发〔2021〕57号 第13条" in text
    old = desk(cast.bai_caixia).text("/rules/?on=2023-04-30")
    assert "突发严重困难户 JC-03" not in old
    assert "防返贫监测：突发严重困难户（2023年5月1日起）" in old
    answer = desk(cast.bai_caixia).get("/rules/?on=x")
    assert answer.status_code == 422
    assert 'id="err-on"' in answer.text
