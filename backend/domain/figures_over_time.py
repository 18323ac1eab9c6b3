"""How the figures went: published, visited and 按期核查率 by week or day, up to any moment (DOMAIN §5.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from backend import clock
from backend.domain.figures import parts_of
from backend.domain.figures_at import cases_at
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.figures_of import share
from backend.models import db

STEPS = {"week": (7, 6), "day": (1, 7)}


@dataclass(frozen=True)
class Stretch:
    """A week or day that begins on `starts_on`: warnings published in it, visits made in it.

    The share is of the warnings published in it, as they stood at the moment asked for.
    """

    starts_on: date
    published: int
    visited: int
    in_time: int
    counted: int

    @property
    def in_time_share(self) -> float | None:
        return share(self.in_time, self.counted)


def over_time(area_code: str, as_of: datetime, step: str = "week") -> list[Stretch]:
    """The last stretches that end with the day of `as_of`, oldest first; "week" gives six, "day" seven."""
    length, many = STEPS[step]
    after = clock.local(as_of - timedelta(microseconds=1)).date() + timedelta(days=1)
    starts = [after - timedelta(days=length * back) for back in range(many, 0, -1)]
    told = [_counts(part, as_of, starts, length) for part in parts_of(area_code)]
    counts = [sum(column) for column in zip(*told, strict=True)] or [0] * (4 * many)
    return [Stretch(day, *counts[4 * n : 4 * n + 4]) for n, day in enumerate(starts)]


def _counts(part: str, as_of: datetime, starts: list[date], length: int) -> Sequence[int]:
    """Four numbers for each stretch, of one area, in one query."""
    columns: list[ColumnElement[int]] = []
    c = (at := cases_at([part], as_of)).c
    figure = {key: CASE_FIGURES[key](c, as_of) for key in ("warned", "visited", "overdue", "in_time")}
    for day in starts:
        begin, end = _midnight(day), _midnight(day + timedelta(days=length))
        published = and_(c.published_at >= begin, c.published_at < end)
        visited = and_(c.started_at >= begin, c.started_at < end)
        columns += [
            func.count().filter(figure["warned"], published), func.count().filter(figure["visited"], visited),
            func.count().filter(figure["in_time"], published),
            func.count().filter(figure["visited"] | figure["overdue"], published),
        ]  # fmt: skip
    return db.session.execute(select(*columns).select_from(at)).one()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.SHANGHAI)
