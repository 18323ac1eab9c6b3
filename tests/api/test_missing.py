"""After a restore the phone asks what is not here any more, and sends only that again."""

import json
from hashlib import sha256

import pytest

from backend.domain.sync.missing import AT_ONCE
from backend.models import InboxItem, Photo, db
from backend.models.base import new_id
from tests import phone
from tests.handset import enrolled
from tests.postgres import on_both

pytestmark = on_both
URL = "/api/v1/inbox/missing"


def ask(client, **named):
    answer = client.post(URL, json=named)
    assert answer.status_code == 200, answer.text
    return answer.json


def named(item):
    return {"id": item["id"], "sha256": item["sha256"]}


def test_what_is_stored_with_that_content_is_not_missing(mi, case):
    item = phone.envelope("visit", phone.visit(case))
    phone.hand_in(mi, item)
    lost = {"id": new_id(), "sha256": item["sha256"]}
    other = {"id": item["id"], "sha256": sha256(b"other").hexdigest()}
    assert ask(mi, items=[named(item), lost]) == {"items": [lost["id"]], "photos": []}
    assert ask(mi, items=[other])["items"] == [item["id"]]


def test_what_is_kept_as_a_conflict_is_here(mi, case):
    first = phone.envelope("observation", phone.observation(case))
    second = phone.envelope("observation", phone.observation(case, text="别的"), item_id=first["id"])
    phone.hand_in(mi, first, second)
    assert ask(mi, items=[named(first), named(second)])["items"] == []


def test_it_answers_for_any_ids_and_changes_nothing(mi, signed_in, cast, case):
    item = phone.envelope("visit", phone.visit(case))
    phone.hand_in(mi, item)
    assert ask(signed_in(cast.tuo_hasan), items=[named(item)])["items"] == []
    assert db.session.get(InboxItem, item["id"]).verdict == "pending"


@pytest.mark.parametrize(("state", "is_here"), [("received", 1), ("stored", 1), ("unreadable", 1), ("expected", 0)])
def test_a_photo_is_here_once_its_bytes_are(mi, cast, case, photo, state, is_here):
    row = Photo(id=photo["id"], author_id=cast.mi_jianjun.id, sha256=photo["sha256"], size=5, kind="house", state=state)
    row.case_id = case.id
    db.session.add(row)
    assert ask(mi, photos=[named(photo)])["photos"] == ([] if is_here else [photo["id"]])
    assert ask(mi, photos=[{"id": photo["id"], "sha256": "0" * 64}])["photos"] == [photo["id"]]


def test_other_bytes_under_a_photos_id_are_here_too(mi, case, photo, raw):
    other = phone.jpeg(shade=40)
    twin = phone.listed(other, photo_id=photo["id"])
    phone.upload(mi, photo, raw, case)
    phone.upload(mi, twin, other, case)
    assert ask(mi, photos=[named(photo), named(twin)])["photos"] == []


def test_a_whole_month_is_asked_for_at_once(mi, case):
    item = phone.envelope("visit", phone.visit(case))
    phone.hand_in(mi, item)
    many = [{"id": new_id(), "sha256": "a" * 64} for _ in range(2 * AT_ONCE)]
    answer = ask(mi, items=[*many, named(item)], photos=many)
    assert answer == {"items": [one["id"] for one in many], "photos": [one["id"] for one in many]}


def test_more_than_two_thousand_is_refused(mi):
    many = [{"id": new_id(), "sha256": "a" * 64}] * 2001
    assert mi.post(URL, json={"items": many}).json["code"] == "invalid"


def test_odd_ids_are_simply_missing(mi):
    assert ask(mi, items=[{"id": "x'--", "sha256": "y"}])["items"] == ["x'--"]


def test_nobody_asks_without_a_session(client):
    answer = client.post(URL, data=json.dumps({"items": []}), content_type="application/json")
    assert answer.json["code"] == "signed_out"


def ask_signed(client, handset, author, purpose="missing", **named):
    body = json.dumps(named).encode()
    headers = handset.vouch(purpose, body, author=author) | {"X-Ruhu": "1"}
    return client.post(URL, data=body, content_type="application/json", headers=headers)


def test_a_phone_whose_account_was_closed_asks_by_its_signature(client, mi, cast, case):
    handset = enrolled(cast.mi_jianjun)
    item = phone.sealed_envelope(handset, "visit", phone.visit(case), author=cast.mi_jianjun)
    phone.hand_in(mi, item)
    lost = {"id": new_id(), "sha256": "a" * 64}
    cast.mi_jianjun.is_active = False
    db.session.commit()
    answer = ask_signed(client, handset, cast.mi_jianjun, items=[named(item), lost])
    assert (answer.status_code, answer.json) == (200, {"items": [lost["id"]], "photos": []})


def test_a_signature_for_something_else_does_not_ask(client, cast):
    handset = enrolled(cast.mi_jianjun)
    assert ask_signed(client, handset, cast.mi_jianjun, purpose="heartbeat", items=[]).json["code"] == "signed_out"
    headers = handset.vouch("missing", b"other", author=cast.mi_jianjun) | {"X-Ruhu": "1"}
    assert client.post(URL, json={"items": []}, headers=headers).json["code"] == "signed_out"
