"""督导 and 人员: read only, townships by deadlines, persons never ranked."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from werkzeug.datastructures import MultiDict

from backend import clock
from backend.desk.moment import asked_moment, moment_word
from backend.domain import review, routing
from backend.models import db
from backend.upkeep import count_areas
from tests.cast import LISHAN
from tests.desk.browser import visit, words
from tests.desk.phones import hold
from tests.factories import assigned_case, declare, publish


def ago(**much):
    return clock.now() - timedelta(**much)


@pytest.fixture
def county_day(cast):
    """恭门镇: one in time (routed to two), one late, one not due; 龙山镇: one nobody went to."""
    good = visit(assigned_case(cast, at=ago(days=3)), author=cast.mi_jianjun).case
    review.approve(good, actor=cast.bai_caixia)
    routing.route(good, to={"social_assistance": ["dibao"], "water": []}, reason="属实", actor=cast.bai_caixia)
    visit(assigned_case(cast, at=ago(days=9)), author=cast.mi_jianjun)
    publish()
    publish(name="李占福", village=LISHAN, at=ago(days=8))


def row(page, name: str) -> list[str]:
    line = next(
        part for part in page.text.split("<tr") if f'<td class="l">{name}' in part or f">{name}</a></td>" in part
    )
    return [re.sub(r"<[^>]+>|\s", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line, re.S)]


def test_a_county_sees_every_township_with_its_sum_first(desk, cast, county_day):
    page = desk(cast.mao_zhiqiang).get("/oversight/")
    assert " ".join(row(page, "合计")) == "合计 4 0 0 4 4 2 1 1 1 1 33.3%* 142 142 1 0 1 0 1"
    assert " ".join(row(page, "恭门镇")) == "恭门镇 3 0 0 3 3 2 1 1 0 1 50.0%* 142 142 1 0 1 0 1"
    assert row(page, "龙山镇")[5:12] == ["1", "0", "0", "0", "1", "0", "0.0%*"]
    assert row(page, "马鹿镇")[11:14] == ["—", "—", "—"]
    assert page.text.count('<td class="l">') == 16


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("declared", "恭门镇 3 3 15 0 0 0 0 0 0 0 0 0 3 0.0%"),
        ("results", "恭门镇 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 — — —"),
        ("quality", "恭门镇 66.7%* 50.0%* 142 142 214"),
    ],
)
def test_the_other_parts_of_the_table(desk, cast, county_day, part, told):
    cells = row(desk(cast.mao_zhiqiang).get(f"/oversight/?part={part}"), "恭门镇")
    assert " ".join(cells).startswith(told)


def test_whom_a_phone_knows_as_visited_is_told_beside(desk, cast, county_day):
    """Not yet 已核查, which only what has arrived can be; said apart until it arrives or the phone is silent."""
    hold(cast.tuo_hasan, publish(name="李有才", village=LISHAN, at=ago(days=8)), at=ago(days=6))
    mine = desk(cast.mao_zhiqiang)
    assert row(mine.get("/oversight/"), "龙山镇")[9:12] == ["2", "0", "1"]
    assert "1 户，" in mine.text("/cases/?area=620525101&state=all&due=unsynced")
    assert "手机里有，还没上报 妥哈三的手机" in mine.text("/cases/?area=620525101&state=all")
    with clock.standing_at(clock.now() + timedelta(days=1, hours=1)):
        assert "其中手机里" not in desk(cast.mao_zhiqiang).text("/oversight/")


LINK = re.compile(r'<a href="(/(?:cases|oversight/declarations)[^"]+as_of=[^"]+)">(\d+)</a>')


@pytest.mark.parametrize("part", ["time", "declared", "results", "quality"])
def test_every_number_leads_to_its_list(desk, cast, county_day, part):
    mine = desk(cast.mao_zhiqiang)
    found = LINK.findall(mine.get(f"/oversight/?part={part}").text)
    assert len(found) >= {"time": 20, "declared": 8, "results": 0, "quality": 2}[part]
    for address, number in found:
        text = mine.text(address.replace("&amp;", "&"))
        assert re.search(rf" {number} [户件][， ]", text), address


def test_people_the_line_without_a_place_and_chart_marks_lead_to_lists_too(desk, cast, county_day):
    nowhere = declare(village=None)
    db.session.commit()
    mine = desk(cast.mao_zhiqiang)
    page = mine.get("/oversight/?part=declared").text
    people = re.findall(r'<a class="of" href="([^"]+figure=declared_households[^"]*)">(\d+)</a>', page)
    assert (people[0][1], people[-1][1]) == ("25", "5")
    assert " 5 件，共 25 人 " in mine.text(people[0][0].replace("&amp;", "&"))
    assert "nowhere=1" in people[-1][0]
    text = mine.text(people[-1][0].replace("&amp;", "&"))
    assert "没写清地方 1 件，共 5 人" in text
    assert nowhere.source_no in text
    marks = re.findall(r'<a href="([^"]+)" aria-label="([^ "]+) (\d+)">', page)
    assert [(words, number) for _, words, number in marks] == [
        ("申报推送", "5"), ("比对", "4"), ("预警", "4"), ("已核查", "2"), ("已转办", "1"), ("3天", "1"), ("超期", "1")
    ]  # fmt: skip
    for address, _, number in marks:
        assert re.search(rf" {number} [户件][， ]", mine.text(address.replace("&amp;", "&"))), address


def test_the_province_goes_down_to_the_county(desk, cast, county_day):
    mine = desk(cast.zhang_cunying)
    assert row(mine.get("/oversight/"), "天水市")[4] == "4"
    assert "/oversight/?area=6205" in mine.get("/oversight/").text
    assert row(mine.get("/oversight/?area=6205"), "张家川回族自治县")[4] == "4"
    assert row(mine.get("/oversight/?area=620525"), "龙山镇")[9] == "1"


def test_a_large_area_shows_its_snapshot(desk, cast, county_day):
    db.session.commit()
    assert count_areas() == 2
    # A warning is published at a whole second; it must not be the snapshot's.
    with clock.standing_at(clock.now() + timedelta(seconds=2)):
        publish()
        mine = desk(cast.liu_yulan)
        page = mine.get("/oversight/")
        assert row(page, "合计")[4] == "4"
        assert "每 5 分钟数一遍" in page.text
        (address,) = [a for a, n in LINK.findall(page.text) if "figure=warned" in a and "area=6205&" in a]
        assert "4 户，" in mine.text(address.replace("&amp;", "&"))
        assert mine.post("/oversight/snapshot", area="6205").status_code == 303
        assert row(mine.get("/oversight/"), "合计")[4] == "5"


def test_any_day_can_be_told_again(desk, cast, county_day):
    mine = desk(cast.mao_zhiqiang)
    day = clock.local(ago(days=8)).date()
    page = mine.get(f"/oversight/?day={day}")
    assert row(page, "合计")[4:10] == ["2", "2", "0", "0", "0", "0"]
    assert f"{day.month}月{day.day}日 24:00" in words(page)
    words_at = words(mine.get(f"/oversight/?day={day}&at=18:30"))
    assert f"截至 {day.month}月{day.day}日 18:30" in words_at
    assert 'name="at" value="18:30"' in mine.get(f"/oversight/?day={day}&at=18:30").text
    assert f"{day.month}月{day.day}日 24:00" in words(mine.get(f"/oversight/?day={day}&at=99:99x"))
    assert f"{day.month}月{day.day}日 18:30" in mine.text(f"/ledgers/?day={day}&at=18:30")
    for unfit in (
        f"day={day}&at=29:00",
        "day=nonsense",
        "day=9999-12-31",
        "as_of=0001-01-01T00:00:00",
        "day=1990-01-01",
    ):
        assert row(mine.get(f"/oversight/?{unfit}"), "合计")[4] == "4"
    assert mine.get("/oversight/declarations?figure=nonsense").status_code == 404
    assert mine.get("/oversight/declarations?figure=declared").status_code == 404


def test_charts_say_their_series(desk, cast, county_day):
    page = desk(cast.mao_zhiqiang).get("/oversight/?step=day").text
    assert 'aria-label="申报推送 4，比对 4，预警 4，已核查 2，已转办 1，办结 0"' in page
    assert "超期 1 户" in page


def test_nobody_looks_beside_their_own_area(desk, cast, county_day):
    text = desk(cast.bai_caixia).text("/oversight/?area=620525101")
    assert "恭门镇" in text
    assert "龙山镇" not in text
    assert desk(cast.zhao_shengfu).get("/oversight/").status_code == 403
    assert desk(cast.bai_caixia).post("/oversight/snapshot", area="62").status_code == 303


def test_those_behind_come_first_on_a_phone(desk, cast, county_day):
    text = desk(cast.mao_zhiqiang).text("/oversight/?order=share")
    assert text.index("龙山镇 超期没去 1 户") < text.index("各乡镇")


def test_an_administrator_sees_accounts_and_no_case(desk, cast):
    mine = desk(cast.tie_jianhua)
    text = mine.text("/users/")
    for said in ("米建军 mi_jianjun 120****1001", "古土村、毛山村", "没登录过"):
        assert said in text
    assert "张存英" not in text
    assert "没有这样的人" in mine.look_for("users", "谁也不是")
    assert "丁志强" not in mine.look_for("users", "米")
    assert mine.get("/cases/").status_code == 403
    assert desk(cast.bai_caixia).get("/users/").status_code == 403


def test_each_day_and_week_of_the_charts_leads_to_its_list(desk, cast, county_day):
    mine = desk(cast.mao_zhiqiang)
    for step in ("week", "day"):
        page = mine.get(f"/oversight/?step={step}").text
        told = re.findall(r'<a href="([^"]+within=(published|visited)[^"]*)">(?:发布|入户) (\d+)</a>', page)
        assert {what for _, what, _ in told} == {"published", "visited"}
        for address, what, number in told:
            text = mine.text(address.replace("&amp;", "&"))
            assert f" {number} 户，" in text, address
            assert ("发布 " if what == "published" else "入户 ") + f"{number} 户" in text, address
        dots = re.findall(r'<a href="([^"]+within=published[^"]*)" aria-label="[0-9/]+ [0-9.]+%">', page)
        assert dots
        assert all(mine.get(one.replace("&amp;", "&")).status_code == 200 for one in dots)
    bars = re.findall(r'<a href="([^"]+within=day\d[^"]*)" aria-label="[^ "]+ (\d+)">', mine.get("/oversight/").text)
    assert sum(int(number) for _, number in bars) == 1


@pytest.mark.parametrize(
    "odd", ["day6", "day", "published2023-13-01.7", "published2023-11-06.3", "visited1.7", "x' OR 1=1"]
)
def test_a_part_that_there_is_not_is_the_whole_figure(desk, cast, county_day, odd):
    mine = desk(cast.mao_zhiqiang)
    address = re.search(r'href="(/cases/\?[^"]*figure=warned[^"]*)"', mine.get("/oversight/").text)[1].replace(
        "&amp;", "&"
    )
    assert " 4 户，" in mine.text(f"{address}&within={quote(odd)}")


def test_overdue_households_of_a_past_moment_are_asked_for_on_the_page(desk, cast, county_day):
    office, then = desk(cast.mao_zhiqiang), clock.local(ago(days=1))
    assert "张家川回族自治县 1 户 截至" in words(office.get("/oversight/late"))
    day, at = f"{then:%Y-%m-%d}", f"{then:%H:%M}"
    past = office.get(f"/oversight/late?day={day}&at={at}")
    # The second one was visited since.
    assert "张家川回族自治县 2 户 截至" in words(past)
    assert (f'value="{day}"' in past.text, f'value="{at}"' in past.text, "看现在的" in past.text) == (True, True, True)
    word = moment_word(asked_moment(MultiDict({"day": day, "at": at})))
    assert f"kind=near&amp;as_of={word}" in past.text


def test_no_notice_is_issued_for_what_was_late_once(desk, cast, county_day):
    office, day = desk(cast.mao_zhiqiang), f"{clock.local(ago(days=1)):%Y-%m-%d}"
    address = f"/oversight/late?area={LISHAN[:9]}"
    assert "发督办单" in office.get(address).text
    assert "发督办单" not in office.get(f"{address}&day={day}").text
