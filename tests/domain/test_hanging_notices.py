"""While a 公示 hangs (57号 第19条): nobody is included, but who objects, withdraws or dies is heard at once."""

from datetime import date, timedelta

import pytest

from backend import clock
from backend.codebook import RoutingState, Stage
from backend.domain import decision, formal_steps
from tests.domain.asks import refuses
from tests.factories import MONDAY, accepted_routing
from tests.postgres import on_both


def june(n: int) -> date:
    return date(2026, 6, n)


@pytest.fixture
def hanging(cast):
    """Taken on on Monday 1 June; the notice hangs from the 8th to the 14th, and today is the 12th."""
    with clock.standing_at(MONDAY):
        made = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao", "disability"]})
    with clock.standing_at(MONDAY + timedelta(days=11)):
        for step, day in (("check_started", 2), ("surveyed", 3), ("first_opinion", 5)):
            record(made, cast, step, june(day))
        record(made, cast, "public", june(8), until_on=june(14))
        yield made


def record(one, cast, step, on, **other):
    given = {"category": "dibao", "step": step, "happened_on": on} | other
    return formal_steps.record_step(one, actor=cast.tuo_fuying, **given)


def decide(one, cast, outcome, on, **other):
    given = {"outcome": outcome, "category": "dibao", "decided_on": on} | other
    return decision.decide(one, actor=cast.tuo_fuying, **given)


def test_nobody_is_included_before_it_is_over(cast, hanging):
    refused = refuses("notice_hangs", decide, hanging, cast, "included", june(12))
    assert "公示到 2026-06-14" in refused.message
    with clock.standing_at(MONDAY + timedelta(days=14)):
        refuses("decision_before_step", decide, hanging, cast, "included", june(13))
        assert decide(hanging, cast, "included", june(15)).outcome == "included"


@pytest.mark.parametrize("code", ["waived", "dead", "moved", "income"])
def test_a_withdrawal_a_death_and_a_refusal_do_not_wait(cast, hanging, code):
    refuses("decision_before_step", decide, hanging, cast, "declined", june(7), reason_code=code, reason="不办了")
    made = decide(hanging, cast, "declined", june(12), reason_code=code, reason="不办了")
    assert (made.reason_code, hanging.state) == (code, RoutingState.ACCEPTED)
    assert decision.undecided_categories(hanging) == ["disability"]
    decide(hanging, cast, "declined", june(12), category="disability", reason_code=code, reason="不办了")
    assert (hanging.state, hanging.case.stage) == (RoutingState.DECIDED, Stage.CLOSED)


@on_both
def test_somebody_objects_while_it_hangs_and_it_is_hung_again(cast, hanging):
    made = record(hanging, cast, "contested", june(10), note="邻居说有小轿车；重新调查，车早卖了")
    assert made.note.startswith("邻居")
    assert hanging.next_step == "public"
    assert hanging.next_due_on == june(14)
    again = record(hanging, cast, "public", june(11), until_on=june(17))
    assert formal_steps.notice_until(hanging, "dibao") == again.until_on
    with clock.standing_at(MONDAY + timedelta(days=14)):
        refuses("notice_hangs", decide, hanging, cast, "included", june(15))
        declined = decide(hanging, cast, "declined", june(15), reason_code="property", reason="查了，车还在")
        assert declined.decided_on == june(15)


@pytest.mark.parametrize(("on", "note", "code"), [
    (june(10), " ", "reason_missing"), (june(7), "邻居说有车", "notice_none"), (june(13), "邻居说有车", "step_in_future"),
])  # fmt: skip
def test_an_objection_says_what_and_comes_after_the_notice(cast, hanging, on, note, code):
    refuses(code, record, hanging, cast, "contested", on, note=note)


def test_where_no_notice_hangs_there_is_nothing_to_contest(cast, hanging):
    refuses("notice_none", record, hanging, cast, "contested", june(10), category="disability", note="邻居说有车")
