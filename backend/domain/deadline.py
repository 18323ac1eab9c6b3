"""预警信息发布后的5日内 (甘民发〔2023〕53号 二): when a visit is due, and how many days are left.

The day of publication does not count (民法典 第201条); the limit ends at 24:00 Asia/Shanghai of its last
day. Pure: the same vectors are run by pytest and by the phone's tests.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Somebody may type 9999-12-31, and the calendar has no day after it.
LAST_DAY = date(9999, 12, 29)
SATURDAY = 5


def is_workday(day: date, exceptions: Mapping[str, bool]) -> bool:
    """Monday to Friday, unless `exceptions` ({"2026-10-01": False}) says otherwise for this day."""
    return exceptions.get(day.isoformat(), day.weekday() < SATURDAY)


def last_day(
    published_at: datetime,
    limit_days: int,
    mode: str = "calendar",
    *,
    roll_forward: bool = False,
    exceptions: Mapping[str, bool] | None = None,
) -> date:
    """The last day (Asia/Shanghai) on which a visit is in time.

    `mode` is "calendar" (natural days) or "workdays"; `roll_forward` moves an end on a day off to the
    next working day (民法典 第203条). Raises ValueError for a limit below one day or an unknown mode.
    """
    if limit_days < 1 or mode not in ("calendar", "workdays"):
        raise ValueError("a limit is at least one day, counted in calendar days or workdays")
    table = exceptions or {}
    day = published_at.astimezone(SHANGHAI).date()
    left = limit_days
    if mode == "calendar":
        day, left = day + timedelta(days=limit_days), 0
    while left:
        day += timedelta(days=1)
        left -= is_workday(day, table)
    while roll_forward and not is_workday(day, table):
        day += timedelta(days=1)
    return day


def due_at(
    published_at: datetime,
    limit_days: int,
    mode: str = "calendar",
    *,
    roll_forward: bool = False,
    exceptions: Mapping[str, bool] | None = None,
) -> datetime:
    """The instant (UTC) at which the limit is over: 24:00 of `last_day`."""
    day = last_day(published_at, limit_days, mode, roll_forward=roll_forward, exceptions=exceptions)
    return end_of(day)


def in_force(due: datetime, extended_until: datetime | None) -> datetime:
    """The end of the limit that counts now: that of the 延期 which the county approved, else the published one.

    `backend.models.Case.ends_at` is the same for queries, and the phone is told it as its due_at.
    """
    return extended_until or due


def end_of(day: date) -> datetime:
    """24:00 (Asia/Shanghai) of a day, as an instant (UTC)."""
    day = min(day, LAST_DAY)
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)


def days_left(due: datetime, now: datetime) -> int:
    """Whole days until the last day: 0 on the last day itself, −2 when two days have gone by."""
    end = (due.astimezone(SHANGHAI) - timedelta(seconds=1)).date()
    return (end - now.astimezone(SHANGHAI).date()).days


def is_in_time(visited_at: datetime, due: datetime) -> bool:
    """Whether a visit at this instant was within the limit."""
    return visited_at < due
