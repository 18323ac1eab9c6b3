"""联络员 and 通报 on their pages."""

import re

from backend.models import Exchange, Liaison, db
from tests.cast import GONGMEN, LONGSHAN

CARD = {"area": GONGMEN, "unit": "恭门镇民政办", "name": "马小兰", "title": "主任", "duty": "A", "office_phone": "",
        "mobile": "12000000901", "note": "", "valid_from_on": "2026-06-01"}  # fmt: skip


def test_the_township_keeps_its_rows_and_the_county_reads_them(desk, cast):
    mine = desk(cast.bai_caixia)
    for name, unfit in (("unit", ""), ("name", ""), ("duty", "C"), ("mobile", "1"), ("area", LONGSHAN), ("area", "x"),
                        ("valid_from_on", "x"), ("valid_from_on", "2099-01-01"), ("office_phone", "<b>")):  # fmt: skip
        answer = mine.post("/liaisons/", CARD | {name: unfit})
        assert answer.status_code in (422, 409), (name, unfit)
        assert 'class="err"' in answer.text, (name, unfit)
    assert mine.post("/liaisons/", CARD).status_code == 303
    address = f"/liaisons/{db.session.scalars(db.select(Liaison.id)).one()}"
    assert "已经有A角了" in mine.post("/liaisons/", CARD).text
    for who in (cast.bai_caixia, cast.li_zhanfu, cast.tie_jianhua, cast.zhao_shengfu):
        assert "12000000901" in desk(who).text("/liaisons/")
    text = desk(cast.liu_yulan).look_for("liaisons", "恭门")
    assert "马小兰" in text
    assert "12000000901" not in text
    assert "120****0901" in text
    assert "没有这样的联络员" in mine.look_for("liaisons", "没有这人")
    assert mine.post(address, CARD | {"name": "马大兰"}).status_code == 303
    assert mine.post(address, CARD | {"name": ""}).status_code == 422
    assert "马大兰" in mine.text(address)
    for who, status in ((cast.li_zhanfu, 404), (cast.zhao_shengfu, 403), (cast.mi_jianjun, 403)):
        assert desk(who).get(address).status_code == status
    assert mine.post(f"{address}/end", on="x").status_code == 422
    assert mine.post(f"{address}/end", on="2026-06-02").status_code == 303
    assert "马大兰" not in mine.text("/liaisons/")
    assert "6月1日到6月2日" in mine.text("/liaisons/?past=1")


def test_what_was_told_waits_for_an_answer(desk, cast):
    county, town = desk(cast.mao_zhiqiang), desk(cast.bai_caixia)
    town.post("/liaisons/", CARD)
    to = db.session.scalars(db.select(Liaison.id)).one()
    told = {"to": to, "matter": "上周核查进度落后，请说明", "reply_by_on": "2099-01-01"}
    for name, unfit in (("to", ""), ("matter", "x"), ("reply_by_on", "x"), ("reply_by_on", "2020-01-01")):
        answer = county.post("/exchanges/", told | {name: unfit})
        assert answer.status_code == 422, name
        assert 'class="err"' in answer.text, name
    assert re.search(f'value="{to}" selected', county.get(f"/exchanges/?to={to}").text)
    assert county.post("/exchanges/", told).status_code == 303
    county.post("/exchanges/", told | {"matter": "不用答复的一件事", "reply_by_on": ""})
    text = town.text("/exchanges/")
    assert text.index("上周核查进度落后") < text.index("不用答复的一件事")
    address = f"/exchanges/{db.session.scalars(db.select(Exchange.id).order_by(Exchange.id)).first()}"
    for who in (cast.li_zhanfu, cast.tuo_fuying, cast.zhao_shengfu):
        assert desk(who).get(address).status_code == 404
        assert "上周核查进度落后" not in desk(who).text("/exchanges/")
        assert desk(who).post(f"{address}/answer", answer="替他们答复").status_code == 404
    assert "由恭门镇民政办来写" in county.text(address)
    assert "怎么答复的" not in county.text(address)
    assert county.post(f"{address}/answer", answer="替他们答复").status_code == 403
    assert town.post(f"{address}/answer", answer="").status_code == 422
    assert town.post(f"{address}/answer", answer="明天补上").status_code == 303
    assert "明天补上" in county.text(address)
    assert desk(cast.liu_yulan).post(f"{address}/answer", answer="x").status_code == 403
