"""抽查: a lot that can be drawn again, and what households said on the phone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import clock
from backend.access_supervision import find_drawn, find_spot_check
from backend.domain import spot_check
from backend.models import Area, db
from backend.problems import Problem
from tests.cast import COUNTY
from tests.domain.test_figures import visited
from tests.domain.test_supervision import last_event
from tests.factories import MONDAY
from tests.postgres import on_both


def drawn(cast, **given):
    told = {"from_at": MONDAY, "until_at": MONDAY + timedelta(days=9), "count": 2, "seed": 7} | given
    area = db.session.get(Area, told.pop("area", COUNTY))
    return spot_check.draw_spot_check(area, actor=told.pop("actor", cast.mao_zhiqiang), **told)


@on_both
def test_the_same_seed_draws_the_same(app, cast):
    for _ in range(6):
        visited(cast, day=1)
    visited(cast, day=30)
    db.session.flush()
    first = drawn(cast)
    event = last_event()
    assert (event.tag, event.facts["seed"], event.facts["drawn"]) == ("spot_check:drawn", 7, 2)
    assert first.pool_count == 6
    again = drawn(cast)
    assert [one.case_id for one in again.households] == [one.case_id for one in first.households]
    assert len(drawn(cast, count=None, percent=10).households) == 1
    assert len(drawn(cast, count=99, seed=None).households) == 6


@given(st.lists(st.uuids().map(str), min_size=1, unique=True), st.integers(1, 30), st.integers(0, 10**6))
def test_a_lot_does_not_depend_on_the_order(pool, count, seed):
    chosen = spot_check.draw(pool, count, seed)
    assert chosen == spot_check.draw(pool[::-1], count, seed)
    assert len(set(chosen)) == min(count, len(pool))
    assert set(chosen) <= set(pool)


def test_a_lot_that_cannot_be_drawn(cast):
    for told, code in (
        ({"until_at": MONDAY}, "spot_check_period"), ({"count": 0}, "spot_check_size"), ({}, "spot_check_empty"),
        ({"count": None, "percent": 50}, "spot_check_size"), ({"from_at": clock.now() + timedelta(days=1),
         "until_at": clock.now() + timedelta(days=2)}, "spot_check_period"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=code):
            drawn(cast, **told)


def test_what_a_household_said(cast):
    visited(cast, day=1)
    db.session.flush()
    one = drawn(cast).households[0]
    spot_check.record_answer(one, answer="other_day", said_on=MONDAY.date(), note="一男一女", actor=cast.tuo_fuying)
    db.session.flush()
    assert (one.answer, one.called_by) == ("other_day", cast.tuo_fuying.id)
    assert (last_event().tag, last_event().facts["answer"]) == ("spot_check:answered", "other_day")
    with pytest.raises(Problem, match="spot_check_answer"):
        spot_check.record_answer(one, answer="x", actor=cast.tuo_fuying)
    tomorrow = clock.local(clock.now()).date() + timedelta(days=2)
    with pytest.raises(Problem, match="spot_check_day"):
        spot_check.record_answer(one, answer="unclear", said_on=tomorrow, actor=cast.tuo_fuying)


def test_a_lot_is_out_of_sight_for_those_it_is_about(cast):
    visited(cast, day=1)
    db.session.flush()
    check = drawn(cast)
    assert find_spot_check(cast.liu_yulan, check.id) is check
    assert find_drawn(cast.mao_zhiqiang, check.id, check.households[0].id) is check.households[0]
    for who in (cast.bai_caixia, cast.mi_jianjun, cast.zhao_shengfu):
        with pytest.raises(Problem, match="not_found"):
            find_spot_check(who, check.id)
    with pytest.raises(Problem, match="forbidden"):
        drawn(cast, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="not_found"):
        drawn(cast, area="620502")
