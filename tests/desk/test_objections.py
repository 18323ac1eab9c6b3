"""申诉、复核 on the desk: raised beside the result, listed by due date, answered, back to the township."""

import pytest

from backend import clock
from backend.domain import decision
from backend.models import Case, Objection, db
from tests.cast import colleague
from tests.factories import accepted_routing

WORDS = {"relation": "head", "text": "牛去年就卖了，没有那么多钱"}


def day() -> str:
    return clock.local(clock.now()).date().isoformat()


@pytest.fixture
def declined(cast):
    one = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao"]})
    today = clock.local(clock.now()).date()
    decision.decide(
        one, outcome="declined", category="dibao", decided_on=today, reason_code="income", reason="高于标准",
        actor=cast.tuo_fuying,
    )  # fmt: skip
    db.session.commit()
    return one


@pytest.fixture
def raised(desk, cast, declined) -> Objection:
    desk(cast.bai_caixia).post(f"/routings/{declined.id}/objection", WORDS | {"raised_on": day()})
    return db.session.query(Objection).one()


def test_it_is_raised_beside_the_result_and_listed(desk, cast, declined):
    town, url = desk(cast.bai_caixia), f"/routings/{declined.id}/objection"
    assert f'href="{url}"' in town.get(f"/routings/{declined.id}").text
    assert "不同意的结果" in town.text(url)
    assert town.post(url, WORDS | {"raised_on": day()}).status_code == 303
    assert "牛去年就卖了" in town.text("/objections/")
    assert "本人不同意" in desk(cast.tuo_fuying).text("/routings/?state=objected")
    assert "牛去年就卖了" not in desk(cast.li_zhanfu).text("/objections/")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"relation": ""}, "relation"), ({"text": "不服"}, "text"), ({"raised_on": "2999-01-01"}, "raised_on"),
     ({"raised_on": "前天"}, "raised_on")],
)  # fmt: skip
def test_a_wrong_one_says_why_beside_the_field(desk, cast, declined, wrong, field):
    answer = desk(cast.bai_caixia).post(f"/routings/{declined.id}/objection", WORDS | {"raised_on": day()} | wrong)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text
    assert db.session.query(Objection).count() == 0


def test_out_of_sight_is_not_found(desk, cast, raised):
    assert desk(cast.li_zhanfu).get(f"/objections/{raised.id}").status_code == 404
    assert desk(cast.li_zhanfu).get(f"/routings/{raised.routing_id}/objection").status_code == 404
    assert desk(cast.zhao_shengfu).get(f"/objections/{raised.id}").status_code == 404


def test_reopening_sends_it_back_to_the_township(desk, cast, raised):
    town, url = desk(cast.bai_caixia), f"/objections/{raised.id}"
    other = colleague(cast.tuo_fuying)
    db.session.commit()
    office = desk(other)
    given = {"outcome": "reopened", "answered_on": day(), "answer": "核对以后牛确实卖了，重新办"}
    for wrong, field in (
        ({"outcome": ""}, "outcome"),
        ({"answer": "好"}, "answer"),
        ({"answered_on": ""}, "answered_on"),
    ):
        assert f'id="err-{field}"' in office.post(f"{url}/answer", given | wrong).text, field
    assert office.post(f"{url}/answer", given).location == url
    case = db.session.get(Case, raised.case_id, populate_existing=True)
    assert (case.stage, case.closed_at) == ("reviewed", None)
    assert "复核答复：重新办" in town.text(f"/cases/{case.id}")
    assert town.get(f"/cases/{case.id}/review").status_code == 200
    assert "没有等答复的" in town.text("/objections/")
    assert office.post(f"{url}/answer", given).status_code == 409


def test_who_may_not_answer_has_no_form_and_is_told_why(desk, cast, raised):
    given = {"outcome": "reopened", "answered_on": day(), "answer": "核对以后牛确实卖了，重新办"}
    for person, why in ((cast.bai_caixia, "由作出结果的部门答复"), (cast.tuo_fuying, "请本单位另一个人看过再答复")):
        page = desk(person)
        assert "记下答复" not in page.text(f"/objections/{raised.id}")
        assert "去答复" not in page.text("/objections/")
        answer = page.post(f"/objections/{raised.id}/answer", given)
        assert (answer.status_code, why in answer.text) == (403, True)
    assert db.session.get(Objection, raised.id, populate_existing=True).outcome is None


def test_a_line_department_sees_and_answers_its_own(desk, cast):
    one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": []})
    today = clock.local(clock.now()).date()
    decision.decide(one, outcome="unsolved", decided_on=today, reason="指标没下来", actor=cast.zhao_shengfu)
    other = colleague(cast.zhao_shengfu)
    db.session.commit()
    desk(cast.bai_caixia).post(f"/routings/{one.id}/objection", WORDS | {"raised_on": day()})
    made, office = db.session.query(Objection).one(), desk(other)
    assert "去答复" in office.text("/objections/")
    given = {"outcome": "reopened", "answered_on": day(), "answer": "又看了一次，可以先修后墙"}
    assert office.post(f"/objections/{made.id}/answer", given).status_code == 303
    assert "又看了一次" in office.text(f"/objections/{made.id}")
    assert desk(cast.feng_youcai).get(f"/objections/{made.id}").status_code == 404
