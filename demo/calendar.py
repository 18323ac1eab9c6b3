"""Which case of a township was published how many days ago, and how far it has come.

The days are counted back from the day of loading, so that a board always has something due today.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from backend import clock

STEPS = ("publish", "assign", "visit", "return", "review", "route", "accept", "decide")


class Fate(NamedTuple):
    """`days_ago` of the publication, and the last step that was taken since."""

    days_ago: int
    until: str


# The town of the README's accounts: one overdue, one due today, one returned, one to be told why not, two not assigned.
HERE = (
    Fate(7, "decide"), Fate(6, "assign"), Fate(6, "accept"), Fate(5, "route"), Fate(5, "visit"),
    Fate(5, "assign"), Fate(4, "visit"), Fate(4, "assign"), Fate(4, "return"), Fate(3, "assign"),
    Fate(3, "assign"), Fate(2, "assign"), Fate(1, "publish"), Fate(0, "publish"),
)  # fmt: skip
ELSEWHERE = (
    Fate(7, "decide"), Fate(6, "accept"), Fate(6, "decide"), Fate(5, "review"), Fate(4, "visit"),
    Fate(4, "accept"), Fate(3, "assign"), Fate(5, "decide"), Fate(2, "assign"), Fate(2, "visit"),
    Fate(1, "assign"), Fate(1, "publish"), Fate(0, "publish"), Fate(5, "assign"), Fate(6, "assign"),
)  # fmt: skip

# step → (days after publication, hour, minute)
WHEN = {
    "publish": (0, 9, 0), "assign": (0, 11, 20), "visit": (1, 10, 20), "return": (2, 8, 50), "review": (2, 9, 10),
    "route": (2, 9, 25), "accept": (2, 15, 10), "decide": (3, 16, 30),
}  # fmt: skip


def steps_until(fate: Fate) -> list[str]:
    """The steps taken, in order. A visit that was returned has not been reviewed yet."""
    taken = list(STEPS[: STEPS.index(fate.until) + 1])
    return taken if fate.until == "return" else [step for step in taken if step != "return"]


def instant_of(fate: Fate, step: str, now: datetime) -> datetime:
    """When a step was taken, on the offices' clock; never later than `now`."""
    days, hour, minute = WHEN[step]
    day = clock.local(now).date() + timedelta(days=days - fate.days_ago)
    return min(datetime.combine(day, time(hour, minute), clock.SHANGHAI), now - timedelta(minutes=3))
