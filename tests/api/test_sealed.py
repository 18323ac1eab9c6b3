"""Sealed and signed items: proven by the phone, with or without a session; kept with a flag where they are not."""

import json
from datetime import timedelta

import pytest

from backend import clock
from backend.api.schemas.inbox import InboxAnswerSchema
from backend.domain import devices, events
from backend.extensions import key_ring
from backend.models import Device, DeviceUser, Event, InboxConflict, InboxItem, db
from backend.storage.epoch import read_epoch
from tests import phone
from tests.handset import Handset, enrolled
from tests.postgres import on_both

pytestmark = on_both

URL = "/api/v1/inbox"


@pytest.fixture
def handset(cast):
    return enrolled(cast.mi_jianjun)


@pytest.fixture
def item(handset, case, cast):
    return handset.sealed("observation", phone.observation(case), author=cast.mi_jianjun)


def row_of(item) -> InboxItem:
    db.session.rollback()
    return db.session.get(InboxItem, item["id"])


def test_a_signed_item_is_taken_without_a_session(client, app, cast, item):
    answer = phone.hand_in(client, item)
    assert InboxAnswerSchema().validate(answer) == {}
    (receipt,) = answer["receipts"]
    assert (receipt["id"], receipt["sha256"], receipt["outcome"]) == (item["id"], item["sha256"], "stored")
    assert phone.is_signed(receipt, key_ring().receipt_jwk())
    assert answer["epoch"] == read_epoch(app.extensions["ruhu_settings"].data)
    row = row_of(item)
    assert (row.user_id, row.author_id, row.flag, row.carried_by_id) == (cast.mi_jianjun.id,) * 2 + ("", None)
    assert row.payload is None
    assert key_ring().open_sealed(row.key_id, row.sealed, f"ruhu-item-1|{row.id}|{row.kind}")[0] == 1


def test_it_is_one_event_in_the_authors_name(client, cast, item):
    phone.hand_in(client, item)
    phone.hand_in(client, item)
    event = db.session.scalars(db.select(Event).where(Event.tag == "inbox:deposited")).one()
    assert (event.actor_id, event.facts["stored"]) == (cast.mi_jianjun.id, [item["id"]])
    assert events.broken_link() is None


def test_an_answer_never_holds_what_was_handed_in(client, item):
    text = client.post(URL, json={"items": [item] * 50}).text
    assert item["sealed"] not in text
    assert item["signature"] not in text


@pytest.mark.parametrize("field", ["id", "kind", "device_id", "author", "seq", "key_id", "sha256", "sealed"])
def test_whoever_changes_what_was_signed_hands_in_nothing(client, cast, handset, item, case, field):
    other = enrolled(cast.ding_zhiqiang)
    changed = other.sealed("urgent", phone.urgent(case), author=cast.ding_zhiqiang, seq=77, key_id="d2")
    answer = client.post(URL, json={"items": [item | {field: changed[field]}]})
    told = answer.json["code"] if answer.status_code == 401 else answer.json["refused"][0]["code"]
    assert told == ("item_torn" if field in ("sha256", "sealed") else "signed_out")
    assert db.session.query(InboxItem).count() == 0


def test_a_changed_item_under_a_session_is_kept_and_flagged(mi, cast, item):
    phone.hand_in(mi, item | {"seq": 77})
    assert (row_of(item).user_id, row_of(item).flag) == (cast.mi_jianjun.id, "bad_signature")


def test_who_is_not_bound_to_the_phone_is_not_proven(client, cast, handset, case):
    item = handset.sealed("urgent", phone.urgent(case), author=cast.ding_zhiqiang)
    phone.hand_in(client, item)
    assert (row_of(item).user_id, row_of(item).flag) == (cast.ding_zhiqiang.id, "unproven_author")


def test_a_heartbeat_on_somebodys_phone_binds_nobody(client, signed_in, cast, handset, case):
    phone.ask(signed_in(cast.ding_zhiqiang), known={}, heartbeat=heartbeat(handset))
    item = handset.sealed("urgent", phone.urgent(case), author=cast.ding_zhiqiang)
    phone.hand_in(client, item)
    assert told(handset, cast.ding_zhiqiang)["unsent"] == 2
    assert row_of(item).flag == "unproven_author"
    assert db.session.get(Device, handset.id).user_id == cast.mi_jianjun.id


