"""研判 from the desk: photos, differing facts, approval, return, routing."""

from datetime import date

import pytest

from backend.models import Case, Parameter, Posting, User, db
from tests.cast import GONGMEN, LISHAN, SINCE
from tests.desk.browser import observe, visit, words
from tests.factories import assigned_case, publish, reviewed_case


@pytest.fixture
def case(cast) -> Case:
    """Told as declared, five people, so that nothing differs."""
    return visit(assigned_case(cast, name="马占福"), author=cast.mi_jianjun).case


def again(case: Case) -> Case:
    return db.session.get(Case, case.id, populate_existing=True)


def approve(desk, cast, case):
    return desk(cast.bai_caixia).post(f"/cases/{case.id}/review/approval", reason="属实")


def test_the_list_holds_what_waits(desk, cast, case):
    text = desk(cast.bai_caixia).text("/reviews/")
    assert "1 户待研判" in text
    assert "马占福" in text


def test_approval_leads_to_the_routing(desk, cast, case):
    answer = approve(desk, cast, case)
    assert answer.location == f"/cases/{case.id}/review"
    text = desk(cast.bai_caixia).text(answer.location)
    assert "选去向" in text
    assert again(case).stage == "reviewed"


def test_differing_facts_stand_side_by_side_and_one_is_adopted(desk, cast, case):
    seen = observe(case, author=cast.ding_zhiqiang, cattle=2)
    mine = desk(cast.bai_caixia)
    page = mine.get(f"/cases/{case.id}/review")
    assert "说法不一样的 1 处" in words(page)
    assert "0 头 核查表：防贫监测网格员米建军" in words(page)
    assert "2 头 补充观察：驻村帮扶工作队丁志强" in words(page)
    assert " checked" not in page.text.split('id="differing"')[1].split("</section>")[0]
    refused = approve(desk, cast, case)
    assert refused.status_code == 422
    assert 'id="err-adopt-cattle"' in refused.text
    assert again(case).stage == "submitted"
    url = f"/cases/{case.id}/review/approval"
    assert mine.post(url, {"adopt-cattle": "visit:of-somebody-else"}).status_code == 422
    assert mine.post(url, {"adopt-cattle": f"observation:{seen.id}"}).status_code == 303
    assert again(case).reviews[-1].adopted == {"cattle": f"observation:{seen.id}"}


def test_the_household_s_own_number_is_a_statement_too(desk, cast):
    case = visit(assigned_case(cast, name="妥索非也", family_size=6), author=cast.mi_jianjun).case
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/review")
    assert "6 人 申报时自己填的" in text
    assert "5 人 核查表" in text


def test_photos_on_their_way_hold_the_approval(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, photos=3, stored=1).case
    answer = approve(desk, cast, case)
    assert answer.status_code == 409
    assert "照片还差 2 张没传到" in words(answer)


def test_a_return_carries_words_on_the_very_fields(desk, cast, case):
    mine = desk(cast.bai_caixia)
    fields = {"reason_code": "photo", "return_reason": "", "on-photos": "厨房太黑，白天开着门拍", "on-living_size": ""}
    answer = mine.post(f"/cases/{case.id}/review/return", fields)
    assert answer.location == "/reviews/"
    kept = again(case)
    assert kept.stage == "returned"
    assert kept.reviews[-1].comments == [{"key": "photos", "text": "厨房太黑，白天开着门拍"}]
    assert kept.reviews[-1].reason == "厨房太黑，白天开着门拍"
    assert kept.visited_at is not None


def test_a_return_without_a_reason_keeps_what_was_written(desk, cast, case):
    answer = desk(cast.bai_caixia).post(f"/cases/{case.id}/review/return", {"return_reason": "补一张厨房"})
    assert answer.status_code == 422
    assert 'id="err-reason_code"' in answer.text
    assert "补一张厨房</textarea>" in answer.text
    empty = desk(cast.bai_caixia).post(f"/cases/{case.id}/review/return", {"reason_code": "photo"})
    assert 'id="err-return_reason"' in empty.text


@pytest.fixture
def reviewed(desk, cast, case) -> Case:
    approve(desk, cast, case)
    return again(case)


def route(desk, cast, case, **fields):
    return desk(cast.bai_caixia).post(f"/cases/{case.id}/routing", fields)


