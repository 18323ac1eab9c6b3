"""转办 at the departments: take on, send back, record what came of it; the last result closes the case."""

import pytest

from backend import clock
from backend.domain import decision, review, routing
from backend.models import Case, Routing, db
from tests.desk.browser import visit, words
from tests.factories import assigned_case


def routed(cast, to, **other) -> Case:
    case = visit(assigned_case(cast, **other), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia, reason="属实")
    routing.route(case, to=to, reason="自付三万六", actor=cast.bai_caixia)
    db.session.flush()
    return case


@pytest.fixture
def case(cast) -> Case:
    return routed(cast, {"social_assistance": ["dibao", "temporary"], "housing": []}, name="妥索非也")


def of(case: Case, queue: str) -> Routing:
    return next(r for r in db.session.get(Case, case.id, populate_existing=True).routings if r.queue == queue)


def result(**other):
    today = clock.local(clock.now()).date().isoformat()
    return {
        "outcome": "included",
        "category": "temporary",
        "decided_on": today,
        "amount": "4,000",
        "reason": "",
        "elsewhere": "yes",
    } | other


def test_each_department_sees_its_own_queue(desk, cast, case):
    assert "妥索非也" in desk(cast.tuo_fuying).text("/routings/")
    assert "妥索非也" in desk(cast.zhao_shengfu).text("/routings/")
    for other in (cast.mao_zhiqiang, cast.chen_xiaohong):
        assert "妥索非也" not in desk(other).text("/routings/")
        assert desk(other).get(f"/routings/{of(case, 'housing').id}").status_code == 404


def test_the_five_categories_are_counted_and_filter(desk, cast, case):
    routed(cast, {"social_assistance": ["child"]}, name="马子涵")
    mine = desk(cast.tuo_fuying)
    text = mine.text("/routings/")
    assert "农村低保 1" in text
    assert "孤儿（事实无人抚养儿童） 1 不公示" in text
    assert "马子涵" not in mine.text("/routings/?category=dibao").split("先到期的在前")[1]


def test_a_township_follows_every_queue_but_works_on_none(desk, cast, case):
    mine = desk(cast.bai_caixia)
    assert "妥索非也" in mine.text("/routings/?queue=housing")
    one = of(case, "housing")
    assert "结果由部门登记" in mine.text(f"/routings/{one.id}")
    assert mine.post(f"/routings/{one.id}/acceptance").status_code == 403


def test_several_are_taken_on_at_once(desk, cast, case):
    second = routed(cast, {"social_assistance": ["child"]}, name="马子涵")
    mine = desk(cast.tuo_fuying)
    ids = [of(case, "social_assistance").id, of(second, "social_assistance").id]
    answer = mine.post("/routings/acceptances", {"routing": ids, "back": "/routings/?state=sent"})
    assert answer.location == "/routings/?state=sent"
    assert {of(c, "social_assistance").state for c in (case, second)} == {"accepted"}
    assert "受理了 2 条" in mine.text("/routings/?state=accepted")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example"])
def test_taking_on_leads_to_no_other_site(desk, cast, case, back):
    answer = desk(cast.tuo_fuying).post(
        "/routings/acceptances", {"routing": [of(case, "social_assistance").id], "back": back}
    )
    assert answer.location == "/routings/"


def test_nothing_ticked_is_said(desk, cast, case):
    assert "还没勾选" in words(desk(cast.tuo_fuying).post("/routings/acceptances"))


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "①", "x"])
@pytest.mark.usefixtures("case")
def test_a_number_that_no_row_has_is_nothing_ticked(desk, cast, number):
    assert "还没勾选" in words(desk(cast.tuo_fuying).post("/routings/acceptances", {"routing": [number]}))


def test_steps_without_a_day_are_named_before_somebody_is_included(desk, cast, accepted):
    mine, url = desk(cast.tuo_fuying), f"/routings/{accepted.id}/decisions"
    answer = mine.post(url, result(elsewhere=""))
    assert answer.status_code == 422
    assert 'id="err-elsewhere"' in answer.text
    assert "在别的系统里办完了的，勾上再登记" in words(answer)
    assert db.session.query(decision.Decision).count() == 0
    assert mine.post(url, result()).status_code == 303


def test_what_was_taken_on_cannot_be_taken_on_again(desk, cast, case):
    one, mine = of(case, "social_assistance"), desk(cast.tuo_fuying)
    assert mine.post(f"/routings/{one.id}/acceptance").status_code == 303
    again = mine.post(f"/routings/{one.id}/acceptance")
    assert again.status_code == 409
    assert "现在是“已受理”" in words(again)
    assert mine.post("/routings/acceptances", {"routing": [one.id]}).status_code == 409


@pytest.fixture
def accepted(desk, cast, case) -> Routing:
    desk(cast.tuo_fuying).post(f"/routings/{of(case, 'social_assistance').id}/acceptance")
    return of(case, "social_assistance")


