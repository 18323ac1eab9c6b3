"""The quieter limits of households, beside the five days: one question to the database for a whole page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend import clock
from backend.codebook import Stage
from backend.desk.case_rows import CaseRow
from backend.domain import correction, parameters
from backend.domain.other_clocks import (
    DECLARED_KEYS,
    EXCEPTIONS,
    OFFICE_KEYS,
    DeclaredClock,
    declared_clock,
    declared_day,
    office_day,
)
from backend.models import Case

KEYS = (*DECLARED_KEYS, *OFFICE_KEYS.values(), EXCEPTIONS)


@dataclass(frozen=True, slots=True)
class Limit:
    """`kind`: visit or total of 一键报贫; assign, review or route of the township."""

    kind: str
    on: date

    @property
    def is_over(self) -> bool:
        """Whether that day has gone by."""
        return self.on < clock.local(clock.now()).date()


OF_STAGE = {Stage.WARNED: "assign", Stage.SUBMITTED: "review", Stage.REVIEWED: "route"}


class OtherLimits:
    """Of some households, which may lie in several counties."""

    def __init__(self, cases: Iterable[Case | CaseRow]) -> None:
        self._histories = parameters.histories(KEYS, {case.county_code for case in cases})

    def declared(self, case: Case | CaseRow) -> DeclaredClock | None:
        """一键报贫's clock; a household that nobody declared has none."""
        if case.is_found:
            return None
        return declared_clock(case.submitted_at, case.visited_at, self._standing(case))

    def next_declared(self, case: Case | CaseRow) -> Limit | None:
        """What 一键报贫 waits for next; none of the other days is counted for it."""
        if case.closed_at or case.is_found:
            return None
        kind = "total" if case.visited_at else "visit"
        on = declared_day(kind, case.submitted_at, self._standing(case))
        return Limit(kind, on) if on else None

    def _standing(self, case: Case | CaseRow) -> Mapping[str, Any]:
        return self._histories[case.county_code].on(clock.local(case.submitted_at).date())

    def office(self, case: Case) -> Limit | None:
        """By when the township does what is next, while it is the township's turn."""
        since = _turn_began(case)
        standing = self._histories[case.county_code].on(clock.local(since).date()) if since else {}
        on = office_day(case.stage, since, standing)
        return Limit(OF_STAGE[Stage(case.stage)], on) if on else None


def _turn_began(case: Case) -> datetime | None:
    match case.stage:
        case Stage.WARNED:
            return case.published_at
        case Stage.SUBMITTED:
            return max((visit.received_at for visit in case.visits if visit.is_current), default=None)
        case Stage.REVIEWED:
            approval = correction.standing_approval(case)
            return approval.reviewed_at if approval else None
        case _:
            return None