def test_several_outcomes_at_once_are_normal(desk, cast, reviewed):
    answer = route(
        desk, cast, reviewed, queue=["social_assistance", "housing"], category=["temporary", "dibao"], reason="自付大"
    )
    assert answer.location == f"/cases/{reviewed.id}"
    made = {r.queue: r.categories for r in again(reviewed).routings}
    assert made == {"social_assistance": ["dibao", "temporary"], "housing": []}


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"reason": "属实"}, "queue", "至少选一个去向"),
        ({"queue": ["social_assistance"], "reason": "属实"}, "category", "转民政要至少选一类救助"),
        ({"queue": ["housing"], "reason": ""}, "reason", "写一句理由"),
        ({"queue": ["housing", "explanation"], "reason": "属实"}, "queue", "选了“不符合”，就不能同时转办"),
    ],
)
def test_a_wrong_routing_says_why_beside_the_field(desk, cast, reviewed, fields, field, sentence):
    answer = route(desk, cast, reviewed, **fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'id="err-{field}"' in answer.text
    for queue in fields.get("queue", []):
        assert f'value="{queue}" data-group="{"alone" if queue == "explanation" else "go"}" checked' in answer.text
    assert again(reviewed).routings == []


def test_not_eligible_leads_to_the_explanation(desk, cast, reviewed):
    answer = route(desk, cast, reviewed, queue=["explanation"], reason="收入高于标准")
    assert answer.location == f"/cases/{reviewed.id}/explanation"


def test_another_township_s_visit_is_unknown(desk, cast):
    other = publish(name="李占福", village=LISHAN)
    mine = desk(cast.bai_caixia)
    assert mine.get(f"/cases/{other.id}/review").status_code == 404
    assert mine.post(f"/cases/{other.id}/review/approval").status_code == 404
    assert mine.post(f"/cases/{other.id}/review/return").status_code == 404
    assert mine.post(f"/cases/{other.id}/routing").status_code == 404


def test_a_case_elsewhere_says_where_it_is(desk, cast):
    case = publish()
    mine = desk(cast.bai_caixia)
    assert "现在是“待派单”，不用研判" in mine.text(f"/cases/{case.id}/review")
    answer = mine.post(f"/cases/{case.id}/review/approval")
    assert answer.status_code == 409
    assert "刷新看看最新情况" in words(answer)


JUNK = {
    "members": [None, 7, {"m_name": 3, "m_health": {"a": 1}}],
    "visitors": {"name": "米建军"},
    "signature_interviewee": {"strokes": [["x", None], 5, [1, 2, 3]], "width": None, "height": "?"},
    "signature_visitor_1": "yes",
    "photo_refusals": ["no"],
    "living_size": {"deep": [1]},
    "risks": 7,
    "narrative": ["a"],
    "cattle": "<script>alert(1)</script>",
}


def test_whatever_a_phone_handed_in_can_be_looked_at(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, **JUNK).case
    mine = desk(cast.bai_caixia)
    page = mine.get(f"/cases/{case.id}/review")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert mine.get(f"/cases/{case.id}").status_code == 200


def test_what_is_missing_is_shown_beside_the_visit(desk, cast):
    case = visit(
        assigned_case(cast), author=cast.mi_jianjun, narrative="太短", photo_refusals={"papers": "不愿意"}
    ).case
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}/review")
    assert "项要看" in text
    assert "入户情况： 写得太短" in text
    assert "房屋外观： 没填" in text
    assert "马法图麦" in text.split("照样收下了")[1]


def test_two_offices_agree_one_after_the_other(desk, cast, case):
    db.session.add(
        Parameter(key="joint_review", area_code=GONGMEN, value=True, valid_from_on=date(2020, 1, 1), source="镇里定")
    )
    mine, url = desk(cast.bai_caixia), f"/cases/{case.id}/review"
    assert "同意，等另一个办公室" in mine.text(url)
    assert "另一个办公室还没同意" in words(mine.post(f"{url}/approval", reason="属实"))
    answer = mine.post(f"{url}/opinion", reason="属实")
    assert "等另一个办公室同意" in mine.text(answer.location)
    assert mine.post(f"{url}/opinion").status_code == 409
    other = User(
        username="ma_lanhua", name="马兰花", role="township_coordinator", unit="恭门镇乡村振兴办",
        password_hash=cast.bai_caixia.password_hash, postings=[Posting(area_code=GONGMEN, started_on=SINCE)],
    )  # fmt: skip
    db.session.add(other)
    db.session.commit()
    second = desk(other)
    text = second.text(url)
    assert "恭门镇民政办 白彩霞 同意" in text
    assert "同意，接着选去向" in text
    answer = second.post(f"{url}/opinion", reason="页面是早先打开的")
    assert answer.location == url
    assert "两个办公室都同意了" in second.text(url)
    assert second.post(f"{url}/approval", reason="同意").status_code == 303
    assert again(case).stage == "reviewed"


def test_an_approval_is_taken_back_from_the_page_that_routes(desk, cast):
    case, town = reviewed_case(cast), desk(cast.bai_caixia)
    db.session.commit()
    url = f"/cases/{case.id}/review/reconsideration"
    assert 'id="err-why"' in town.post(url, {"why": ""}).text
    assert desk(cast.li_zhanfu).post(url, {"why": "还要再去一次"}).status_code == 404
    assert town.post(url, {"why": "还要再去一次"}).location == f"/cases/{case.id}/review"
    assert "退回补正" in town.text(f"/cases/{case.id}/review")
    assert "研判撤了，重新研判" in town.text(f"/cases/{case.id}")
    assert town.post(url, {"why": "还要再去一次"}).status_code == 409
