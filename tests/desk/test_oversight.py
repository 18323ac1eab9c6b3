"""督导 and 人员: read only, townships by deadlines, persons never ranked."""

from datetime import timedelta

import pytest

from backend import clock
from backend.desk.area_figures import Figures
from backend.domain import review, routing
from tests.cast import LISHAN
from tests.desk.browser import visit
from tests.desk.phones import hold
from tests.factories import assigned_case, publish


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
    import re

    line = next(
        part for part in page.text.split("<tr") if f'<td class="l">{name}' in part or f">{name}</a></td>" in part
    )
    return [re.sub(r"<[^>]+>|\s", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line, re.S)]


def test_a_county_sees_every_township_with_its_sum_first(desk, cast, county_day):
    page = desk(cast.mao_zhiqiang).get("/oversight/")
    assert row(page, "合计") == [
        "合计",
        "4",
        "0",
        "0",
        "4",
        "1",
        "1",
        "1",
        "1",
        "0",
        "33.3%",
        "1",
        "0",
        "1",
        "0",
        "1",
        "0",
    ]
    expected = "恭门镇 3 0 0 3 1 1 0 1 0 50.0% 1 0 1 0 1 0"
    assert row(page, "恭门镇") == expected.split()
    assert row(page, "龙山镇")[5:11] == ["0", "0", "1", "0", "0", "0.0%"]
    assert row(page, "马鹿镇")[10] == "—"
    assert page.text.count('<td class="l">') == 16


def test_whom_a_phone_knows_as_visited_is_counted_apart(desk, cast, county_day):
    """Neither 超期未核 nor in the share, until the visit arrives or the phone is silent for too long."""
    hold(cast.tuo_hasan, publish(name="李有才", village=LISHAN, at=ago(days=8)), at=ago(days=6))
    mine = desk(cast.mao_zhiqiang)
    assert row(mine.get("/oversight/"), "龙山镇")[5:11] == ["0", "0", "1", "0", "1", "0.0%"]
    assert "1 户，" in mine.text("/cases/?area=620525101&state=all&due=unsynced")
    assert "手机里有，还没上报 妥哈三的手机" in mine.text("/cases/?area=620525101&state=all")
    with clock.standing_at(clock.now() + timedelta(days=1, hours=1)):
        assert row(desk(cast.mao_zhiqiang).get("/oversight/"), "龙山镇")[7:10] == ["2", "0", "0"]


def test_every_number_leads_to_its_list(desk, cast, county_day):
    mine = desk(cast.mao_zhiqiang)
    page = mine.get("/oversight/")
    for query, total in (
        ("area=620525102&amp;state=all&amp;due=in_time", 1), ("area=620525&amp;state=all&amp;due=overdue", 1),
        ("area=620525&amp;state=all&amp;queue=referral", 1), ("area=620525102&amp;state=all", 3),
    ):  # fmt: skip
        assert f"/cases/?{query}" in page.text
        assert f"{total} 户，" in mine.text("/cases/?" + query.replace("&amp;", "&"))


def test_the_province_goes_down_to_the_county(desk, cast, county_day):
    mine = desk(cast.zhang_cunying)
    page = mine.get("/oversight/")
    assert row(page, "张家川回族自治县")[4] == "4"
    assert "/oversight/?area=620525" in page.text
    assert row(mine.get("/oversight/?area=620525"), "龙山镇")[7] == "1"


def test_nobody_looks_beside_their_own_area(desk, cast, county_day):
    text = desk(cast.bai_caixia).text("/oversight/?area=620525101")
    assert "恭门镇" in text
    assert "龙山镇" not in text
    assert desk(cast.zhao_shengfu).get("/oversight/").status_code == 403


def test_those_behind_come_first_on_a_phone(desk, cast, county_day):
    text = desk(cast.mao_zhiqiang).text("/oversight/?order=share")
    assert text.index("龙山镇 超期没去 1 户") < text.index("各乡镇")


def test_nothing_to_divide_by_is_no_share():
    assert Figures("1", "").in_time_share is None
    assert Figures("1", "", {"in_time": 1, "late": 1, "overdue": 2}).in_time_share == 0.25


def test_an_administrator_sees_accounts_and_no_case(desk, cast):
    mine = desk(cast.tie_jianhua)
    text = mine.text("/users/")
    for said in ("米建军 mi_jianjun 120****1001", "古土村、毛山村", "没登录过"):
        assert said in text
    assert "张存英" not in text
    assert "没有这样的人" in mine.text("/users/?q=谁也不是")
    assert "丁志强" not in mine.text("/users/?q=米")
    assert mine.get("/cases/").status_code == 403
    assert desk(cast.bai_caixia).get("/users/").status_code == 403
