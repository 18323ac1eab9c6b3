"""What a page says when nothing can be done here: who does it, or where to go on."""

import re
from datetime import timedelta

from backend import clock
from backend.domain import transfer
from backend.models import Area, Message, db
from tests.cast import GONGMEN, LONGSHAN
from tests.desk.browser import visit
from tests.factories import assigned_case, declare, publish, visited_case


def test_a_change_in_between_leads_to_the_household(desk, cast):
    case = visited_case(cast, name="铁生莲")
    page = desk(cast.bai_caixia).get(f"/cases/{case.id}/transfer")
    assert page.status_code == 409
    assert f'href="/cases/{case.id}">看这一户现在怎样' in page.text


def test_a_board_on_which_nobody_can_be_sent_leads_to_the_choice(desk, cast):
    case = publish(name="马玉花")
    transfer.transfer(case, to=db.session.get_one(Area, LONGSHAN), reason="搬到龙山镇两年了", actor=cast.bai_caixia)
    page = desk(cast.li_zhanfu).get("/today/").text
    assert "还没选村" in page
    assert "派出去" not in page.split("<h2>待派单 1 户")[1].split("<aside>")[0]
    assert 'href="/assignments/">去选村、选人' in page
    publish(name="马占福")
    assert "派出去，" in desk(cast.bai_caixia).get("/today/").text


def test_all_that_is_unread_is_counted_not_what_the_page_shows(desk, cast):
    told = {
        "kind": "new_warnings",
        "role": "township_coordinator",
        "area_code": GONGMEN,
        "facts": {"n": 3, "place": GONGMEN},
    }
    db.session.add_all(Message(key=f"one:{n}", made_at=clock.now() - timedelta(hours=n), **told) for n in range(90))
    db.session.flush()
    mine = desk(cast.bai_caixia)
    assert "90 条没看，先看最近 60 条" in mine.text("/messages/")
    shown = re.findall(r'name="message" value="([^"]+)"', mine.get("/messages/").text)
    assert mine.post("/messages/reading", message=shown).status_code == 303
    page = mine.get("/messages/").text
    assert ("30 条没看" in page, page.count('class="new"')) == (True, 30)


def test_who_may_not_compare_is_told_who_does(desk, cast):
    declare()
    assert "由县里导入的人来比对" in desk(cast.bai_caixia).text("/imports/")
    assert "由县里导入的人来比对" not in desk(cast.tuo_fuying).text("/imports/")


def test_many_hints_that_lack_the_same_facts_are_one_line(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    page = desk(cast.bai_caixia).get(f"/cases/{case.id}").text
    folded = page.split("信息不足的")[1]
    assert page.split("信息不足的")[0].count("verdict lack") == 0
    assert "还缺：" in folded.split("</summary>")[0]
    assert folded.count("verdict lack") > 10


def test_photos_that_were_not_wanted_are_said_by_their_reason(desk, cast):
    case = visit(
        assigned_case(cast), author=cast.mi_jianjun, photo_refusals={"house": "不愿意", "kitchen": "不愿意"}
    ).case
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    assert "房屋外观、厨房不同意拍：不愿意 一张也没有拍" in text
    assert "照片 0/0" not in text
