"""The five-day clock of one case as the day leaf and the ruler show it (甘民发〔2023〕53号 二)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from backend import clock
from backend.desk.case_rows import CaseRow
from backend.domain.deadline import days_left
from backend.models import Case

MOST_DOTS = 3


@dataclass(frozen=True)
class Span:
    """`kind`: left, today, overdue, visited, late, closed; `days` belongs to the words of that kind.

    `pips` are the ruler's marks: "u" gone, "n" now, "" to come, "o" past the end.
    """

    kind: str
    days: int
    day_number: int
    pips: tuple[str, ...] = ()


def span_of(case: Case | CaseRow, now: datetime | None = None) -> Span:
    """The clock of a case: stopped by the visit, else running until now."""
    ends_at = case.ends_at
    left = days_left(ends_at, case.visited_at or case.closed_at or now or clock.now())
    # A 延期 adds its days to the ruler.
    limit = case.limit_days + (ends_at - case.due_at).days
    number = max(0, limit - left)
    pips = _pips(limit, number)
    if case.visited_at:
        return Span("visited", number, number, pips) if left >= 0 else Span("late", -left, number, pips)
    if case.closed_at:
        return Span("closed", 0, number)
    if ends_at <= (now or clock.now()):
        return Span("overdue", max(1, -left), number, pips)
    return Span("left", left, number, pips) if left else Span("today", 0, number, pips)


def _pips(limit: int, number: int) -> tuple[str, ...]:
    if number > limit:
        return ("u",) * limit + ("o",) * min(number - limit, MOST_DOTS)
    return ("u",) * max(0, number - 1) + ("n",) * (number > 0) + ("",) * (limit - number)


def day_end(day: date) -> datetime:
    """24:00 of a day in the office, as an instant."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)


def local_day(value: date | datetime) -> date:
    """The day on the office's wall, of a day or an aware instant."""
    return clock.local(value).date() if isinstance(value, datetime) else value
