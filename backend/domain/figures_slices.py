"""Parts of a figure as the charts draw them, so that each mark has its list: visits of one day after the warning, and
what was published or visited in a week or a day (`figures_over_time`)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_

from backend import clock
from backend.models.base import unix

OFFICE, DAY = 8 * 3600, 24 * 3600
# Visits in time after this many days are one bar.
LAST_BAR = 5
WRITTEN = re.compile(r"day(?P<bar>[0-5])|(?P<what>published|visited)(?P<starts_on>\d{4}-\d{2}-\d{2})\.(?P<days>[17])")
COLUMNS = frozenset({"started_at", "due_at"})


@dataclass(frozen=True)
class Slice:
    """Either visits in time on day `bar` after publication, or what was published or visited in `days` from a day on."""

    bar: int | None
    what: str
    starts_on: date | None
    days: int

    def condition(self, c: Any) -> ColumnElement[bool]:
        """Over the columns of `cases_at`."""
        if self.starts_on is None:
            number = days_after(c)
            return and_(c.started_at < c.due_at, number >= LAST_BAR if self.bar == LAST_BAR else number == self.bar)
        moment = c.published_at if self.what == "published" else c.started_at
        return and_(moment >= _midnight(self.starts_on), moment < _midnight(self.starts_on + timedelta(days=self.days)))


def days_after(c: Any) -> ColumnElement[int]:
    """How many of the office's days lie between publication and visit, over the columns of `cases_at`."""
    return (unix(c.started_at) + OFFICE) // DAY - (unix(c.published_at) + OFFICE) // DAY


def read_slice(written: str) -> Slice | None:
    """`day3`, `published2023-11-06.7`, `visited2023-11-06.1`; None for anything else."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return None
    if found["bar"] is not None:
        return Slice(int(found["bar"]), "", None, 0)
    try:
        return Slice(None, found["what"], date.fromisoformat(found["starts_on"]), int(found["days"]))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.SHANGHAI)
