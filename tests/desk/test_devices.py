"""手机与人员: which phones hold unsent work, what happened to them, codes that enrol them."""

import re
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from backend import clock
from backend.domain import devices, enrolment
from backend.models import Device, EnrolmentCode, Event, db
from tests.cast import LISHAN
from tests.desk.phones import hold, phone_of, tell
from tests.factories import assigned_case
from tests.handset import Handset, enrolled


def ago(**much):
    return clock.now() - timedelta(**much)


def read_by_camera(page: str) -> str:
    """What a decoder that is not the drawer's reads in the page's QR code, eight dots for each of its squares."""
    ((side, strokes),) = re.findall(r'<svg viewBox="0 0 (\d+) \d+" class="qr">.*?stroke="#000" d="([^"]+)"', page)
    picture = Image.new("L", (int(side), int(side)), 255)
    x = y = 0
    for act, along, down in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", strokes):
        if act == "h":
            picture.paste(0, (x, y, x + int(along), y + 1))
        x = int(along) if act == "M" else x + int(along)
        y = int(float(down)) if act == "M" else y + int(down or 0)
    (found,) = zxingcpp.read_barcodes(picture.resize((8 * int(side),) * 2, Image.Resampling.NEAREST))
    return found.text


def test_those_that_hold_something_come_first_and_the_silent_before_the_others(desk, cast):
    case = assigned_case(cast, name="妥福花")
    hold(cast.ding_zhiqiang, case, photos_waiting=4)
    silent = hold(cast.mi_jianjun, case, at=ago(days=3), drafts=1)
    phone_of(cast.hui_axi, name="OPPO A5", heartbeat={"unsent": 0})
    text = desk(cast.bai_caixia).text("/devices/")
    assert "2 个手机里还有没上报的 1 户已入户，不算没去" in text
    assert text.index("米建军") < text.index("丁志强") < text.index("惠阿西")
    for said in (
        "3 天没联上，打电话问",
        "没写完 1 份",
        "照片还有 4 张",
        "其余 1 个手机 都报完了",
        "没登记，登录着才能交",
    ):
        assert said in text, said
    assert f"/devices/{silent.id}" in desk(cast.bai_caixia).get("/devices/").text


@pytest.mark.parametrize(
    ("show", "name"),
    [("holding", "甲机"), ("silent", "乙机"), ("trouble", "丙机"), ("revoked", "丁机"), ("unenrolled", "乙机")],
)
def test_the_filter_finds_each_kind(desk, cast, show, name):
    keyed = {"public_key": "{}"}
    tell(phone_of(cast.mi_jianjun, name="甲机", **keyed), cast.mi_jianjun, unsent=1)
    phone_of(cast.mi_jianjun, name="乙机", at=ago(days=9))
    phone_of(cast.mi_jianjun, name="丙机", heartbeat={"clock_ahead_seconds": 86399}, **keyed)
    phone_of(cast.mi_jianjun, name="丁机", revoked_at=clock.now(), **keyed)
    text = desk(cast.bai_caixia).text(f"/devices/?show={show}")
    assert [one for one in ("甲机", "乙机", "丙机", "丁机") if one in text] == [name]


def test_a_phone_says_how_it_is(desk, cast):
    facts = {
        "clock_ahead_seconds": -7300, "storage_used": 1_900_000_000, "storage_quota": 2_000_000_000,
        "self_test": "写不进去", "app_version": "1.1",
    }  # fmt: skip
    device = phone_of(cast.mi_jianjun, heartbeat=facts, app_version="1.1")
    text = desk(cast.bai_caixia).text(f"/devices/{device.id}")
    for said in (
        "时间慢 2 小时，按服务器记",
        "没过：写不进去",
        "用了 1.8 GB，一共 1.9 GB",
        "快满了，拍不了新照片",
        "版本 1.1",
    ):
        assert said in text, said


def test_two_people_on_one_phone_are_told_apart_and_masked(desk, cast):
    case = assigned_case(cast, name="妥福花")
    device = hold(cast.mi_jianjun, case)
    tell(device, cast.ding_zhiqiang, unsent=0, drafts=2)
    text = desk(cast.bai_caixia).text(f"/devices/{device.id}")
    for said in ("米建军、丁志强的手机", "两人合用", "已入户： 妥福花户", "120****1001", "2 份"):
        assert said in text or said in text.replace(" ", ""), said
    assert "12000001001" not in text


def test_out_of_sight_is_unknown(desk, cast):
    other = phone_of(cast.tuo_hasan)
    town = desk(cast.bai_caixia)
    assert town.get(f"/devices/{other.id}").status_code == 404
    assert town.post(f"/devices/{other.id}/revocation", reason_code="lost").status_code == 404
    assert town.post("/devices/codes", user_id=cast.tuo_hasan.id).status_code == 404
    assert "妥哈三" not in town.text("/devices/") + town.text("/devices/people")
    assert desk(cast.mao_zhiqiang).get(f"/devices/{other.id}").status_code == 200
    assert desk(cast.tie_jianhua).get(f"/devices/{other.id}").status_code == 200
    for nobody in (cast.mi_jianjun, cast.liu_yulan, cast.zhao_shengfu):
        assert desk(nobody).get("/devices/").status_code == 403


