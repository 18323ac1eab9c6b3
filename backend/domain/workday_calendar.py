"""法定节假日: the days on which offices work or do not work otherwise than by the week (国务院办公厅放假通知).

They are the dated parameter workday_exceptions: limits in working days and 民法典 第203条 ask it.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from backend import access, clock
from backend.domain import events, parameters
from backend.models import Parameter, User, db
from backend.problems import Problem

KEY = "workday_exceptions"


def merged(known: Mapping[str, bool], told: Mapping[str, bool]) -> dict[str, bool]:
    """The years that `told` speaks of are as it says; all others stay."""
    years = {day[:4] for day in told}
    return {day: is_worked for day, is_worked in known.items() if day[:4] not in years} | dict(sorted(told.items()))


def set_days(told: Mapping[str, bool], *, source: str, area_code: str, actor: User) -> Parameter:
    """The days of a year or more, from today on; what was in force before stays in its own row.

    One event calendar:set. Raises Problem forbidden, not_found for another's area, source_missing, calendar_same.
    """
    access.require(actor, "calendar:set")
    if not area_code.startswith(tuple(actor.area_codes)):
        raise Problem("not_found")
    if not source.strip():
        raise Problem("source_missing", fields={"source": "source_missing"})
    day = clock.local(clock.now()).date()
    known = parameters.value(KEY, on=day, area_code=area_code)
    value = merged(known, told)
    if not told or value == known:
        raise Problem("calendar_same")
    row = _row(area_code, day)
    row.value, row.source = value, source.strip()[:120]
    row.set_by, row.set_at = actor.id, clock.now()
    db.session.add(row)
    events.record("calendar:set", actor=actor, area=area_code, years=sorted({one[:4] for one in told}), days=len(told))
    return row


def _row(area_code: str, day: date) -> Parameter:
    """Today's row: what was set today may be set again, what began earlier is never touched."""
    query = select(Parameter).where(
        Parameter.key == KEY, Parameter.area_code == area_code, Parameter.valid_from_on == day
    )
    found: Parameter | None = db.session.scalar(query)
    return found or Parameter(key=KEY, area_code=area_code, valid_from_on=day)
