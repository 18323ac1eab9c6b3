"""A phone enrols itself with the township's code, and binds who signs in on it."""

import logging

import pytest

from backend.api.schemas.devices import EnrolledSchema
from backend.domain import enrolment
from backend.models import Device, DeviceUser, EnrolmentCode, db
from tests import phone
from tests.cast import PASSWORD
from tests.handset import Handset, enrolled

URL, DOOR = "/api/v1/devices", "/api/v1/session"


@pytest.fixture
def handset(app):
    return Handset()


@pytest.fixture
def code(cast):
    return enrolment.make_code(cast.mi_jianjun, actor=cast.bai_caixia).text


def knock(client, handset, username="mi_jianjun", **other):
    device = {"id": handset.id, "name": "Redmi Note 9"} | other
    return client.post(DOOR, json={"username": username, "password": PASSWORD, "device": device})


def test_from_the_first_sign_in_to_a_deposit_without_a_session(client, cast, handset, code, case):
    first = knock(client, handset).json
    assert first["device"] == {"enrolled": False, "revoked": False}
    assert first["deposit_key"]["id"] == "d1"
    answer = client.post(URL, json=handset.enrolment(cast.mi_jianjun, code))
    assert answer.status_code == 201
    assert EnrolledSchema().validate(answer.json) == {}
    assert answer.json["device"] == {"enrolled": True, "revoked": False}
    assert client.get(DOOR).json["device"] == {"enrolled": True, "revoked": False}
    client.delete(DOOR)
    handset.deposit_key = first["deposit_key"]
    item = handset.sealed("urgent", phone.urgent(case), author=first["user"]["id"])
    assert phone.hand_in(client, item)["receipts"][0]["outcome"] == "stored"


def test_a_session_that_named_no_phone_is_this_phones_after_enrolment(mi, cast, handset, code):
    mi.post(URL, json=handset.enrolment(cast.mi_jianjun, code))
    assert mi.get(DOOR).json["device"]["enrolled"]


def test_wrong_codes_count_although_they_fail(mi, cast, handset, code):
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    answers = [mi.post(URL, json=handset.enrolment(cast.mi_jianjun, wrong)) for _ in range(5)]
    assert [answer.json["code"] for answer in answers] == ["code_wrong"] * 4 + ["code_over"]
    assert mi.post(URL, json=handset.enrolment(cast.mi_jianjun, code)).json["code"] == "code_over"
    assert db.session.scalars(db.select(EnrolmentCode)).one().wrong_tries == 5


def test_who_guesses_on_is_slowed_down(mi, cast, handset):
    told = [mi.post(URL, json=handset.enrolment(cast.mi_jianjun, "000000")).status_code for _ in range(21)]
    assert told == [410] * 20 + [429]


def test_no_log_line_holds_a_code(mi, cast, handset, code, caplog):
    caplog.set_level(logging.DEBUG)
    mi.post(URL, json=handset.enrolment(cast.mi_jianjun, code))
    assert code not in caplog.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "12345"}, "code"),
        ({"code": "12345６"}, "code"),
        ({"device_id": "x"}, "device_id"),
        ({"public_key": {"kty": "EC", "crv": "P-384", "x": "A" * 43, "y": "A" * 43}}, "public_key.crv"),
        ({"proof": 5}, "proof"),
    ],
)
def test_a_body_that_does_not_fit_is_named(mi, cast, handset, change, field):
    answer = mi.post(URL, json=handset.enrolment(cast.mi_jianjun, "123456") | change)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert field in answer.json["fields"]


def test_a_session_of_somebody_who_goes_to_households_is_needed(client, signed_in, cast, handset, code):
    body = handset.enrolment(cast.mi_jianjun, code)
    assert client.post(URL, json=body).json["code"] == "signed_out"
    assert signed_in(cast.bai_caixia).post(URL, json=body).json["code"] == "forbidden"
    assert db.session.get(Device, handset.id) is None


def test_signing_in_with_the_phones_proof_binds(client, cast):
    handset = enrolled(cast.mi_jianjun)
    knock(client, handset, "ding_zhiqiang")
    assert db.session.get(DeviceUser, (handset.id, cast.ding_zhiqiang.id)) is None
    knock(client, handset, "ding_zhiqiang", proof=handset.binding("ding_zhiqiang"))
    assert db.session.get(DeviceUser, (handset.id, cast.ding_zhiqiang.id)).bound_at


def test_a_wrong_password_binds_nobody(client, cast):
    handset = enrolled(cast.mi_jianjun)
    device = {"id": handset.id, "proof": handset.binding("ding_zhiqiang")}
    answer = client.post(DOOR, json={"username": "ding_zhiqiang", "password": "guess", "device": device})
    assert answer.status_code == 401
    assert db.session.get(DeviceUser, (handset.id, cast.ding_zhiqiang.id)) is None
