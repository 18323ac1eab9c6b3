"""截至: the moment that a page of figures is asked for, as its address says it."""

import re
from datetime import UTC, date, datetime, time

from werkzeug.datastructures import MultiDict

from backend import clock
from backend.desk.span import day_end

CLOCK = re.compile(r"[0-2][0-9]:[0-5][0-9]")
OLDEST = datetime(2020, 1, 1, tzinfo=UTC)


def moment_word(moment: datetime) -> str:
    """An instant as addresses carry it, exact to the microsecond: 20230630T160000.000000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def moment_of(words: str) -> datetime | None:
    """What `moment_word` wrote; None for anything else and for what lies before 2020 or ahead."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found if found.tzinfo is not None and OLDEST <= found <= clock.now() else None


def asked_moment(args: MultiDict[str, str]) -> datetime | None:
    """`as_of` exactly, or `at` (18:00) or 24:00 of `day`; None means now, and so does what is still ahead."""
    if told := moment_of(args.get("as_of", "")):
        return told
    try:
        end = _on_the_clock(date.fromisoformat(args.get("day", "")), args.get("at", ""))
    except (ValueError, OverflowError):
        return None
    return end if OLDEST <= end <= clock.now() else None


def _on_the_clock(day: date, at: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), tzinfo=clock.SHANGHAI) if CLOCK.fullmatch(at) else day_end(day)
