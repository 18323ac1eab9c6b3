"""Two clocks: the phone's word against the server's."""

from datetime import timedelta

import pytest

from backend.domain.visit_times import read_times
from tests.factories import MONDAY

PUBLISHED, RECEIVED = MONDAY, MONDAY + timedelta(days=2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def read(visited_at, ended_at=None, offset=timedelta()):
    offset_ms = int(offset.total_seconds() * 1000)
    return read_times(visited_at, ended_at, offset_ms=offset_ms, received_at=RECEIVED, published_at=PUBLISHED)


def test_a_good_clock_is_believed():
    times = read(MONDAY + DAY, MONDAY + DAY + HOUR)
    assert times.visited_at == times.counts_from == MONDAY + DAY
    assert (times.ended_at, times.skew_seconds, times.doubts) == (MONDAY + DAY + HOUR, 0, [])


@pytest.mark.parametrize("minutes", [-10, 0, 10])
def test_a_small_difference_is_left_alone(minutes):
    assert read(MONDAY + DAY, offset=timedelta(minutes=minutes)).visited_at == MONDAY + DAY


@pytest.mark.parametrize("away", [-365 * DAY, -2 * HOUR, 2 * HOUR, 365 * DAY])
def test_a_known_difference_is_set_right(away):
    times = read(MONDAY + DAY + away, MONDAY + DAY + HOUR + away, offset=-away)
    assert (times.visited_at, times.ended_at) == (MONDAY + DAY, MONDAY + DAY + HOUR)
    assert times.skew_seconds == away.total_seconds()
    assert times.doubts == []


def test_what_lies_after_the_receipt_counts_as_of_then():
    times = read(RECEIVED + DAY, RECEIVED + DAY + HOUR)
    assert times.visited_at == times.ended_at == times.counts_from == RECEIVED
    assert times.skew_seconds == DAY.total_seconds()
    assert times.doubts == ["clock_ahead"]


def test_what_lies_before_publication_is_kept_but_stops_no_clock():
    times = read(PUBLISHED - DAY)
    assert (times.visited_at, times.counts_from) == (PUBLISHED - DAY, RECEIVED)
    assert times.doubts == ["before_publication"]


def test_an_end_before_the_start_is_dropped():
    times = read(MONDAY + DAY, MONDAY + HOUR)
    assert (times.ended_at, times.doubts) == (None, ["clock_order"])


@pytest.mark.parametrize("offset", [timedelta(days=99_999), -timedelta(days=99_999_999)])
def test_no_offset_breaks_the_reading(offset):
    assert read(MONDAY + DAY, offset=offset).visited_at