def test_the_county_looks_by_township_and_stops_nothing(desk, cast):
    phone_of(cast.mi_jianjun, name="甲机")
    device = phone_of(cast.tuo_hasan, name="乙机")
    county = desk(cast.mao_zhiqiang)
    assert "甲机" in county.text("/devices/")
    text = county.text(f"/devices/?area={LISHAN[:9]}")
    assert "乙机" in text
    assert "甲机" not in text
    assert county.post(f"/devices/{device.id}/revocation", reason_code="lost").status_code == 403


def test_a_phone_that_left_with_its_person_stays_in_sight(desk, cast):
    device = hold(cast.mi_jianjun, assigned_case(cast))
    for posting in cast.mi_jianjun.postings:
        posting.ended_on = clock.local(clock.now()).date()
    assert desk(cast.bai_caixia).get(f"/devices/{device.id}").status_code == 200


def test_stopping_needs_a_reason_and_says_what_it_means(desk, cast):
    device = hold(cast.mi_jianjun, assigned_case(cast))
    town = desk(cast.bai_caixia)
    assert "没上报的还能交上来，先另存，由你认" in town.text(f"/devices/{device.id}")
    assert town.post(f"/devices/{device.id}/revocation").status_code == 422
    assert db.session.get(Device, device.id, populate_existing=True).revoked_at is None
    assert town.post(f"/devices/{device.id}/revocation", reason_code="lost", note="赶集时丢的").status_code == 303
    text = town.text(f"/devices/{device.id}")
    assert "停用了。它再交来的另存着" in text
    assert "手机丢了：赶集时丢的" in text
    assert town.post(f"/devices/{device.id}/restoration").status_code == 303
    assert "又能用了" in town.text(f"/devices/{device.id}")
    tags = db.session.scalars(select(Event.tag).where(Event.tag.startswith("device:")).order_by(Event.id)).all()
    assert tags == ["device:revoked", "device:restored"]


def test_the_history_tells_who_enrolled_and_stopped_it(desk, cast):
    handset = Handset()
    code = enrolment.make_code(cast.mi_jianjun, actor=cast.bai_caixia)
    body = handset.enrolment(cast.mi_jianjun, code.text)
    enrolment.enrol(handset.id, "红米", body["public_key"], code.text, body["proof"], actor=cast.mi_jianjun)
    devices.revoke(db.session.get(Device, handset.id), reason="changed", actor=cast.bai_caixia)
    text = desk(cast.bai_caixia).text(f"/devices/{handset.id}")
    assert text.index("停用 ") < text.index("用绑定码登记")
    assert "白彩霞发的码" in text
    assert "换了手机" in text


def test_a_code_is_shown_once_with_a_picture_that_a_camera_reads(desk, cast):
    town = desk(cast.bai_caixia)
    answer = town.post("/devices/codes", user_id=cast.mi_jianjun.id)
    digits = re.search(r'class="code"[^>]*>(\d{3}) (\d{3})<', answer.text)
    assert digits
    assert read_by_camera(answer.text) == f"http://localhost/field/#/bind?code={digits[1]}{digits[2]}"
    assert "style=" not in answer.text
    kept = db.session.scalars(select(EnrolmentCode)).one()
    until = clock.local(kept.expires_at).strftime("%H:%M")
    assert f"{until} 以前有效，只能用一次" in answer.text
    page = town.get("/devices/").text
    assert "还能用的绑定码" in page
    assert digits[1] + digits[2] not in page
    assert "".join(digits.groups()) not in kept.code_lookup


def test_codes_are_for_those_who_go_to_households(desk, cast):
    town = desk(cast.bai_caixia)
    assert town.post("/devices/codes", user_id=cast.bai_caixia.id).status_code == 422
    assert town.post("/devices/codes", user_id="nobody").status_code == 404
    text = town.text("/devices/people")
    assert "米建军" in text
    assert "白彩霞 bai_caixia" not in text
    assert "没有这样的人" in town.look_for("people", "谁也不是")


def test_people_say_their_phones_and_the_account_list_too(desk, cast):
    handset = enrolled(cast.mi_jianjun, cast.ding_zhiqiang)
    tell_row = db.session.get(Device, handset.id)
    tell_row.heartbeat = {"unsent": 2}
    assert "Redmi Note 9" in desk(cast.bai_caixia).look_for("people", "丁志强")
    tell(phone_of(cast.hui_axi, name="OPPO A5"), cast.hui_axi, unsent=3)
    text = desk(cast.tie_jianhua).look_for("users", "惠阿西")
    assert "OPPO A5 没登记" in text
    assert "3 件没上报" in text


def test_a_phone_that_never_told_is_not_called_empty(desk, cast):
    device = phone_of(cast.hui_axi)
    for page in ("/devices/", f"/devices/{device.id}"):
        text = desk(cast.bai_caixia).text(page)
        assert "手机没说过" in text
        assert "都报完了" not in text


def test_nothing_yet_says_so(desk, cast):
    town = desk(cast.bai_caixia)
    assert "还没有手机登录过" in town.text("/devices/")
    assert "没有这样的手机" in town.text("/devices/?show=revoked")
    assert "没有这样的手机" not in town.text("/devices/?show=nonsense&start=x")
