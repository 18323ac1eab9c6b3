"""The clocks beside the five days: 一键报贫's from the declaration, the township's own from its turn."""

from datetime import UTC, date, datetime

import pytest

from backend.domain.other_clocks import declared_clock, office_day

SET = {"bp_visit_days": 5, "bp_total_days": 15, "bp_feedback_days": 5}
# 10:00 of a Friday in the office.
FRIDAY = datetime(2026, 9, 25, 2, tzinfo=UTC)
HOLIDAYS = {f"2026-10-0{day}": False for day in range(1, 8)} | {"2026-10-10": True}


@pytest.mark.parametrize(
    ("exceptions", "visit_on", "total_on"),
    [({}, date(2026, 10, 2), date(2026, 10, 16)), (HOLIDAYS, date(2026, 10, 9), date(2026, 10, 22))],
)
def test_it_counts_working_days_from_the_declaration(exceptions, visit_on, total_on):
    found = declared_clock(FRIDAY, None, SET | {"workday_exceptions": exceptions})
    assert (found.visit_on, found.total_on, found.feedback_on) == (visit_on, total_on, None)


def test_the_answer_is_due_natural_days_after_the_visit():
    # 00:30 of the 30th in the office is still the 29th in UTC.
    assert declared_clock(FRIDAY, datetime(2026, 9, 29, 16, 30, tzinfo=UTC), SET).feedback_on == date(2026, 10, 5)


@pytest.mark.parametrize("key", SET)
def test_nothing_is_said_where_a_value_was_never_set(key):
    assert declared_clock(FRIDAY, None, {k: v for k, v in SET.items() if k != key}) is None


@pytest.mark.parametrize(
    ("stage", "on"),
    [
        ("warned", date(2026, 9, 26)),
        ("submitted", date(2026, 9, 27)),
        ("reviewed", date(2026, 9, 28)),
        ("routed", None),
    ],
)
def test_the_township_s_own_limits_are_natural_days(stage, on):
    standing = {"office_assign_days": 1, "office_review_days": 2, "office_route_days": 3}
    assert office_day(stage, FRIDAY, standing) == on
    assert office_day(stage, None, standing) is None
    assert office_day(stage, FRIDAY, {}) is None
