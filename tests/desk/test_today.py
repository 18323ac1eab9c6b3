"""今日看板: what a township sees first."""

from datetime import timedelta

from backend import clock
from backend.models import Attempt, db
from tests.cast import LISHAN
from tests.desk.browser import visit
from tests.desk.phones import hold, phone_of, tell
from tests.factories import assigned_case, publish


def ago(**much):
    return clock.now() - timedelta(**much)


def counts_of(text: str) -> str:
    return text.split("截至")[1].split("先办", maxsplit=1)[0].split("没有急难、超期", maxsplit=1)[0]


def test_an_empty_day_says_so(desk, cast):
    text = desk(cast.bai_caixia).text("/today/")
    assert "没有急难、超期和今天到期的" in text
    assert "未同步 0 还没有手机登录过" in text
    assert "今天没有到期和超期的户" in text


def test_the_seven_cells_count_the_township_only(desk, cast):
    assigned_case(cast, name="苏占存", at=ago(days=7))
    assigned_case(cast, name="陈有福", at=ago(days=5))
    urgent = assigned_case(cast, name="马法图麦", at=ago(days=5))
    urgent.is_urgent, urgent.urgent_at = True, ago(hours=9)
    visit(assigned_case(cast, name="丁生存"), author=cast.mi_jianjun)
    publish(name="韩玉花")
    publish(name="李占福", village=LISHAN, at=ago(days=9))
    cells = counts_of(desk(cast.bai_caixia).text("/today/"))
    for cell in (
        "急难 1 先行救助",
        "已超期 1 最长 2 天",
        "今日到期 2 24:00 前入户",
        "待派单 1 1 个村",
        "待研判 1 最早",
    ):
        assert cell in cells
    assert "退回待补 0" in cells


def test_the_urgent_one_comes_first_with_its_walks_in_vain(desk, cast):
    case = assigned_case(cast, name="苏占存", at=ago(days=7))
    db.session.add(
        Attempt(case=case, author=cast.mi_jianjun, attempted_at=ago(days=3), received_at=ago(days=3), result="not_home")
    )
    urgent = assigned_case(cast, name="马法图麦", at=ago(days=1))
    urgent.is_urgent = True
    text = desk(cast.bai_caixia).text("/today/")
    assert text.index("马法图麦") < text.index("苏占存")
    assert "去了 1 次没见到人" in text


def test_what_a_phone_holds_is_not_called_undone(desk, cast):
    held = assigned_case(cast, name="妥福花", at=ago(days=7))
    assigned_case(cast, name="苏占存", at=ago(days=8))
    hold(cast.mi_jianjun, held, at=ago(days=3, hours=1), photos_waiting=4)
    text = desk(cast.bai_caixia).text("/today/")
    cells = counts_of(text)
    assert "已超期 1 最长 3 天" in cells
    assert "未同步 1 已入户，还在手机里" in cells
    assert "已入户未同步 1 户，不算没去" in text
    assert "米建军 1 户，照片还有 4 张" in text
    assert "3 天没联上。打电话" in text
    assert text.index("苏占存") < text.index("妥福花")
    assert "手机里有，还没上报 米建军的手机" in text
    assert "超期没去 1 户：毛山村 1。已入户还在手机里 1 户" in text


def test_a_phone_that_holds_other_things_is_named_and_counts_no_household(desk, cast):
    tell(phone_of(cast.mi_jianjun), cast.mi_jianjun, unsent=2, unsent_cases=[])
    text = desk(cast.bai_caixia).text("/today/")
    assert "未同步 0" in text
    assert "米建军 2 件" in text


def test_the_text_for_the_group_names_villages_never_people(desk, cast):
    assigned_case(cast, name="苏占存", at=ago(days=7))
    assigned_case(cast, name="陈有福", at=ago(days=5))
    text = desk(cast.bai_caixia).text("/today/").split("发微信群")[1]
    assert "今天 24:00 前要入户 1 户：毛山村 1。" in text
    assert "超期没去 1 户：毛山村 1。" in text
    assert "苏占存" not in text
    assert "陈有福" not in text


def test_only_a_township_has_this_board(desk, cast):
    assert desk(cast.liu_yulan).get("/today/").status_code == 403
