"""The departments' day: what is due first, steps with their days, papers, several at once, plans."""

import re
from datetime import timedelta
from html import unescape

import pytest

from backend import clock
from backend.desk import queues
from backend.domain import formal_steps, routing
from backend.models import MaterialRequest, ProcedureStep, Routing, SupportMeasure, db
from tests.desk.browser import words
from tests.factories import routed_case
from tests.postgres import on_both


def sent(cast, categories=("dibao",), *, days_ago: int = 0, **other) -> Routing:
    """转民政 so many days ago."""
    with clock.standing_at(clock.now() - timedelta(days=days_ago)):
        return routed_case(cast, to={"social_assistance": list(categories)}, **other).routings[-1]


def accepted(cast, *args, **other) -> Routing:
    one = sent(cast, *args, **other)
    with clock.standing_at(one.routed_at):
        return routing.accept(one, actor=cast.tuo_fuying)


def day(days_ago: int = 0) -> str:
    return (clock.local(clock.now()).date() - timedelta(days=days_ago)).isoformat()


@on_both
def test_what_is_due_first_is_on_top_and_pages_turn_by_key(desk, cast, monkeypatch):
    names = ["马一", "马二", "马三"]
    for n, name in enumerate(names):
        sent(cast, days_ago=20 + 7 * n, name=name)
    sent(cast, ["child"], days_ago=50, name="马小")
    mine = desk(cast.tuo_fuying)
    text = mine.text("/routings/?category=dibao")
    assert text.index("马三") < text.index("马二") < text.index("马一")
    assert "马小" not in text
    assert "受理超期" in text
    monkeypatch.setattr(queues, "PAGE", 2)
    page = mine.get("/routings/?category=dibao").text
    link = page.split('class="turn"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "马一" in mine.text(link)
    assert "马三" not in mine.text(link)


@on_both
def test_what_was_finished_last_is_on_top_and_pages_turn_by_key(desk, cast, monkeypatch):
    for n, name in enumerate(["马一", "马二", "马三", "马四"]):
        one = sent(cast, days_ago=40 - n, name=name)
        with clock.standing_at(clock.now() - timedelta(days=9 - 2 * n)):
            routing.return_to_township(one, reason="缺户口簿复印件", actor=cast.tuo_fuying)
    again = db.session.get(Routing, one.id)
    assert again.ended_at - (clock.now() - timedelta(days=3)) < timedelta(minutes=5)
    mine = desk(cast.tuo_fuying)
    monkeypatch.setattr(queues, "PAGE", 2)
    seen, address = [], "/routings/?state=final"
    while address:
        page = mine.get(address).text
        assert "最近办完的在前" in page
        seen.append([name for name in ("马四", "马三", "马二", "马一") if f"{name}<" in page])
        address = next((unescape(one) for one in re.findall(r'href="([^"]+after=[^"]+)"', page)), "")
    assert seen == [["马四", "马三"], ["马二", "马一"]]
    for after in ("x", "2026-06-01~1", "9999-12-31~1", "2026-06-01T00:00:00+00:00~", "~~"):
        assert mine.get(f"/routings/?state=final&after={after}").status_code == 200


@pytest.mark.parametrize("after", ["", "x", "2026-13-45~1", "2026-06-01~" + "9" * 30, "~~", "2026-06-01~①"])
def test_a_wrong_key_is_the_first_page(desk, cast, after):
    sent(cast, name="马占福")
    assert desk(cast.tuo_fuying).get(f"/routings/?after={after}").status_code == 200


def test_the_steps_are_shown_and_recorded(desk, cast):
    one = accepted(cast, days_ago=9)
    mine, url = desk(cast.tuo_fuying), f"/routings/{one.id}"
    text = mine.text(url)
    for step in ("核对启动，现在", "入户调查", "初审", "公示", "审核确认", "民发〔2021〕57号 第17条"):
        assert step in text, step
    given = {"of_category": "dibao", "step": "check_started", "happened_on": day(8), "note": "房产已回"}
    assert mine.post(f"{url}/steps", given).location == f"{url}?category=dibao"
    text = mine.text(f"{url}?category=dibao")
    assert "这一步记下了" in text
    assert "房产已回" in text
    assert "核对启动：" in text
    db.session.expire_all()
    assert db.session.get(Routing, one.id).next_step == "surveyed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"step": ""}, "step"),
        ({"step": "first_opinion"}, "step"),
        ({"happened_on": "昨天"}, "happened_on"),
        ({"happened_on": "2999-01-01"}, "happened_on"),
        ({"happened_on": day(20)}, "happened_on"),
    ],
)
def test_a_wrong_step_says_why_beside_the_field(desk, cast, wrong, field):
    one = accepted(cast, days_ago=9)
    given = {"of_category": "dibao", "step": "check_started", "happened_on": day(8), "note": "存款没回"} | wrong
    answer = desk(cast.tuo_fuying).post(f"/routings/{one.id}/steps", given)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text
    assert "存款没回" in answer.text
    assert db.session.query(ProcedureStep).count() == 0


