"""Instants at the ends of the calendar: a phone may tell any year."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from backend import clock


@pytest.mark.parametrize(
    ("instant", "year"),
    [
        (datetime(9999, 12, 31, 23, tzinfo=UTC), 9999),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), 1),
        (datetime(2026, 7, 8, 17, tzinfo=UTC), 2026),
    ],
)
def test_every_instant_has_a_day_and_a_text(instant, year):
    assert clock.local(instant).year == year
    assert clock.iso(instant)
