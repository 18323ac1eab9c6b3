"""Signing in from the phone."""

from datetime import timedelta

import pytest

from backend import clock
from backend.api.schemas.session import SessionSchema
from backend.models import Device, Event, LoginSession, db
from tests.cast import PASSWORD
from tests.factories import MONDAY
from tests.phone import DEVICE

DOOR = "/api/v1/session"


def knock(client, username="mi_jianjun", password=PASSWORD, **other):
    return client.post(DOOR, json={"username": username, "password": password} | other)


def test_a_grid_worker_signs_in_and_is_known_again(client):
    device = {"id": DEVICE, "name": "Redmi Note 9", "app_version": "0.1.0"}
    answer = knock(client, device=device)
    assert answer.status_code == 200
    assert SessionSchema().validate(answer.json) == {}
    user = answer.json["user"]
    assert (user["name"], user["role_label"]) == ("米建军", "防贫监测网格员")
    assert [area["name"] for area in user["areas"]] == ["古土村", "毛山村"]
    assert answer.json["receipt_key"].keys() == {"kty", "crv", "x", "y"}
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert client.get(DOOR).json["user"] == user
    assert db.session.get(Device, DEVICE).name == "Redmi Note 9"
    assert db.session.scalars(db.select(LoginSession)).one().device_id == DEVICE


def test_signing_in_leaves_an_event(client):
    knock(client)
    assert [event.tag for event in db.session.scalars(db.select(Event))] == ["session:started"]


def test_a_wrong_password_counts_and_five_lock_the_account(client, cast):
    for _ in range(5):
        answer = knock(client, password="guess")
        assert (answer.status_code, answer.json["code"]) == (401, "bad_credentials")
    answer = knock(client)
    assert (answer.status_code, answer.json["code"]) == (429, "locked_out")
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert knock(client).status_code == 200
    assert cast.mi_jianjun.failed_count == 0


def test_nobody_can_tell_an_unknown_account_from_a_wrong_password(client):
    unknown, wrong = knock(client, username="nobody"), knock(client, password="guess")
    assert (unknown.status_code, unknown.json) == (wrong.status_code, wrong.json)


def test_a_closed_account_stays_out(client, cast):
    cast.mi_jianjun.is_active = False
    assert knock(client).json["code"] == "bad_credentials"


def test_signing_out_ends_the_session(client):
    knock(client)
    assert client.delete(DOOR).status_code == 204
    assert client.get(DOOR).status_code == 401
    assert client.get(DOOR).json["code"] == "signed_out"
    assert db.session.scalars(db.select(LoginSession)).all() == []


def test_a_session_that_idles_too_long_ends_and_one_in_use_does_not(client):
    with clock.standing_at(MONDAY):
        knock(client)
    with clock.standing_at(MONDAY + timedelta(days=6)):
        assert client.get(DOOR).status_code == 200
    with clock.standing_at(MONDAY + timedelta(days=12)):
        assert client.get(DOOR).status_code == 200
    with clock.standing_at(MONDAY + timedelta(days=20)):
        assert client.get(DOOR).json["code"] == "signed_out"


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"username": "mi_jianjun"}, "invalid", "password"),
        ({"username": "a", "password": "b", "token": "c"}, "unknown_field", "token"),
        ({"username": 5, "password": "b"}, "invalid", "username"),
        ({"username": "a\u0000", "password": "b"}, "invalid", "username"),
        ({"username": "a", "password": "b", "device": {"id": "x"}}, "invalid", "device.id"),
    ],
)
def test_a_body_that_does_not_fit_is_named(client, body, code, field):
    answer = client.post(DOOR, json=body)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert field in answer.json["fields"]


def test_text_that_is_no_json_is_refused(client):
    answer = client.post(DOOR, data=b'{"username": ', content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    half = client.post(DOOR, data=rb'{"username": "\ud800", "password": "x"}', content_type="application/json")
    assert (half.status_code, half.json["code"]) == (400, "bad_request")


def test_a_call_without_the_phones_header_is_refused(app):
    answer = app.test_client().post(DOOR, json={"username": "mi_jianjun", "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_token")


def test_a_call_from_another_site_is_refused(client):
    answer = client.post(DOOR, json={}, headers={"Origin": "https://elsewhere.example"})
    assert answer.json["code"] == "bad_token"