def test_a_short_notice_says_how_long(desk, cast):
    one = accepted(cast, ["temporary"], days_ago=9)
    with clock.standing_at(clock.now()):
        formal_steps.record_step(
            one,
            category="temporary",
            step="check_started",
            happened_on=clock.local(one.routed_at).date(),
            actor=cast.tuo_fuying,
        )
    given = {"of_category": "temporary", "step": "public", "happened_on": day(5), "until_on": day(1)}
    answer = desk(cast.tuo_fuying).post(f"/routings/{one.id}/steps", given)
    assert "公示要满 7 天" in words(answer)


def test_nobody_elses_steps(desk, cast):
    one = accepted(cast)
    given = {"of_category": "dibao", "step": "check_started", "happened_on": day()}
    assert desk(cast.mao_zhiqiang).post(f"/routings/{one.id}/steps", given).status_code == 404
    assert desk(cast.bai_caixia).post(f"/routings/{one.id}/steps", given).status_code == 403


def test_one_of_several_that_cannot_be_done_is_named_and_the_rest_is_done(desk, cast):
    good, late, done = accepted(cast, name="马一"), sent(cast, name="马二"), accepted(cast, ["tekun"], name="马三")
    given = {"routing": [good.id, late.id, done.id], "of_category": "dibao", "step": "check_started"}
    answer = desk(cast.tuo_fuying).post("/routings/step-records", given | {"happened_on": day(), "back": "/routings/"})
    text = words(answer)
    assert answer.status_code in (409, 422)
    assert "办成 1 条，2 条没办成" in text
    assert f"马二（{late.case.number}）：这一件现在是“已转，待受理”" in text
    assert f"马三（{done.case.number}）：这一条没有转这一类" in text
    assert [row.routing_id for row in db.session.query(ProcedureStep)] == [good.id]


def test_several_get_the_same_result_and_the_same_question(desk, cast):
    first, second = accepted(cast, name="马一"), accepted(cast, name="马二")
    mine = desk(cast.tuo_fuying)
    given = {"routing": [first.id, second.id], "outcome": "included", "category": "dibao", "decided_on": day()}
    assert "还没记" in words(mine.post("/routings/decision-records", given | {"back": "/routings/"}))
    given |= {"elsewhere": "yes"}
    assert mine.post("/routings/decision-records", given | {"back": "/routings/"}).location == "/routings/"
    db.session.expire_all()
    assert {db.session.get(Routing, one.id).state for one in (first, second)} == {"decided"}
    third = sent(cast, name="马三")
    assert mine.post("/routings/material-requests", {"routing": [third.id], "materials": "住院发票"}).status_code == 303
    assert db.session.query(MaterialRequest).count() == 1


