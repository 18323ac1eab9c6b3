"""The five-day clock: the day of publication does not count, the last day ends at 24:00 in Shanghai."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.deadline import SHANGHAI, days_gone, days_left, due_at, is_in_time, is_workday, last_day


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("published", "limit", "mode", "roll", "exceptions", "last"),
    [
        ("2026-06-01 00:00", 5, "calendar", False, {}, "2026-06-06"),
        ("2026-06-01 23:59", 5, "calendar", False, {}, "2026-06-06"),
        ("2026-02-25 10:00", 5, "calendar", False, {}, "2026-03-02"),
        ("2026-06-01 10:00", 5, "calendar", True, {}, "2026-06-08"),
        ("2026-06-01 10:00", 5, "workdays", False, {}, "2026-06-08"),
        ("2026-09-30 10:00", 5, "workdays", False, {f"2026-10-0{d}": False for d in range(1, 8)}, "2026-10-14"),
        ("2026-09-30 10:00", 1, "calendar", True, {f"2026-10-0{d}": False for d in range(1, 8)}, "2026-10-08"),
        ("2026-10-09 10:00", 1, "workdays", False, {"2026-10-10": True}, "2026-10-10"),
    ],
)  # fmt: skip
def test_the_last_day(published, limit, mode, roll, exceptions, last):
    found = last_day(at(published), limit, mode, roll_forward=roll, exceptions=exceptions)
    assert found == date.fromisoformat(last)
    due = due_at(at(published), limit, mode, roll_forward=roll, exceptions=exceptions)
    assert due == at(f"{last} 00:00") + timedelta(days=1)


def test_an_instant_late_in_utc_counts_for_the_next_day_in_shanghai():
    assert last_day(datetime(2026, 6, 1, 17, tzinfo=UTC), 5) == date(2026, 6, 7)


def test_days_left_go_from_five_to_zero_to_minus():
    published = at("2026-06-01 10:00")
    due = due_at(published, 5)
    assert days_left(due, published) == 5
    assert days_left(due, at("2026-06-06 23:59")) == 0
    assert days_left(due, at("2026-06-07 00:00")) == -1
    assert days_gone(published, at("2026-06-02 00:01")) == 1


def test_in_time_until_midnight():
    due = due_at(at("2026-06-01 10:00"), 5)
    assert is_in_time(at("2026-06-06 23:59"), due)
    assert not is_in_time(at("2026-06-07 00:00"), due)


def test_nonsense_is_refused():
    for limit, mode in ((0, "calendar"), (5, "moons")):
        with pytest.raises(ValueError, match="limit"):
            last_day(at("2026-06-01 10:00"), limit, mode)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 30),
    st.booleans(),
)
def test_workdays_never_end_before_calendar_days_and_rolling_ends_on_a_workday(published, limit, roll):
    calendar = last_day(published, limit, "calendar", roll_forward=roll)
    assert last_day(published, limit, "workdays") >= last_day(published, limit, "calendar")
    assert not roll or is_workday(calendar, {})
    assert days_left(due_at(published, limit), published) == limit