def test_the_last_result_closes_the_case(desk, cast, case, accepted):
    mine, url = desk(cast.tuo_fuying), f"/routings/{accepted.id}/decisions"
    assert mine.post(url, result()).status_code == 303
    assert of(case, "social_assistance").state == "accepted"
    assert (
        mine.post(
            url, result(outcome="declined", category="dibao", reason_code="income", reason="高于标准")
        ).status_code
        == 303
    )
    assert of(case, "social_assistance").state == "decided"
    assert [(d.category, d.amount_fen) for d in of(case, "social_assistance").decisions] == [
        ("temporary", 400000),
        ("dibao", None),
    ]
    housing, builder = of(case, "housing"), desk(cast.zhao_shengfu)
    builder.post(f"/routings/{housing.id}/acceptance")
    answer = builder.post(f"/routings/{housing.id}/decisions", result(outcome="solved", category="", amount=""))
    assert "已办结" in builder.text(answer.location)
    assert db.session.get(Case, case.id, populate_existing=True).stage == "closed"
    history = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    for line in (
        "转办：民政救助、住房安全",
        "民政救助：纳入（临时救助）",
        "民政救助：不予纳入（农村低保）",
        "住房安全：已解决， 办结",
    ):
        assert line in history, line


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "solved"}, "outcome"),
        ({"category": ""}, "category"),
        ({"decided_on": "昨天"}, "decided_on"),
        ({"decided_on": "2999-01-01"}, "decided_on"),
        ({"amount": "四千"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "9e999999"}, "amount"),
        ({"outcome": "declined", "reason_code": "income"}, "reason"),
        ({"outcome": "declined", "reason": "高于标准"}, "reason_code"),
    ],
)
def test_a_wrong_result_says_why_beside_the_field_and_keeps_the_rest(desk, cast, accepted, wrong, field):
    typed = result(reason="按支出型给一次") | wrong
    if wrong.get("outcome") == "declined":
        typed["reason"] = wrong.get("reason", "")
    answer = desk(cast.tuo_fuying).post(f"/routings/{accepted.id}/decisions", typed)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text
    assert typed["reason"] in answer.text
    assert db.session.query(decision.Decision).count() == 0


def test_a_department_sends_back_with_a_reason(desk, cast, case, accepted):
    mine, url = desk(cast.tuo_fuying), f"/routings/{accepted.id}/return"
    assert 'id="err-return_reason"' in mine.post(url, {"return_reason": " "}).text
    assert mine.post(url, {"return_reason": "缺授权书"}).location == "/routings/?queue=social_assistance"
    town = desk(cast.bai_caixia)
    text = town.text(f"/cases/{case.id}/review")
    assert "民政救助退回来了： 缺授权书" in text
    assert "不再转别的，照这些办" in text
    assert town.post(f"/cases/{case.id}/routing/settlement").location == f"/cases/{case.id}"
    assert db.session.get(Case, case.id, populate_existing=True).stage == "routed"


def test_without_anything_standing_it_cannot_go_on(desk, cast):
    case = routed(cast, {"housing": []})
    one = of(case, "housing")
    desk(cast.zhao_shengfu).post(f"/routings/{one.id}/return", {"return_reason": "不归我们"})
    answer = desk(cast.bai_caixia).post(f"/cases/{case.id}/routing/settlement")
    assert answer.status_code == 422
    assert "至少选一个去向" in words(answer)


def test_a_township_takes_back_what_it_routed_by_mistake(desk, cast, case):
    town, one = desk(cast.bai_caixia), of(case, "housing")
    assert f'href="/routings/{one.id}"' in town.get(f"/cases/{case.id}").text
    assert "撤回来" in town.text(f"/routings/{one.id}")
    assert "撤回来" not in desk(cast.zhao_shengfu).text(f"/routings/{one.id}")
    url = f"/routings/{one.id}/withdrawal"
    assert 'id="err-withdrawal_reason"' in town.post(url, {"withdrawal_reason": " "}).text
    assert desk(cast.zhao_shengfu).post(url, {"withdrawal_reason": "转错了"}).status_code == 403
    assert desk(cast.li_zhanfu).post(url, {"withdrawal_reason": "转错了"}).status_code == 404
    assert town.post(url, {"withdrawal_reason": "转错了"}).location == f"/cases/{case.id}/review"
    assert of(case, "housing").state == "withdrawn"
    text = town.text(f"/cases/{case.id}")
    assert "撤回转给住房安全的" in text
    assert "转错了" in text
    assert town.post(url, {"withdrawal_reason": "再撤"}).status_code == 409


@pytest.mark.parametrize("back", ["/routings/\r\nX: y", "/routings/\x7f"])
def test_an_address_with_control_characters_leads_to_the_queue(desk, cast, back):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    one = routing.route(case, to={"housing": []}, reason="墙裂了", actor=cast.bai_caixia)[0]
    answer = desk(cast.zhao_shengfu).post("/routings/acceptances", routing=one.id, back=back)
    assert (answer.status_code, answer.location) == (303, "/routings/")


def test_a_number_beyond_all_rows_is_an_unknown_address(desk, cast):
    browser = desk(cast.zhao_shengfu)
    endless = "9" * 20
    assert browser.get(f"/routings/{endless}").status_code == 404
    assert browser.post(f"/routings/{endless}/acceptance").status_code == 404
    assert browser.get(f"/routings/?after={endless}").status_code == 200
