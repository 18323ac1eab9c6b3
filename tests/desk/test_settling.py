"""Settling what phones handed in: adopt it, put it to a household, set it aside, take it up again."""

import pytest
from sqlalchemy import select

from backend.domain.photos import picture_name
from backend.domain.sync import apply
from backend.extensions import objects
from backend.models import Event, InboxItem, Notice, Observation, Photo, db
from tests import phone
from tests.cast import GUTU, LISHAN
from tests.desk.browser import words
from tests.desk.phones import bring
from tests.factories import assigned_case, publish


@pytest.fixture
def brought(app):
    """`brought(user, kind, payload)` hands an item in and has it judged; its row."""
    return lambda user, kind, told, *more: db.session.get(InboxItem, bring(user, kind, told, *more))


@pytest.fixture
def strange(cast, brought):
    """A note of 惠阿西 about a household that was never hers."""
    return brought(cast.hui_axi, "observation", phone.observation(assigned_case(cast, name="马占福")))


def fresh(item) -> InboxItem:
    return db.session.get(InboxItem, item.id, populate_existing=True)


def test_the_whole_content_is_there_to_read_and_masked(desk, cast, brought):
    case = assigned_case(cast, name="马占福")
    filled = phone.answers(narrative="墙上有裂缝，能伸进手。", head_id_number="620599197106300050")
    item = brought(cast.hui_axi, "visit", phone.visit(case, filled=filled))
    text = desk(cast.bai_caixia).text(f"/deposits/{item.id}")
    for said in (
        "惠阿西交的核查表",
        "这一户没派给过他",
        "墙上有裂缝，能伸进手。",
        "620599********0050",
        "马占福户",
        "采用，记到这一户",
    ):
        assert said in text, said
    assert "620599197106300050" not in text


def test_what_cannot_be_read_is_shown_as_it_came(desk, cast, brought):
    item = brought(cast.mi_jianjun, "visit", '{"odd": "620599197106300050 12000000077"}')
    text = desk(cast.bai_caixia).text(f"/deposits/{item.id}")
    for said in ("读不全，原样给你看", "620599********0050 120****0077", "还没对上"):
        assert said in text, said
    assert "采用，记到这一户" not in text
    assert desk(cast.bai_caixia).post(f"/deposits/{item.id}/acceptance", note="看过了").status_code == 422


def test_adopting_needs_a_reason_and_leaves_the_list(desk, cast, strange):
    town = desk(cast.bai_caixia)
    refused = town.post(f"/deposits/{strange.id}/acceptance")
    assert refused.status_code == 422
    assert "写一句理由" in refused.text
    assert fresh(strange).verdict == "quarantined"
    assert town.post(f"/deposits/{strange.id}/acceptance", note="她顺路看的，属实").headers["Location"] == "/deposits/"
    text = town.text("/deposits/")
    assert "记下了，交的人在手机上看得到" in text
    assert "没有要人看的" in text
    assert "她顺路看的，属实" in town.text("/deposits/?state=settled")
    assert db.session.scalars(db.select(Observation)).one().author_id == cast.hui_axi.id
    assert fresh(strange).verdict == "applied"


def test_setting_aside_can_be_taken_back(desk, cast, strange):
    town = desk(cast.bai_caixia)
    assert town.post(f"/deposits/{strange.id}/dismissal", note="写错户了").status_code == 303
    assert "写错户了" in town.text("/deposits/?state=discarded")
    assert "没有采用" in town.text(f"/deposits/{strange.id}")
    assert db.session.scalars(db.select(Notice)).one().user_id == cast.hui_axi.id
    assert town.post(f"/deposits/{strange.id}/restoration", note="没写错").status_code == 303
    assert fresh(strange).verdict == "quarantined"
    assert "等人看的" in town.text("/deposits/")


def test_it_is_put_to_the_household_that_was_looked_at(desk, cast, strange):
    right = publish(name="李生贵", village=GUTU)
    publish(name="李占福", village=LISHAN)
    town = desk(cast.bai_caixia)
    found = words(town.post(f"/deposits/{strange.id}/household", q=right.number[-9:]))
    assert "李生贵" in found
    assert "没有这样的户" in words(town.post(f"/deposits/{strange.id}/household", q="李占福"))
    by_id = town.post(f"/deposits/{strange.id}/household", q=right.declaration.id_number)
    assert right.number in by_id.text
    assert db.session.scalars(select(Event).where(Event.tag == "search:by_id")).one().facts == {"found": 1}
    assert "证号要打全 18 位" in town.post(f"/deposits/{strange.id}/household", q="12000000001").text
    both = town.text(f"/deposits/{strange.id}/attachment?case={right.id}")
    assert "后院还有两头牛犊" in both
    assert right.number in both
    assert town.post(f"/deposits/{strange.id}/attachment", case=right.id).status_code == 422
    answer = town.post(f"/deposits/{strange.id}/attachment", case=right.id, note="是这一户")
    assert answer.headers["Location"] == f"/cases/{right.id}"
    assert "放到这一户了" in town.text(f"/cases/{right.id}")
    assert fresh(strange).case_id == right.id


