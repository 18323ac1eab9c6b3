"""已入户未同步: counted apart, for as long as a phone vouches for it."""

from datetime import timedelta

import pytest

from backend import clock
from backend.domain import held_cases
from backend.domain.unsynced import TOLD_WITHIN, Told, still_held
from backend.models import Device, DeviceUser, db
from tests import phone
from tests.factories import MONDAY, assigned_case, visit_case

HOUR = timedelta(hours=1)


def told(*cases: str, user: str = "mi", device: str = "d1", at=MONDAY) -> Told:
    return Told(user, device, at, cases)


def held(*words: Told, arrived=None, now=MONDAY + HOUR) -> dict[str, list[str]]:
    found = still_held(words, arrived or {}, now=now)
    return {case: [word.user_id for word in said] for case, said in found.items()}


def test_what_a_phone_said_it_holds_is_held():
    assert held(told("a", "b")) == {"a": ["mi"], "b": ["mi"]}


def test_two_people_may_hold_the_same_household_and_the_newest_word_comes_first():
    assert held(told("a"), told("a", user="ding", device="d2", at=MONDAY + HOUR)) == {"a": ["ding", "mi"]}


def test_a_household_named_twice_is_held_once():
    assert held(told("a", "a")) == {"a": ["mi"]}


@pytest.mark.parametrize(
    ("came", "is_held"),
    [(MONDAY - HOUR, True), (MONDAY, False), (MONDAY + HOUR, False)],
    ids=["before", "then", "since"],
)
def test_what_came_since_the_phone_spoke_is_not_held(came, is_held):
    assert ("a" in held(told("a"), arrived={("a", "mi"): came})) is is_held


def test_somebody_else_s_visit_leaves_mine_where_it_is():
    assert held(told("a"), arrived={("a", "ding"): MONDAY + HOUR}) == {"a": ["mi"]}


@pytest.mark.parametrize(("silent", "is_held"), [(TOLD_WITHIN, True), (TOLD_WITHIN + HOUR, False)])
def test_a_phone_that_is_silent_for_too_long_vouches_for_nothing(silent, is_held):
    assert ("a" in held(told("a"), now=MONDAY + silent)) is is_held


def say(user, *cases, at=None, device="0190a000-0000-7000-8000-00000000d001") -> None:
    at = at or clock.now()
    if db.session.get(Device, device) is None:
        db.session.add(Device(id=device, user_id=user.id, first_seen_at=at, seen_at=at))
    heartbeat = {"unsent": len(cases), "unsent_cases": [case.id for case in cases]}
    db.session.add(DeviceUser(device_id=device, user_id=user.id, told_at=at, heartbeat=heartbeat))
    db.session.flush()


def test_the_rows_say_the_same(cast):
    case, visited = assigned_case(cast), assigned_case(cast)
    visit_case(visited, author=cast.mi_jianjun)
    say(cast.mi_jianjun, case, visited)
    assert set(held_cases.unsynced_cases()) == {case.id}


def test_a_deposited_visit_ends_it_even_before_anybody_adopts_it(cast, signed_in):
    case = assigned_case(cast)
    say(cast.mi_jianjun, case, at=clock.now() - HOUR)
    assert case.id in held_cases.unsynced_cases()
    mine = signed_in(cast.mi_jianjun)
    phone.hand_in(mine, phone.envelope("visit", phone.visit(case)))
    phone.ask(mine)
    db.session.expire_all()
    assert held_cases.unsynced_cases() == {}


def test_an_old_or_unreadable_word_counts_for_nothing(cast):
    case = assigned_case(cast)
    say(cast.mi_jianjun, case, at=clock.now() - TOLD_WITHIN - HOUR)
    db.session.add(Device(id="d2", user_id=cast.ding_zhiqiang.id, first_seen_at=MONDAY, seen_at=MONDAY))
    broken = {"unsent": 2, "unsent_cases": [None, 7, "not a case"]}
    db.session.add(DeviceUser(device_id="d2", user_id=cast.ding_zhiqiang.id, told_at=clock.now(), heartbeat=broken))
    db.session.flush()
    assert held_cases.unsynced_cases() == {}
