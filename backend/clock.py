"""The one place that reads the time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def local(instant: datetime) -> datetime:
    """The same instant on the offices' wall clock (Asia/Shanghai)."""
    return instant.astimezone(SHANGHAI)


def iso(instant: datetime | None) -> str | None:
    """RFC 3339 text with milliseconds and Z, as the phone reads it."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