def test_a_result_keeps_its_detail_people_and_month(desk, cast):
    one = accepted(cast)
    given = {
        "outcome": "included", "category": "dibao", "decided_on": day(), "amount": "480", "detail": "class_2",
        "people_count": "3", "starts_on": day()[:7], "elsewhere": "yes",
    }  # fmt: skip
    mine = desk(cast.tuo_fuying)
    for wrong, field in (
        ({"detail": "scattered"}, "detail"),
        ({"people_count": "0"}, "people_count"),
        ({"starts_on": "七月"}, "starts_on"),
    ):
        answer = mine.post(f"/routings/{one.id}/decisions", given | wrong)
        assert f'id="err-{field}"' in answer.text, field
    assert mine.post(f"/routings/{one.id}/decisions", given).status_code == 303
    assert "二类" in mine.text(f"/routings/{one.id}")
    (made,) = db.session.get(Routing, one.id, populate_existing=True).decisions
    assert (made.detail, made.people_count, made.starts_on.isoformat()[:7]) == ("class_2", 3, day()[:7])


def test_papers_are_asked_for_and_the_township_brings_them(desk, cast):
    one, mine, town = sent(cast), desk(cast.tuo_fuying), desk(cast.bai_caixia)
    url = f"/routings/{one.id}"
    assert 'id="err-materials"' in mine.post(f"{url}/materials", {"materials": " "}).text
    assert mine.post(f"{url}/materials", {"materials": "缺住院发票"}).location == url
    assert "等乡镇补材料" in town.text("/routings/?queue=social_assistance")
    assert "缺住院发票" in town.text(url)
    asked = db.session.query(MaterialRequest).one()
    answer = f"/material-requests/{asked.id}/answer"
    assert desk(cast.li_zhanfu).post(answer, {"materials_answer": "补了"}).status_code == 404
    assert 'id="err-materials_answer"' in town.post(answer, {"materials_answer": ""}).text
    assert town.post(answer, {"materials_answer": "发票拍照附上了"}).location == url
    assert "发票拍照附上了" in mine.text(url)


def test_a_plan_and_its_measures(desk, cast):
    one = routed_case(cast, to={"relapse_prevention": []}).routings[0]
    routing.accept(one, actor=cast.mao_zhiqiang)
    mine, url = desk(cast.mao_zhiqiang), f"/routings/{one.id}"
    bad = mine.post(f"{url}/plan", {"labour": "none", "needs": ["job"], "responsible": "马主任"})
    assert 'id="err-needs"' in bad.text
    assert "综合保障、访视照料、社会帮扶" in words(bad)
    assert mine.post(f"{url}/plan", {"labour": "able", "needs": ["job"], "responsible": "马主任"}).status_code == 303
    given = {"need": "job", "measure": "介绍到合作社务工", "by": "马主任", "starts_on": day(), "funds": "1200"}
    assert 'id="err-ends_on"' in mine.post(f"{url}/measures", given | {"ends_on": day(3)}).text
    assert 'id="err-funds"' in mine.post(f"{url}/measures", given | {"funds": "很多"}).text
    assert mine.post(f"{url}/measures", given).location == f"{url}/support"
    made = db.session.query(SupportMeasure).one()
    assert desk(cast.tuo_fuying).post(f"/measures/{made.id}/end", {"done_on": day()}).status_code == 404
    assert 'id="err-done_on"' in mine.post(f"/measures/{made.id}/end", {"done_on": day(2)}).text
    assert mine.post(f"/measures/{made.id}/end", {"done_on": day(), "result": "每月两千"}).status_code == 303
    text = desk(cast.bai_caixia).text(f"{url}/support")
    assert "做完" in text
    assert "每月两千" in text
    assert "1,200 元" in text


def test_a_step_done_in_another_system_is_not_called_undone(desk, cast):
    one = accepted(cast, days_ago=9)
    mine, url = desk(cast.tuo_fuying), f"/routings/{one.id}"
    given = {"outcome": "included", "category": "dibao", "decided_on": day(), "elsewhere": "yes", "people_count": "3"}
    assert mine.post(f"{url}/decisions", given).status_code == 303
    text = mine.text(url)
    assert "公示 这里没记日期" in text
    assert "没有做" not in text
