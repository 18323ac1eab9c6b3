"""Deposit: stored once, receipted always, judged later."""

import json
from hashlib import sha256

import pytest

from backend.api.schemas.inbox import InboxAnswerSchema
from backend.codebook import Verdict
from backend.models import Event, InboxConflict, InboxItem, db
from tests import phone
from tests.factories import assigned_case
from tests.postgres import on_both

pytestmark = on_both

URL = "/api/v1/inbox"


@pytest.fixture
def case(cast):
    return assigned_case(cast)


@pytest.fixture
def mine(signed_in, cast):
    return signed_in(cast.mi_jianjun)


def test_an_item_is_stored_and_gets_a_receipt_that_holds(mine, case):
    item = phone.envelope("visit", phone.visit(case))
    answer = phone.hand_in(mine, item)
    assert InboxAnswerSchema().validate(answer) == {}
    (receipt,) = answer["receipts"]
    assert (receipt["id"], receipt["sha256"], receipt["outcome"]) == (item["id"], item["sha256"], "stored")
    key = mine.get("/api/v1/session").json["receipt_key"]
    assert phone.is_signed(receipt, key)
    assert not phone.is_signed(receipt | {"sha256": "0" * 64}, key)
    row = db.session.get(InboxItem, item["id"])
    assert row.payload == item["payload"]
    assert item["payload"] not in row.payload_sealed


def test_a_receipt_number_can_be_read_out(mine, case):
    (receipt,) = phone.hand_in(mine, phone.envelope("visit", phone.visit(case)))["receipts"]
    head, _, tail = receipt["receipt_no"].partition("-")
    assert len(head) == len(tail) == 4
    assert set(head + tail) <= set("0123456789ABCDEF")


def test_the_same_item_again_is_a_duplicate_with_the_first_number(mine, case):
    item = phone.envelope("visit", phone.visit(case))
    first = phone.hand_in(mine, item)["receipts"][0]
    again = phone.hand_in(mine, item)["receipts"][0]
    assert again["outcome"] == "duplicate"
    assert (again["receipt_no"], again["received_at"]) == (first["receipt_no"], first["received_at"])
    assert db.session.query(InboxItem).count() == 1
    phone.ask(mine)
    assert len(case.visits) == 1


def test_twice_in_one_batch_is_stored_once(mine, case):
    item = phone.envelope("observation", phone.observation(case))
    outcomes = [receipt["outcome"] for receipt in phone.hand_in(mine, item, item, item)["receipts"]]
    assert outcomes == ["stored", "duplicate", "duplicate"]
    phone.ask(mine)
    assert len(case.observations) == 1


