"""救援文件: handed in at the desk under the phone's own signatures, twice without harm, torn without loss."""

import io
import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from backend import clock
from backend.domain.sync import apply
from backend.extensions import key_ring
from backend.models import Device, DeviceUser, InboxItem, Photo, Upload, User, Visit, db
from backend.models.base import new_id
from tests import phone
from tests.desk.browser import words
from tests.desk.rescue import rescue_text, sealed_photo
from tests.factories import assigned_case
from tests.handset import Handset, enrolled, unb64u
from tests.house import ROOT


@pytest.fixture
def carry(desk, cast):
    """`carry(text)` hands a file in as 白彩霞; the answer."""

    def hand_in(text: str | bytes, name: str = "ruhu-rescue.json"):
        raw = text.encode() if isinstance(text, str) else text
        browser = desk(cast.bai_caixia)
        return browser.post("/rescue/", {"file": (io.BytesIO(raw), name)})

    return hand_in


@pytest.fixture
def rescued(cast):
    """A visit of 米建军 with one photo of two chunks, as an enrolled phone writes it: (items, photos, raw picture)."""
    handset = enrolled(cast.mi_jianjun)
    raw = phone.jpeg(size=(640, 480)) + bytes(60_000)
    listed = phone.listed(raw)
    case = assigned_case(cast, name="马占福")
    item = handset.sealed("visit", phone.visit(case, filled=phone.answers(photos=[listed])), author=cast.mi_jianjun)
    picture = sealed_photo(handset, raw, author=cast.mi_jianjun, item_id=item["id"], photo_id=listed["id"])
    return [item], [picture], raw


def items() -> list[InboxItem]:
    return list(db.session.scalars(db.select(InboxItem)))


def test_what_a_phone_could_not_send_arrives_in_its_own_name(carry, cast, rescued):
    text = carry(rescue_text(*rescued[:2])).text
    item = items()[0]
    assert "收到了 1 件、1 张照片" in text
    for said in ("核查表", f"回执 {item.receipt_no}", "米建军", "1 张", "已收到", "马上记到这一户"):
        assert said in text, said
    assert (item.user_id, item.flag, item.carried_by_id) == (cast.mi_jianjun.id, "", cast.bai_caixia.id)
    apply.apply_pending()
    assert db.session.scalars(db.select(Visit)).one().author_id == cast.mi_jianjun.id
    photo = db.session.scalars(db.select(Photo)).one()
    assert (photo.state, photo.size, photo.author_id) == ("received", len(rescued[2]), cast.mi_jianjun.id)
    assert db.session.scalars(db.select(Upload)).one().finished_at is not None


def test_handing_in_twice_is_harmless(carry, rescued):
    file = rescue_text(*rescued[:2])
    carry(file)
    text = carry(file).text
    for said in ("没有新的", "早收到了", "早收到 1 张", "不用管"):
        assert said in text, said
    assert len(items()) == 1
    assert len(db.session.scalars(db.select(Photo)).all()) == 1


def test_an_unproven_phone_s_work_waits_for_a_person(carry, cast):
    stranger = Handset()
    item = stranger.sealed("observation", phone.observation(assigned_case(cast)), author=cast.mi_jianjun)
    text = carry(rescue_text([item], [])).text
    assert "说不准是谁填的" in text
    assert "等你认" in text
    apply.apply_pending()
    kept = items()[0]
    assert (kept.user_id, kept.author_id, kept.flag) == (cast.bai_caixia.id, cast.mi_jianjun.id, "unproven_author")
    assert kept.verdict == "quarantined"


def test_what_is_not_whole_is_named_and_the_rest_is_kept(carry, cast, rescued):
    good, pictures, _ = rescued
    torn = good[0] | {"id": new_id()} | {"sha256": "0" * 64}
    bent = pictures[0] | {"id": new_id(), "chunks": pictures[0]["chunks"][:1]}
    text = carry(rescue_text([*good, torn, {"id": "x"}], [*pictures, bent])).text
    assert "2 件、1 张照片认不出来，没有收" in text
    assert "收到了 1 件、1 张照片" in text
    assert len(items()) == 1


@pytest.mark.parametrize("field", ["id", "author", "device_id", "kind", "key_id", "sealed", "sha256", "signature"])
def test_half_a_character_anywhere_is_named_and_the_rest_is_kept(carry, rescued, field):
    good, pictures, _ = rescued
    text = rescue_text([*good, good[0] | {"id": new_id()} | {field: "\ud800"}], pictures)
    answer = carry(text.encode("utf-8", "surrogatepass") if "\ud800" in text else text)
    assert answer.status_code == 200
    assert len(items()) == 1


def test_a_file_that_breaks_off_gives_what_it_has(carry, rescued):
    text = rescue_text(*rescued[:2])
    answer = carry(text[: text.index('"chunks"')]).text
    assert "文件不全，读到一半断了" in answer
    assert "收到了 1 件" in answer
    assert len(items()) == 1


@pytest.mark.parametrize("nonsense", [b"", b"\x00\xff" * 900, b'{"format": "other"}', "不是文件".encode(), b"[" * 3000])
def test_nonsense_gets_a_sentence(carry, nonsense):
    answer = carry(nonsense)
    assert answer.status_code == 422
    assert "这不是入户通的救援文件" in answer.text
    assert items() == []


def test_no_file_and_an_empty_one_say_so(desk, cast, carry):
    assert "先选一个救援文件" in desk(cast.bai_caixia).post("/rescue/").text
    assert "文件里是空的" in carry(rescue_text([], [])).text


def test_the_file_that_the_phone_s_own_code_made_is_read(carry, cast):
    told = json.loads((ROOT / "tests/vectors/rescue.json").read_text("utf-8"))
    axes = {axis: int.from_bytes(unb64u(told["private_jwk"][axis]), "big") for axis in "xyd"}
    numbers = ec.EllipticCurvePublicNumbers(axes["x"], axes["y"], ec.SECP256R1())
    private = ec.EllipticCurvePrivateNumbers(axes["d"], numbers).private_key()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key_ring().ring["deposit"]["keys"][told["key_id"]] = pem.decode()
    file, now = told["file"], clock.now()
    author = User(
        id=file["items"][0]["envelope"]["author"],
        username="rescued",
        name="者志强",
        role="grid_worker",
        password_hash="x",
    )
    device = Device(
        id=file["device_id"], user=author, public_key=json.dumps(told["device_jwk"]), first_seen_at=now, seen_at=now
    )
    db.session.add_all([author, device])
    db.session.flush()
    db.session.add(DeviceUser(device_id=device.id, user_id=author.id, bound_at=now))
    envelopes = [item["envelope"] for item in file["items"]]
    text = words(carry(rescue_text(envelopes, file["photos"], device_id=device.id)))
    assert "收到了 3 件、1 张照片" in text
    assert {(item.kind, item.flag) for item in items()} == {("visit", ""), ("urgent", ""), ("draft", "")}


def test_it_is_for_those_who_settle(desk, cast):
    assert desk(cast.mao_zhiqiang).get("/rescue/").status_code == 200
    for nobody in (cast.mi_jianjun, cast.liu_yulan, cast.tie_jianhua):
        assert desk(nobody).get("/rescue/").status_code == 403