def test_out_of_sight_is_unknown(desk, cast, strange):
    beyond = publish(name="李占福", village=LISHAN)
    town, other = desk(cast.bai_caixia), desk(cast.li_zhanfu)
    assert town.get(f"/deposits/{strange.id}/attachment?case={beyond.id}").status_code == 404
    assert town.post(f"/deposits/{strange.id}/attachment", case=beyond.id, note="x").status_code == 404
    assert other.get(f"/deposits/{strange.id}").status_code == 404
    for act in ("acceptance", "dismissal", "restoration", "attachment"):
        assert other.post(f"/deposits/{strange.id}/{act}", note="x").status_code == 404, act
    assert desk(cast.liu_yulan).get(f"/deposits/{strange.id}").status_code == 403
    assert fresh(strange).verdict == "quarantined"


def test_the_later_of_two_contents_is_adopted_or_not(desk, cast, signed_in):
    case = assigned_case(cast)
    first = phone.envelope("observation", phone.observation(case))
    told = phone.observation(case, text="后院有三头牛", facts={"cattle": 3})
    phone.hand_in(signed_in(cast.mi_jianjun), first, phone.envelope("observation", told, item_id=first["id"]))
    apply.apply_pending()
    town = desk(cast.bai_caixia)
    page = town.get(f"/deposits/{first['id']}").text
    text = town.text(f"/deposits/{first['id']}")
    for said in ("同一个编号，又来了另一份", "后院还有两头牛犊", "后院有三头牛", "2 头", "3 头"):
        assert said in text, said
    assert "同一个编号又来了另一份内容" in town.text("/deposits/")
    address = page.split('action="/deposits/conflicts/')[1].split("/")[0]
    assert town.post(f"/deposits/conflicts/{address}/acceptance").status_code == 422
    assert desk(cast.li_zhanfu).post(f"/deposits/conflicts/{address}/acceptance", note="x").status_code == 404
    assert town.post(f"/deposits/conflicts/{address}/acceptance", note="两次都看了").status_code == 303
    assert "看这一份" in town.text(f"/deposits/{first['id']}")
    assert "没有要人看的" in town.text("/deposits/")
    assert len(db.session.scalars(db.select(Observation)).all()) == 2


def test_an_urgent_one_is_said_loudly(desk, cast, brought):
    brought(cast.hui_axi, "urgent", phone.urgent(assigned_case(cast)))
    town = desk(cast.bai_caixia)
    assert "里面有 1 件报急难，先看" in town.text("/today/")
    assert "报急难" in town.text("/deposits/")
    assert "房子塌了，没处住" in town.text("/deposits/" + db.session.scalars(db.select(InboxItem.id)).one())


def test_pages_turn_by_key(desk, cast, brought):
    case = assigned_case(cast)
    for _ in range(41):
        item = brought(cast.hui_axi, "observation", phone.observation(case))
    page = desk(cast.bai_caixia).get("/deposits/").text
    assert page.count("去看</a>") == 40
    address = page.split('href="/deposits/?state=waiting&amp;after=')[1].split('"')[0]
    rest = desk(cast.bai_caixia).get(f"/deposits/?after={address}").text
    assert rest.count("去看</a>") == 1
    assert item.id not in rest


@pytest.mark.parametrize("after", ["x", "2026-01-01~x", "0001-01-01T00:00:00%2B14:00~x", "9999-12-31T23:59:59-14:00~x"])
def test_a_broken_key_is_the_first_page(desk, cast, after):
    assert desk(cast.bai_caixia).get(f"/deposits/?after={after}").status_code == 200


def test_its_pictures_are_shown_and_nobody_else_s(desk, cast):
    own, other = phone.listed(phone.jpeg()), phone.listed(phone.jpeg(shade=30))
    for listed, author in ((own, cast.hui_axi), (other, cast.tuo_hasan)):
        photo = Photo(id=listed["id"], author_id=author.id, sha256=listed["sha256"], size=listed["size"], kind="house")
        photo.state = "stored"
        db.session.add(photo)
        db.session.flush()
        objects().put(picture_name(photo), b"\xff\xd8 a picture")
    case = assigned_case(cast)
    sheet = phone.visit(case, filled=phone.answers(photos=[own, other]))
    item = bring(cast.hui_axi, "visit", sheet)
    town = desk(cast.bai_caixia)
    address = f"/deposits/{item}/photos/{{}}.jpg"
    assert address.format(own["id"]) in town.get(f"/deposits/{item}").text
    assert town.get(address.format(own["id"])).data == b"\xff\xd8 a picture"
    assert town.get(address.format(other["id"])).status_code == 404
    assert desk(cast.li_zhanfu).get(address.format(own["id"])).status_code == 404
