"""A phone tells its counts by itself: after its photos, and when nobody is signed in."""

import json

from backend import clock
from backend.models import DeviceUser, db
from tests.handset import enrolled

URL = "/api/v1/heartbeat"


def counts(handset, author, **other):
    return {
        "device_id": handset.id, "author": author.id, "captured": 3, "unsent": 0, "photos_waiting": 0,
        "device_time": clock.iso(clock.now()),
    } | other  # fmt: skip


def tell(client, handset, author, told, purpose="heartbeat"):
    body = json.dumps(told).encode()
    headers = handset.vouch(purpose, body, author=author) | {"X-Ruhu": "1"}
    return client.post(URL, data=body, content_type="application/json", headers=headers)


def kept(handset, author):
    db.session.expire_all()
    own = db.session.get(DeviceUser, (handset.id, author.id))
    return own.heartbeat and own.heartbeat["photos_waiting"]


def test_photos_that_arrived_are_no_longer_counted(client, mi, cast, case):
    handset = enrolled(cast.mi_jianjun)
    assert mi.post(URL, json=counts(handset, cast.mi_jianjun, photos_waiting=4)).status_code == 200
    assert kept(handset, cast.mi_jianjun) == 4
    answer = tell(client, handset, cast.mi_jianjun, counts(handset, cast.mi_jianjun))
    assert (answer.status_code, set(answer.json)) == (200, {"server_time", "epoch"})
    assert kept(handset, cast.mi_jianjun) == 0


def test_nobody_tells_for_others(client, mi, cast):
    handset = enrolled(cast.ding_zhiqiang)
    assert client.post(URL, json=counts(handset, cast.ding_zhiqiang)).json["code"] == "signed_out"
    # Heard, but not kept: who is signed in, or signs, is somebody else.
    assert mi.post(URL, json=counts(handset, cast.ding_zhiqiang)).status_code == 200
    assert tell(client, handset, cast.mi_jianjun, counts(handset, cast.mi_jianjun)).status_code == 200
    assert tell(client, handset, cast.ding_zhiqiang, counts(handset, cast.mi_jianjun)).status_code == 200
    assert kept(handset, cast.ding_zhiqiang) is None
    wrong = tell(client, handset, cast.ding_zhiqiang, counts(handset, cast.ding_zhiqiang), purpose="missing")
    assert wrong.json["code"] == "signed_out"


def test_a_closed_account_hears_the_epoch_and_tells_nothing(client, cast):
    handset = enrolled(cast.mi_jianjun)
    cast.mi_jianjun.is_active = False
    db.session.commit()
    answer = tell(client, handset, cast.mi_jianjun, counts(handset, cast.mi_jianjun))
    assert answer.json["epoch"]
    assert kept(handset, cast.mi_jianjun) is None
