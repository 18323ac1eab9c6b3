"""The clocks beside the five days: that of 一键报贫, from the declaration on, and the township's own for each of its steps.

考核 goes by the five days after publication alone (甘民发〔2023〕53号 二); these stand beside them and decide nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.domain.deadline import last_day

EXCEPTIONS = "workday_exceptions"
DECLARED_KEYS = ("bp_visit_days", "bp_total_days", "bp_feedback_days")
WORKED = {"visit": "bp_visit_days", "total": "bp_total_days"}
OFFICE_KEYS = {"warned": "office_assign_days", "submitted": "office_review_days", "reviewed": "office_route_days"}


@dataclass(frozen=True, slots=True)
class DeclaredClock:
    """Last days by 一键报贫: for the visit and for everything from the declaration, for the answer from the visit."""

    visit_on: date
    total_on: date
    feedback_on: date | None


def declared_clock(
    submitted_at: datetime, visited_at: datetime | None, standing: Mapping[str, Any]
) -> DeclaredClock | None:
    """Counted with the values of the day of the declaration; None where a value was never set.

    Visit and total in working days, the answer in natural ones; the day on which each begins does not count.
    """
    visit_on, total_on = (declared_day(kind, submitted_at, standing) for kind in WORKED)
    if not visit_on or not total_on:
        return None
    feedback = int(standing["bp_feedback_days"])
    return DeclaredClock(visit_on, total_on, last_day(visited_at, feedback) if visited_at else None)


def declared_day(kind: str, submitted_at: datetime, standing: Mapping[str, Any]) -> date | None:
    """The last day of `declared_clock` for `kind` visit or total; None where one of its values was never set."""
    if any(key not in standing for key in DECLARED_KEYS):
        return None
    return last_day(submitted_at, int(standing[WORKED[kind]]), "workdays", exceptions=standing.get(EXCEPTIONS))


def office_day(stage: str, since: datetime | None, standing: Mapping[str, Any]) -> date | None:
    """The last day, in natural days, for what the township does at a stage that began at `since`."""
    days = standing.get(OFFICE_KEYS.get(stage, ""))
    return last_day(since, int(days)) if since and days else None
