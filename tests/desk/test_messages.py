"""消息 in the head and on its page."""

import re

import pytest

from backend import upkeep
from backend.desk.messages import LINKS
from backend.models import Message, db
from tests import phone
from tests.factories import assigned_case, publish, routed_case


@pytest.fixture
def told(cast):
    publish(name="马占福")
    routed_case(cast, to={"housing": []})
    upkeep.tell_offices()


def badge(page: str) -> str:
    found = re.search(r'class="bell"[^>]*>.*?</a>', page, re.S)
    return (re.findall(r"<b>(.*?)</b>", found[0]) or [""])[0]


def test_a_message_is_read_and_leads_to_the_work(desk, cast, told):
    mine = desk(cast.bai_caixia)
    page = mine.get("/messages/").text
    count = int(badge(page))
    assert "恭门镇新来预警 2 户，等派单" in page
    assert "马占福" not in page
    one = db.session.scalars(db.select(Message.id).where(Message.kind == "new_warnings")).one()
    answer = mine.post(f"/messages/{one}/reading")
    assert (answer.status_code, answer.location) == (303, "/assignments/")
    assert badge(mine.get("/cases/").text) == str(count - 1)
    assert desk(cast.li_zhanfu).post(f"/messages/{one}/reading").status_code == 404
    everything = db.session.scalars(db.select(Message.id)).all()
    assert mine.post("/messages/reading", message=list(everything)).status_code == 303
    assert badge(mine.get("/cases/").text) == ""
    assert badge(desk(cast.zhao_shengfu).get("/routings/").text) == "1"


def test_every_message_leads_to_a_page(desk, cast, told):
    mine = desk(cast.bai_caixia)
    for one in db.session.scalars(db.select(Message)).all():
        who = cast.bai_caixia if one.role == "township_coordinator" else cast.zhao_shengfu
        assert desk(who).get(desk(who).post(f"/messages/{one.id}/reading").location).status_code == 200
    for endpoint, _ in LINKS.values():
        assert endpoint in mine.client.application.view_functions


def test_an_office_without_messages(desk, cast):
    assert "没有消息" in desk(cast.tie_jianhua).text("/messages/")
    assert desk(cast.mi_jianjun).get("/messages/").status_code == 403


def test_a_form_that_is_bettered_is_one_household_to_judge(desk, cast, signed_in):
    grid, case = signed_in(cast.mi_jianjun), assigned_case(cast)
    for _ in range(3):
        phone.hand_in_one(grid, "visit", phone.visit(case))
    upkeep.tell_offices()
    assert "恭门镇有 1 份核查表等研判" in desk(cast.bai_caixia).text("/messages/")