def test_other_content_under_a_taken_id_is_kept_beside_the_first(mine, case):
    item = phone.envelope("observation", phone.observation(case))
    other = phone.envelope("observation", phone.observation(case, text="五头牛"), item_id=item["id"])
    first = phone.hand_in(mine, item)["receipts"][0]
    receipts = [phone.hand_in(mine, other)["receipts"][0] for _ in range(2)]
    assert [r["outcome"] for r in receipts] == ["conflict", "conflict"]
    assert receipts[0]["receipt_no"] == receipts[1]["receipt_no"] != first["receipt_no"]
    kept = db.session.scalars(db.select(InboxConflict)).one()
    assert (kept.item_id, json.loads(kept.payload)["text"]) == (item["id"], "五头牛")
    assert db.session.get(InboxItem, item["id"]).payload == item["payload"]
    key = mine.get("/api/v1/session").json["receipt_key"]
    assert all(phone.is_signed(receipt, key) for receipt in receipts)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sha256": "0" * 64}, "item_torn"),
        ({"sha256": "short"}, "item_unfit"),
        ({"id": "17"}, "item_unfit"),
        ({"id": "0190A000-0000-7000-8000-00000000D001"}, "item_unfit"),
        ({"kind": "poem"}, "item_unfit"),
        ({"device_id": "../etc"}, "item_unfit"),
        ({"seq": -1}, "item_unfit"),
        ({"seq": 2**40}, "item_unfit"),
        ({"payload": ""}, "item_unfit"),
        ({"payload": None}, "item_unfit"),
        ({"author": "mi_jianjun"}, "item_unfit"),
        ({"payload": None, "sealed": "aGVsbG8"}, "item_unfit"),
        ({"payload": None, "sealed": "aGVsbG8", "key_id": "../d1"}, "item_unfit"),
        ({"sealed": "aGVsbG8", "key_id": "d1"}, "item_unfit"),
        ({"payload": None, "sealed": "aGVsbG8", "key_id": "d1"}, "item_torn"),
        ({"payload": None, "sealed": "A" * 240, "key_id": "d1"}, "item_torn"),
        ({"payload": None, "sealed": "空" * 240, "key_id": "d1"}, "item_torn"),
    ],
)
def test_an_envelope_that_cannot_be_stored_is_refused_and_the_others_go_on(mine, case, change, code):
    bad = phone.envelope("visit", phone.visit(case)) | change
    good = phone.envelope("observation", phone.observation(case))
    answer = phone.hand_in(mine, bad, good)
    assert [(row["id"], row["code"]) for row in answer["refused"]] == [(bad["id"], code)]
    assert [receipt["id"] for receipt in answer["receipts"]] == [good["id"]]
    assert case.visits == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"items": []}, "invalid"),
        ({"items": "all"}, "invalid"),
        ({"items": [{"id": "x"}]}, "invalid"),
        ({"items": [], "token": 1}, "unknown_field"),
        ([], "invalid"),
    ],
)
def test_a_body_of_another_shape_is_refused(mine, body, code):
    answer = mine.post(URL, json=body)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_an_unknown_field_in_an_envelope_is_refused(mine, case):
    item = phone.envelope("visit", phone.visit(case)) | {"priority": 1}
    answer = mine.post(URL, json={"items": [item]})
    assert (answer.status_code, answer.json["code"]) == (422, "unknown_field")
    assert answer.json["fields"] == {"items.0.priority": "unknown"}


def test_too_many_and_too_much_are_refused(mine, case):
    items = [phone.envelope("observation", phone.observation(case), seq=n) for n in range(51)]
    assert mine.post(URL, json={"items": items}).json["code"] == "invalid"
    huge = mine.post(URL, data=b"[" + b" " * 1024 * 1024 + b"]", content_type="application/json")
    assert (huge.status_code, huge.json["code"]) == (413, "too_large")


def test_nobody_hands_in_without_a_session(client, case):
    answer = client.post(URL, json={"items": [phone.envelope("visit", phone.visit(case))]})
    assert (answer.status_code, answer.json["code"]) == (401, "signed_out")
    assert db.session.query(InboxItem).count() == 0


def test_who_changed_to_the_office_still_hands_in_what_was_done(mine, cast, case):
    cast.mi_jianjun.role = "township_coordinator"
    item = phone.envelope("visit", phone.visit(case))
    assert phone.hand_in(mine, item)["receipts"][0]["outcome"] == "stored"
    assert phone.verdict_of(mine, item) == ("applied", None)


def test_a_batch_leaves_one_event_and_nothing_new_leaves_none(mine, case):
    items = [phone.envelope("observation", phone.observation(case), seq=n) for n in range(3)]
    phone.hand_in(mine, *items)
    phone.hand_in(mine, *items)
    events = db.session.scalars(db.select(Event).where(Event.tag == "inbox:deposited")).all()
    assert [event.facts["stored"] for event in events] == [sorted(item["id"] for item in items)]


def test_what_is_handed_in_stands_in_no_column_as_it_is(mine, case, app):
    phone.hand_in(mine, phone.envelope("observation", phone.observation(case, text="秘密的话")))
    db.session.remove()
    raw = b"".join(path.read_bytes() for path in app.extensions["ruhu_settings"].data.glob("ruhu.sqlite3*"))
    assert "秘密的话".encode() not in raw


def test_an_item_that_waits_is_judged_at_the_next_contact(mine, cast, case):
    text = json.dumps(phone.observation(case))
    item = InboxItem(
        kind="observation", user_id=cast.mi_jianjun.id, device_id=phone.DEVICE, seq=1,
        sha256=sha256(text.encode()).hexdigest(), received_at=case.published_at, receipt_no="0000-0000",
    )  # fmt: skip
    item.payload = text
    db.session.add(item)
    phone.ask(mine)
    assert db.session.get(InboxItem, item.id).verdict == Verdict.APPLIED