def test_an_author_nobody_knows_falls_to_the_phones_holder(client, cast, handset, case):
    item = handset.sealed("urgent", phone.urgent(case), author="0190a000-0000-7000-8000-0000000000ff")
    phone.hand_in(client, item)
    row = row_of(item)
    assert (row.user_id, row.flag, row.author_id) == (cast.mi_jianjun.id, "unproven_author", item["author"])


def test_a_closed_account_and_a_revoked_phone_still_hand_in(client, cast, handset, item, case):
    cast.mi_jianjun.is_active = False
    phone.hand_in(client, item)
    assert row_of(item).flag == "account_closed"
    devices.revoke(db.session.get(Device, handset.id), reason="丢了", actor=cast.bai_caixia)
    late = handset.sealed("urgent", phone.urgent(case), author=cast.mi_jianjun)
    phone.hand_in(client, late)
    assert row_of(late).flag == "device_revoked"


def test_somebody_else_may_carry_a_signed_item_in(signed_in, cast, item):
    phone.hand_in(signed_in(cast.bai_caixia), item)
    row = row_of(item)
    assert (row.user_id, row.flag, row.carried_by_id) == (cast.mi_jianjun.id, "", cast.bai_caixia.id)


def test_a_replay_changes_nothing(client, signed_in, cast, item):
    first = phone.hand_in(client, item)["receipts"][0]
    again = phone.hand_in(signed_in(cast.tuo_hasan), item)["receipts"][0]
    mine = phone.hand_in(signed_in(cast.tuo_hasan), item | {"author": cast.tuo_hasan.id})["receipts"][0]
    assert (again["outcome"], mine["outcome"]) == ("duplicate", "duplicate")
    assert again["receipt_no"] == first["receipt_no"]
    assert (row_of(item).user_id, row_of(item).carried_by_id) == (cast.mi_jianjun.id, None)


def test_a_stolen_item_handed_in_first_does_not_keep_the_authors_out(client, signed_in, cast, item):
    stolen = item | {"author": cast.tuo_hasan.id, "device_id": phone.DEVICE}
    phone.hand_in(signed_in(cast.tuo_hasan), stolen)
    assert row_of(item).user_id == cast.tuo_hasan.id
    receipts = [phone.hand_in(client, item)["receipts"][0] for _ in range(2)]
    assert [receipt["outcome"] for receipt in receipts] == ["conflict", "conflict"]
    kept = db.session.scalars(db.select(InboxConflict)).one()
    assert (kept.user_id, kept.sha256) == (cast.mi_jianjun.id, item["sha256"])


def test_what_was_carried_in_unproven_is_the_authors_once_their_phone_brings_it(client, signed_in, cast, item):
    phone.hand_in(signed_in(cast.bai_caixia), item | {"signature": None})
    assert (row_of(item).user_id, row_of(item).flag) == (cast.bai_caixia.id, "unproven_author")
    assert phone.hand_in(client, item)["receipts"][0]["outcome"] == "duplicate"
    row = row_of(item)
    assert (row.user_id, row.flag, row.verdict) == (cast.mi_jianjun.id, "", "pending")
    assert row.carried_by_id == cast.bai_caixia.id


@pytest.mark.parametrize("verdict", ["discarded", "quarantined", "pending"])
def test_what_a_person_decided_stays_decided(client, signed_in, cast, item, verdict):
    phone.hand_in(signed_in(cast.bai_caixia), item | {"signature": None})
    row = row_of(item)
    row.verdict, row.settled_at = verdict, clock.now()
    assert phone.hand_in(client, item)["receipts"][0]["outcome"] == "conflict"
    assert (row_of(item).verdict, row_of(item).flag) == (verdict, "unproven_author")


def test_an_unknown_phone_needs_a_session(client, mi, cast, case):
    item = Handset().sealed("urgent", phone.urgent(case), author=cast.mi_jianjun)
    answer = client.post(URL, json={"items": [item]})
    assert (answer.status_code, answer.json["code"]) == (401, "signed_out")
    assert phone.hand_in(mi, item)["receipts"][0]["outcome"] == "stored"
    assert row_of(item).flag == ""


def test_401_only_when_nothing_could_be_taken(client, cast, case, item):
    unknown = Handset().sealed("urgent", phone.urgent(case), author=cast.mi_jianjun)
    answer = phone.hand_in(client, unknown, item, phone.envelope("urgent", phone.urgent(case)))
    assert [receipt["id"] for receipt in answer["receipts"]] == [item["id"]]
    assert [refusal["code"] for refusal in answer["refused"]] == ["device_unknown"] * 2
    torn = item | {"sha256": "0" * 64}
    assert [refusal["code"] for refusal in phone.hand_in(client, torn)["refused"]] == ["item_torn"]


