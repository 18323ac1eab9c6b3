"""What is odd about one part of a request is that part's own trouble: the rest of it is kept and answered."""

import pytest

from backend.models import DeviceUser, InboxItem, db
from tests import phone
from tests.handset import enrolled
from tests.postgres import on_both

COUNTS = {"captured": 1, "unsent": 2, "photos_waiting": 0}
CAME_FROM_ELSEWHERE = {"Ruhu-Device": "x" * 60, "Ruhu-Author": "y" * 60, "Ruhu-Signature": "z"}


@pytest.fixture
def handset(cast):
    return enrolled(cast.mi_jianjun)


def heartbeat(handset, **other):
    return {"device_id": handset.id} | COUNTS | other


@on_both
@pytest.mark.parametrize(
    "odd",
    [
        {"captured": -1}, {"device_time": "10000-01-01T00:00:00Z"}, {"device_time": "yesterday"}, {"unsent_cases": "x"},
        {"app_version": "\x00"}, {"device_id": "x"},
    ],
)  # fmt: skip
def test_items_and_changes_do_not_wait_for_a_heartbeat_that_cannot_be_read(client, mi, handset, cast, case, odd):
    item = handset.sealed("observation", phone.observation(case), author=cast.mi_jianjun)
    told = client.post("/api/v1/inbox", json={"items": [item], "heartbeat": heartbeat(handset, **odd)})
    assert [one["outcome"] for one in told.json["receipts"]] == ["stored"]
    assert mi.post("/api/v1/changes", json={"heartbeat": heartbeat(handset, **odd)}).json["cases"]
    own = db.session.get(DeviceUser, (handset.id, cast.mi_jianjun.id))
    assert own.heartbeat is None


def test_what_a_newer_phone_tells_besides_is_passed_over(mi, handset, cast):
    mi.post("/api/v1/changes", json={"heartbeat": heartbeat(handset, battery=40, latitude=34.9)})
    own = db.session.get(DeviceUser, (handset.id, cast.mi_jianjun.id), populate_existing=True)
    assert own.heartbeat == COUNTS | {"drafts": 0, "unsent_cases": []}


@on_both
@pytest.mark.parametrize("signature", ["\x00", "署名", "x" * 200, ""])
def test_what_cannot_be_a_signature_proves_nothing_and_stops_nothing(mi, handset, cast, case, signature):
    odd = handset.sealed("observation", phone.observation(case), author=cast.ding_zhiqiang) | {"signature": signature}
    good = handset.sealed("observation", phone.observation(case), author=cast.mi_jianjun)
    told = phone.hand_in(mi, odd, good)
    assert [one["outcome"] for one in told["receipts"]] == ["stored", "stored"]
    assert db.session.get(InboxItem, odd["id"]).flag == "unproven_author"
    assert not db.session.get(InboxItem, good["id"]).flag


@on_both
def test_a_photo_under_names_that_no_phone_has_comes_by_its_session(mi, case, photo, raw):
    announced = phone.announce(mi, photo, case, **CAME_FROM_ELSEWHERE)
    assert phone.receipt_in(phone.send(mi, announced.headers["Location"], raw, **CAME_FROM_ELSEWHERE))


def test_one_item_that_the_database_refuses_is_named_and_the_others_are_kept(mi, case):
    items = [phone.envelope("visit", phone.visit(case), seq=seq) for seq in (1, 2, 3)]
    refuse = f"CREATE TRIGGER odd BEFORE INSERT ON inbox_item WHEN NEW.id = '{items[1]['id']}'"
    db.session.execute(db.text(f"{refuse} BEGIN SELECT RAISE(ABORT, 'odd'); END"))
    db.session.commit()
    told = phone.hand_in(mi, *items)
    assert [(one["id"], one["outcome"]) for one in told["receipts"]] == [(items[n]["id"], "stored") for n in (0, 2)]
    assert [(one["id"], one["code"]) for one in told["refused"]] == [(items[1]["id"], "item_unfit")]
    assert db.session.query(InboxItem).count() == 2
