"""督办, 督导检查, 抽查 on their pages."""

import html
import re
from datetime import timedelta

import pytest

from backend import clock
from backend.models import Event, Inspection, SpotCheck, SupervisionNotice, db
from tests.cast import GONGMEN, LISHAN
from tests.desk.browser import visit, words
from tests.factories import assigned_case, publish


def day(days: int) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


@pytest.fixture
def late(cast):
    """Two of 恭门镇 and one of 龙山镇 that nobody went to in time; one of 恭门镇 is due today."""
    at = clock.now() - timedelta(days=9)
    publish(name="李占福", village=LISHAN, at=at)
    publish(name="马占福", at=clock.now() - timedelta(days=5))
    return [publish(name=name, at=at) for name in ("马法图麦", "妥索非也")]


def test_t7_by_township_then_a_notice(desk, cast, late):
    mine = desk(cast.mao_zhiqiang)
    text = mine.text("/oversight/late")
    assert "3 户" in text
    assert "恭门镇 2 户" in text
    assert "马**麦" in text
    assert "马法图麦" not in text
    assert "今天到期" in mine.text("/oversight/late?kind=near")
    fields = {"area": GONGMEN, "case": [case.id for case in late], "matter": "超期没有入户", "reply_wanted": "写原因"}
    answer = mine.post("/oversight/late", fields | {"due_on": "nonsense"})
    assert answer.status_code == 422
    assert "日期写成 2023-07-10 这样" in answer.text
    assert "超期没有入户" in answer.text
    assert "一张单子最多 200 户" in mine.post("/oversight/late", fields | {"case": [], "due_on": day(2)}).text
    answer = mine.post("/oversight/late", fields | {"due_on": day(2)})
    assert answer.status_code == 303
    again = mine.post("/oversight/late", fields | {"due_on": day(2)})
    assert again.status_code == 409
    assert f"{db.session.scalars(db.select(SupervisionNotice.number)).one()}，" in words(again)
    text = mine.text(answer.location)
    copied = re.search(r'id="remind"[^>]*>(.*?)</textarea>', mine.get(answer.location).text, re.S)[1]
    assert "毛山村 2" in copied
    assert "马" not in copied.replace("马山", "")
    assert "督办通知单" in text


def test_the_township_answers_and_the_county_closes(desk, cast, late):
    county, town = desk(cast.mao_zhiqiang), desk(cast.bai_caixia)
    county.post("/oversight/late", area=GONGMEN, case=late[0].id, matter="超期", reply_wanted="写原因", due_on=day(2))
    address = f"/supervision/{db.session.scalars(db.select(SupervisionNotice.id)).one()}"
    assert "去回复" in town.text("/supervision/")
    assert desk(cast.li_zhanfu).get(address).status_code == 404
    assert town.post(f"{address}/answer", answer=" ").status_code == 422
    assert county.post(f"{address}/closing").status_code == 409
    assert town.post(f"{address}/answer", answer="去了，已上报").status_code == 303
    assert "去了，已上报" in county.text(address)
    assert county.post(f"{address}/closing").status_code == 303
    assert "已销号" in town.text("/supervision/")
    assert town.post("/oversight/late", area=GONGMEN).status_code == 403


@pytest.mark.parametrize(("who", "steps"), [("liu_yulan", ("620525",)), ("zhang_cunying", ("6205", "620525"))])
def test_city_and_province_walk_down_to_a_township_and_order(desk, cast, late, who, steps):
    mine = desk(getattr(cast, who))
    page = mine.get("/oversight/late").text
    for step in (*steps, GONGMEN):
        link = html.unescape(re.search(rf'href="([^"]*area={step}(?:&[^"]*)?)"[^>]*>[^<]* \d+ 户', page)[1])
        page = mine.get(link).text
    assert "看全县的" in page
    fields = {"area": GONGMEN, "case": late[0].id, "matter": "超期没去", "reply_wanted": "写原因", "due_on": day(2)}
    assert mine.post("/oversight/late", fields).status_code == 303
    assert db.session.scalars(db.select(SupervisionNotice)).one().issuer == getattr(cast, who)


def test_counts_of_places_are_of_the_kind_asked_for(desk, cast, late):
    city = desk(cast.liu_yulan)
    assert "张家川回族自治县 3 户" in city.text("/oversight/late")
    assert "张家川回族自治县 1 户" in city.text("/oversight/late?kind=near")
    assert "恭门镇 2 户" in city.text("/oversight/late?area=620525")
    assert "看全市的" in city.text("/oversight/late?area=620525")
    assert "看全市的" not in desk(cast.mao_zhiqiang).text("/oversight/late?area=620525")


@pytest.mark.parametrize("who", ["liu_yulan", "zhang_cunying"])
def test_city_and_province_choose_a_county_then_a_township(desk, cast, who):
    mine = desk(getattr(cast, who))
    first = mine.text("/inspections/")
    assert "张家川回族自治县" in first
    assert "记一次督导" not in first
    assert "恭门镇" in mine.text("/inspections/?county=620525")
    good = {"county": "620525", "township": GONGMEN, "village": "毛山村", "inspected_on": day(-1), "team": "市里的组",
            "households_checked": "5", "found_real": "4"}  # fmt: skip
    answer = mine.post("/inspections/", good | {"team": ""})
    assert answer.status_code == 422
    assert "恭门镇" in answer.text, "the county stays chosen"
    assert mine.post("/inspections/", good).status_code == 303


def test_no_county_outside_ones_own_is_offered(desk, cast):
    city = desk(cast.liu_yulan)
    assert "城关区" not in city.text("/inspections/")
    assert "记一次督导" not in city.text("/inspections/?county=620102")
    assert "县区" not in desk(cast.mao_zhiqiang).text("/inspections/?county=620522")


