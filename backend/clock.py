"""The one place that reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """The day on the offices' wall."""
    return local(now()).date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let what is done inside happen at `instant`: the demo county's past is told, not waited for."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)


def local(instant: datetime) -> datetime:
    """The same instant on the offices' wall clock (Asia/Shanghai); the calendar's end for what lies beyond it."""
    return _shifted(instant, SHANGHAI)


def iso(instant: datetime | None) -> str | None:
    """RFC 3339 text with milliseconds and Z, as the phone reads it."""
    if instant is None:
        return None
    return _shifted(instant, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _shifted(instant: datetime, zone: tzinfo) -> datetime:
    try:
        return instant.astimezone(zone)
    except OverflowError:  # a phone may tell any year
        return datetime.min.replace(tzinfo=zone) if instant.year == 1 else datetime.max.replace(tzinfo=zone)
