"""The dial button."""

import pytest

from backend.models import Event, db
from tests.factories import assigned_case

REASON = {"reason": "联系入户"}


@pytest.fixture
def case(cast):
    return assigned_case(cast, phone="12000000017")


def url_of(case):
    return f"/api/v1/cases/{case.id}/phone-reveals"


@pytest.mark.parametrize("who", ["mi_jianjun", "ding_zhiqiang", "bai_caixia", "mao_zhiqiang"])
def test_who_works_on_the_case_gets_the_number(signed_in, cast, case, who):
    answer = signed_in(getattr(cast, who)).post(url_of(case), json=REASON)
    assert (answer.status_code, answer.json) == (200, {"phone": "12000000017"})


def test_it_is_remembered_with_the_reason_but_without_numbers(signed_in, cast, case):
    signed_in(cast.mi_jianjun).post(url_of(case), json={"reason": "回拨 12000000017"})
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "phone:revealed"))
    assert (event.actor.name, event.case_id, event.facts) == ("米建军", case.id, {"reason": "回拨 *"})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"reason": ""}, "invalid"),
        ({"reason": "  "}, "reason_missing"),
        ({"why": "x"}, "unknown_field"),
    ],
)
def test_without_a_reason_there_is_no_number(signed_in, cast, case, body, code):
    answer = signed_in(cast.mi_jianjun).post(url_of(case), json=body)
    assert (answer.status_code, answer.json["code"]) == (422, code)
    assert db.session.scalars(db.select(Event).where(Event.tag == "phone:revealed")).all() == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("hui_axi", 404), ("tuo_hasan", 404), ("li_zhanfu", 404), ("liu_yulan", 403), ("zhao_shengfu", 403)],
)
def test_it_is_out_of_sight_or_not_their_business(signed_in, cast, case, who, status):
    assert signed_in(getattr(cast, who)).post(url_of(case), json=REASON).status_code == status


def test_a_household_without_a_number_says_so(signed_in, cast, case):
    case.declaration.phone = None
    assert signed_in(cast.mi_jianjun).post(url_of(case), json=REASON).json["code"] == "no_phone"


def test_an_address_that_is_no_id_is_not_found(signed_in, cast):
    answer = signed_in(cast.mi_jianjun).post("/api/v1/cases/17/phone-reveals", json=REASON)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_numbers_are_not_read_by_the_hundred(signed_in, cast, case):
    mi = signed_in(cast.mi_jianjun)
    codes = [mi.post(url_of(case), json=REASON).status_code for _ in range(35)]
    assert codes.count(200) == 30
    assert set(codes[30:]) == {429}
