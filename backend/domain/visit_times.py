"""When a visit was, by two clocks (DESIGN §4, time): the phone's word, checked against the server's.

The five-day clock (甘民发〔2023〕53号 二) stops with the visit, not with the network.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from backend.codebook import VerdictReason

TOLERANCE = timedelta(minutes=10)


class VisitTimes(NamedTuple):
    """`counts_from` stops the case's clock; `skew_seconds` is how far the phone was ahead of the server."""

    visited_at: datetime
    ended_at: datetime | None
    counts_from: datetime
    skew_seconds: int
    doubts: list[VerdictReason]


def read_times(
    visited_at: datetime,
    ended_at: datetime | None,
    *,
    offset_ms: int,
    received_at: datetime,
    published_at: datetime,
) -> VisitTimes:
    """Set the phone's times right as far as they are known to be wrong.

    `offset_ms` is server minus phone. A known offset above ten minutes is added; what still lies after
    `received_at` counts as of then; what lies before publication is kept as told, but the clock counts
    it as received, and a person looks at it.
    """
    doubts: list[VerdictReason] = []
    offset = timedelta(milliseconds=offset_ms)
    skew = -offset
    if abs(offset) > TOLERANCE:
        visited_at, ended_at = _moved(visited_at, offset), ended_at and _moved(ended_at, offset)
    if visited_at > received_at + TOLERANCE:
        skew = max(skew, visited_at - received_at)
        visited_at = received_at
        doubts.append(VerdictReason.CLOCK_AHEAD)
    if ended_at is not None and ended_at > received_at + TOLERANCE:
        ended_at = received_at
    if ended_at is not None and ended_at < visited_at:
        ended_at = None
        doubts.append(VerdictReason.CLOCK_ORDER)
    counts_from = visited_at
    if visited_at < published_at:
        counts_from = received_at
        doubts.append(VerdictReason.BEFORE_PUBLICATION)
    seconds = max(-(2**31), min(2**31 - 1, round(skew.total_seconds())))
    return VisitTimes(visited_at, ended_at, counts_from, seconds, doubts)


def _moved(moment: datetime, offset: timedelta) -> datetime:
    try:
        return moment + offset
    except OverflowError:
        return moment