def test_who_knocks_in_vain_is_slowed_down_and_nobody_else(client, cast, case, item):
    unknown = Handset().sealed("urgent", phone.urgent(case), author=cast.mi_jianjun)
    told = [client.post(URL, json={"items": [unknown]}).status_code for _ in range(61)]
    assert told == [401] * 60 + [429]
    assert phone.hand_in(client, item)["receipts"][0]["outcome"] == "stored"


def test_a_session_that_ended_keeps_nobody_out(signed_in, cast, item):
    mi = signed_in(cast.mi_jianjun)
    with clock.standing_at(clock.now() + timedelta(days=60)):
        assert phone.hand_in(mi, item)["receipts"][0]["outcome"] == "stored"


def test_an_item_for_a_key_that_is_not_on_the_ring_is_kept(client, cast, handset, case):
    item = handset.sealed("urgent", phone.urgent(case), author=cast.mi_jianjun, key_id="d9")
    assert phone.hand_in(client, item)["receipts"][0]["outcome"] == "stored"
    assert (row_of(item).key_id, row_of(item).verdict) == ("d9", "pending")


def test_other_sealed_content_under_a_taken_id_is_kept_beside_the_first(client, cast, handset, item, case):
    other = handset.sealed("observation", phone.observation(case), author=cast.mi_jianjun, item_id=item["id"])
    assert [r["outcome"] for r in phone.hand_in(client, item, other)["receipts"]] == ["stored", "conflict"]
    kept = db.session.scalars(db.select(InboxConflict)).one()
    assert (kept.item_id, kept.author_id, kept.key_id) == (item["id"], cast.mi_jianjun.id, "d1")
    assert key_ring().open_sealed("d1", kept.sealed, f"ruhu-item-1|{item['id']}|observation")


def heartbeat(handset, **other):
    return {"device_id": handset.id, "captured": 3, "unsent": 2, "photos_waiting": 1, "drafts": 1} | other


def told(handset, user):
    row = db.session.get(DeviceUser, (handset.id, user.id))
    return row and row.heartbeat


def test_a_heartbeat_comes_along_with_a_proven_item(client, cast, handset, item, case):
    beat = heartbeat(handset, author=cast.mi_jianjun.id, unsent_cases=[case.id], self_test="ok", storage_used=5)
    answer = client.post(URL, json={"items": [item], "heartbeat": beat})
    assert answer.status_code == 200
    assert told(handset, cast.mi_jianjun)["unsent_cases"] == [case.id]
    assert db.session.get(DeviceUser, (handset.id, cast.mi_jianjun.id)).held_visits == 1
    device = db.session.get(Device, handset.id)
    assert (device.heartbeat["unsent"], device.heartbeat["self_test"]) == (2, "ok")
    assert "unsent_cases" not in device.heartbeat


def test_a_heartbeat_alone_proves_nothing(client, cast, handset, case):
    ding = cast.ding_zhiqiang
    item = handset.sealed("urgent", phone.urgent(case), author=ding)
    beat = heartbeat(handset, author=ding.id)
    assert client.post(URL, json={"items": [item], "heartbeat": beat}).status_code == 200
    assert told(handset, ding) is None


def test_two_on_one_phone_are_counted_apart_and_together(client, cast, case):
    shared = enrolled(cast.mi_jianjun, cast.ding_zhiqiang)
    for author, unsent in ((cast.mi_jianjun, 2), (cast.ding_zhiqiang, 5)):
        item = shared.sealed("urgent", phone.urgent(case), author=author)
        client.post(URL, json={"items": [item], "heartbeat": heartbeat(shared, author=author.id, unsent=unsent)})
    assert [told(shared, one)["unsent"] for one in (cast.mi_jianjun, cast.ding_zhiqiang)] == [2, 5]
    assert db.session.get(Device, shared.id).heartbeat["unsent"] == 7


def test_nothing_of_it_can_be_read_in_the_database(client, app, cast, handset, case):
    item = handset.sealed("observation", phone.observation(case, text="秘密的话"), author=cast.mi_jianjun)
    phone.hand_in(client, item)
    row = row_of(item)
    assert "秘密的话".encode() not in row.sealed
    assert "秘密的话" not in json.dumps([str(getattr(row, c.key)) for c in InboxItem.__table__.columns])
