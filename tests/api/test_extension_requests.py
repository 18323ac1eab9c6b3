"""延期 asked for on the phone, and walks of others: both are on the phone of whoever goes there."""

from datetime import timedelta

import pytest

from backend import clock
from backend.domain import deadline, extension
from backend.models import Event, db
from tests import phone
from tests.factories import visit_case
from tests.postgres import on_both

pytestmark = on_both


def day(days: int = 12) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def asked(case, **other) -> dict:
    return {
        "case_id": case.id, "base_revision": case.revision, "asked_at": clock.iso(clock.now()), "until_on": day(),
        "reason": "全家在兰州务工，说好月底回来", "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
    } | other  # fmt: skip


def held(client, case) -> dict:
    (found,) = [one for one in phone.ask(client, known={})["cases"] if one["id"] == case.id]
    return found


def test_it_waits_for_the_county_and_changes_no_limit(mi, case):
    assert phone.hand_in_one(mi, "extension", asked(case)) == ("applied", None)
    (made,) = case.extensions
    assert (made.state, made.asker.username, case.ends_at) == ("asked", "mi_jianjun", case.due_at)
    on_phone = held(mi, case)
    assert (on_phone["extension"]["state"], on_phone["due_at"]) == ("asked", clock.iso(case.due_at))


def test_the_answer_comes_back_as_limit_and_notice(mi, cast, case):
    phone.hand_in_one(mi, "extension", asked(case))
    extension.approve(case.extensions[0], actor=cast.mao_zhiqiang)
    answer = phone.ask(mi, known={})
    assert answer["cases"][0]["due_at"] == clock.iso(deadline.end_of(clock.local(clock.now()).date() + timedelta(12)))
    assert [notice["kind"] for notice in answer["notices"]] == ["extension_approved"]


def test_it_leaves_one_event_without_personal_words(mi, case):
    phone.hand_in_one(mi, "extension", asked(case))
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "extension:asked"))
    assert event.facts.keys() == {"extension", "until", "fits"}


@pytest.mark.parametrize("days", [2, 200])
def test_a_day_within_the_limit_or_far_beyond_is_kept_and_looked_at(mi, case, days):
    assert phone.hand_in_one(mi, "extension", asked(case, until_on=day(days))) == ("needs_review", "not_to_extend")
    assert [one.state for one in case.extensions] == ["unfit"]


def test_after_a_visit_it_is_kept_and_moves_nothing(mi, cast, case):
    visit_case(case, author=cast.mi_jianjun)
    assert phone.hand_in_one(mi, "extension", asked(case)) == ("needs_review", "not_to_extend")
    assert case.ends_at == case.due_at


def test_out_of_sight_it_is_kept_for_a_person(signed_in, cast, case):
    assert phone.hand_in_one(signed_in(cast.hui_axi), "extension", asked(case)) == ("quarantined", "unknown_case")
    assert case.extensions == []


@pytest.mark.parametrize("change", [{"until_on": "9999-12-31"}, {"until_on": "soon"}, {"reason": " "}])
def test_what_cannot_be_read_is_kept(mi, case, change):
    assert phone.hand_in_one(mi, "extension", asked(case, **change)) == ("quarantined", "invalid")


def test_the_other_visitor_sees_the_walk_in_vain(mi, signed_in, cast, case):
    phone.hand_in_one(mi, "attempt", phone.attempt(case, reason="门锁着，邻居电话 12000000001"))
    (walk,) = held(signed_in(cast.ding_zhiqiang), case)["attempts"]
    assert (walk["author"], walk["result_label"], walk["is_mine"]) == ("米建军", "全家外出", False)
    assert "12000000001" not in walk["note"]
    assert held(mi, case)["attempts"][0]["is_mine"]
