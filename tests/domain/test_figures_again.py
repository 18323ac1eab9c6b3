"""The figures of an evening, read then and told again when all is over, are the same in every cell."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend import clock
from backend.domain import correction, decision, review, routing
from backend.domain.figures import Table, figures
from backend.models import db
from tests.cast import LISHAN, MAOSHAN
from tests.domain.test_figures import COUNTY, SIGNED, TOWN, at
from tests.factories import MONDAY, assigned_case, publish, visit_case


def _journey(cast, days: list[tuple[int, int]]) -> list[tuple[float, Table]]:
    """Households published and driven on by (day, what): each evening the figures are read as they stand."""
    cases, kept = [], []
    for day, what in days:
        with at(day + 0.3):
            if what == 0 or not cases:
                village = MAOSHAN if len(cases) % 3 else LISHAN
                came = clock.now()
                cases.append(
                    assigned_case(cast, submitted_at=came)
                    if village == MAOSHAN
                    else publish(village=LISHAN, submitted_at=came)
                )
            else:
                _drive(cast, cases[day * 7 % len(cases)], what)
            db.session.flush()
        with at(day + 0.9):
            kept.append((day + 0.9, figures(COUNTY)))
    return kept


def _drive(cast, case, what: int) -> None:
    stage, town_worker = case.stage, cast.bai_caixia
    if case.township_code != TOWN:
        return
    if stage == "closed":
        made = next(d for d in case.routings[-1].decisions if not d.is_reopened)
        correction.correct_decision(made, reason="登记错了户", actor=cast.zhao_shengfu)
        return
    if stage in ("assigned", "returned"):
        visit_case(case, author=cast.mi_jianjun, **(SIGNED if what % 2 else SIGNED | {"signature_visitor_1": {}}))
    elif stage == "submitted":
        if what < 4:
            reason = "photo" if what == 2 else "other_household"
            review.return_for_correction(case, actor=town_worker, reason_code=reason, reason="补")
        else:
            review.approve(case, actor=town_worker)
    elif stage == "reviewed" and what == 5:
        correction.withdraw_approval(case, reason="同意错了户", actor=town_worker)
    elif stage == "reviewed":
        routing.route(case, to={"housing": []}, reason="裂", actor=town_worker)
    elif stage == "routed" and case.routings[-1].state == "sent":
        turn = routing.return_to_township if what == 3 else routing.accept
        turn(case.routings[-1], actor=cast.zhao_shengfu, **({"reason": "不归我们"} if what == 3 else {}))
    elif stage == "routed":
        decision.decide(case.routings[-1], outcome="solved", decided_on=MONDAY.date(), actor=cast.zhao_shengfu)


STEPS = st.lists(st.integers(0, 6), min_size=6, max_size=14)


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_live_and_later_are_the_same(app, cast, steps):
    """Read each evening, and told again 截至 that evening when all is over: equal in every cell."""
    with db.session.begin_nested() as attempt:
        for day, live in _journey(cast, list(enumerate(steps))):
            again = figures(COUNTY, MONDAY + timedelta(days=day))
            assert again == replace(live, as_of=again.as_of)
        attempt.rollback()