def test_an_inspection_with_its_problems(desk, cast):
    mine = desk(cast.mao_zhiqiang)
    good = {"township": GONGMEN, "village": "毛山村", "inspected_on": day(-1), "team": "县联合组",
            "households_checked": "5", "found_real": "4"}  # fmt: skip
    for name, unfit in (("inspected_on", day(2)), ("inspected_on", "x"), ("village", "没有村"), ("found_real", "9"),
                        ("households_checked", "九"), ("township", ""), ("team", "")):  # fmt: skip
        answer = mine.post("/inspections/", good | {name: unfit})
        assert answer.status_code == 422, name
        assert 'class="err"' in answer.text, name
    address = mine.post("/inspections/", good).location
    assert "抽查 5 户，真实 4 户" in mine.text(address)
    finding = {"kind": "photo", "problem": "缺照片", "rectification": "补拍", "due_on": day(5)}
    assert mine.post(f"{address}/findings", finding | {"problem": ""}).status_code == 422
    assert mine.post(f"{address}/findings", finding).status_code == 303
    number = db.session.scalars(db.select(Inspection)).one().findings[0].id
    closing = f"{address}/findings/{number}/closing"
    assert mine.post(closing, result="").status_code == 422
    assert mine.post(closing, result="补齐了").status_code == 303
    assert mine.post(closing, result="补齐了").status_code == 409
    assert mine.post(f"{address}/findings/999/closing", result="x").status_code == 404
    assert "1 条都销号了" in desk(cast.bai_caixia).text("/inspections/")
    assert desk(cast.bai_caixia).post("/inspections/", good).status_code == 403


def test_the_case_page_reveals_the_number_of_a_household_drawn_in_ones_own_lot(desk, cast):
    case = assigned_case(cast, at=clock.now() - timedelta(days=3), phone="12000000018")
    visit(case, author=cast.mi_jianjun)
    city, url = desk(cast.liu_yulan), f"/cases/{case.id}/phone-reveals"
    assert "看完整的电话" not in city.text(f"/cases/{case.id}")
    assert city.post(url, reason="抽查回访").status_code == 403
    lot = {"area": "620525", "from": day(-9), "until": day(0), "size": "10", "seed": "7"}
    desk(cast.mao_zhiqiang).post("/spot-checks/", lot)
    assert city.post(url, reason="抽查回访").status_code == 403, "somebody else's lot"
    page = city.text(city.post("/spot-checks/", lot).location)
    assert "看完整的电话" in page
    assert "12000000018" not in page + city.text(f"/cases/{case.id}")
    for wrong in ({"reason": " "}, {"reason": "回" * 201}):
        answer = city.post(url, wrong)
        assert (answer.status_code, 'id="err-reason"' in answer.text) == (422, True)
    answer = city.post(url, reason="抽查回访 12000000018")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert 'href="tel:12000000018"' in answer.text
    events = db.session.scalars(db.select(Event).where(Event.tag == "phone:revealed")).all()
    assert [(e.actor.name, e.facts) for e in events] == [("刘玉兰", {"reason": "抽查回访 *"})]


def test_the_desk_reveals_to_those_who_work_on_it_and_not_by_the_hundred(desk, cast):
    case = assigned_case(cast, phone="12000000018")
    url = f"/cases/{case.id}/phone-reveals"
    assert desk(cast.zhao_shengfu).post(url, reason="联系").status_code == 403
    assert desk(cast.li_zhanfu).post(url, reason="联系").status_code == 404
    town = desk(cast.bai_caixia)
    assert "12000000018" in town.post(url, reason="约入户的时间").text
    codes = [town.post(url, reason="约入户的时间").status_code for _ in range(31)]
    assert (codes.count(200), codes[29:]) == (29, [429, 429])


def test_a_spot_check(desk, cast):
    visit(assigned_case(cast, at=clock.now() - timedelta(days=3)), author=cast.mi_jianjun)
    mine = desk(cast.mao_zhiqiang)
    lot = {"area": "620525", "from": day(-9), "until": day(0), "size": "5", "seed": "7"}
    for name, unfit in (("from", "x"), ("until", day(-20)), ("size", "count"), ("from", "0001-01-01"), ("seed", "evil"),
                        ("seed", "-1")):  # fmt: skip
        assert mine.post("/spot-checks/", lot | {name: unfit}).status_code == 422, (name, unfit)
    address = mine.post("/spot-checks/", lot).location
    page = mine.text(address)
    assert "种子 7" in page
    assert "120****" in page
    one = db.session.scalars(db.select(SpotCheck)).one().households[0].id
    assert mine.post(f"{address}/households/{one}", answer="").status_code == 422
    assert mine.post(f"{address}/households/{one}", answer="not_visited", said_on="x").status_code == 422
    assert mine.post(f"{address}/households/{one}", answer="not_visited").status_code == 303
    assert "需核实" in mine.text(address)
    assert mine.post(f"{address}/households/{one + 1}", answer="unclear").status_code == 404
    assert desk(cast.bai_caixia).get(address).status_code == 403


def test_a_reviewer_sees_what_to_look_at_again(desk, cast):
    one, two = assigned_case(cast), assigned_case(cast)
    for case in (one, two):
        visit(case, author=cast.mi_jianjun, photos=1)
    said = "同一张照片也在另一户"
    assert said in desk(cast.bai_caixia).text(f"/cases/{one.id}/review")
    assert said in desk(cast.liu_yulan).text(f"/cases/{one.id}")
