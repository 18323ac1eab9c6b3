"""通报 and 督导 (甘民发〔2023〕53号 四): the 统计表 of an area 截至 any moment, counted set-wise in a few queries."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, func, select, union
from sqlalchemy import case as when

from backend import clock
from backend.domain.figures_at import cases_at
from backend.domain.figures_conditions import CASE_FIGURES, RESULTS
from backend.domain.figures_declared import DECLARED_FIGURES, declarations_at
from backend.domain.figures_of import Row, added, spread
from backend.domain.figures_slices import days_after
from backend.models import Area, Case, Declaration, db
from backend.models.base import unix

COUNTY_LENGTH, TOWNSHIP_LENGTH = 6, 9
LEVELS = {2: (4, "city"), 4: (6, "county"), 6: (9, "township"), 9: (9, "township")}
NOWHERE = ""
AT_ONCE = 20_000


@dataclass(frozen=True)
class Table:
    """The 统计表: `total` is the sum of `rows`. `days` is {days after publication: visits}, late ones under "late"."""

    area_code: str
    as_of: datetime
    total: Row
    rows: list[Row]
    days: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"total": self.total.as_json(), "rows": [row.as_json() for row in self.rows], "days": self.days}


def figures(area_code: str, as_of: datetime | None = None) -> Table:
    """The table of an area (2 to 9 digits) 截至 `as_of` (aware, default now).

    A row for each township of a county, each county of a city, each city of the province; areas without
    anything stand there with zeros below the county only. What has no known township is a row without code.
    """
    moment = as_of or clock.now()
    length, level = LEVELS[len(area_code)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: dict[str, list[int]] = defaultdict(list)
    days: Counter[str] = Counter()
    for part in parts_of(area_code):
        cases, declared = cases_at([part], moment), declarations_at([part], moment)
        for told in (_case_counts(cases, length, moment), _declared_counts(declared, length, moment)):
            for code, values in told.items():
                counts[code].update(values)
        for code, second, day in _responses(cases, length, moment):
            seconds[code].append(second)
            days[day] += 1
    areas = db.session.scalars(select(Area).where(Area.level == level, Area.code.startswith(area_code)))
    names = {area.code: area.name for area in areas}
    known = [
        Row(code, name, dict(counts.get(code, {})), spread(seconds.get(code, ())))
        for code, name in sorted(names.items())
        if code in counts or length == TOWNSHIP_LENGTH
    ]
    unknown = [
        Row(NOWHERE, "", dict(counts[code]), spread(seconds.get(code, ()))) for code in counts if code not in names
    ]
    everything = [second for one in seconds.values() for second in one]
    rows = known + unknown[:1] if len(unknown) < 2 else [*known, added(NOWHERE, "", unknown, ())]
    return Table(area_code, moment, added(area_code, "", rows, everything), rows, dict(days))


def parts_of(area_code: str) -> list[str]:
    """The areas that are counted one by one: of many households one county after the other, else all at once."""
    some = select(Case.id).where(Case.county_code.startswith(area_code)).limit(AT_ONCE + 1)
    if (
        len(area_code) >= COUNTY_LENGTH
        or (db.session.scalar(select(func.count()).select_from(some.subquery())) or 0) <= AT_ONCE
    ):
        return [area_code]
    told = [select(model.county_code).where(model.county_code.startswith(area_code)) for model in (Case, Declaration)]
    return sorted(db.session.scalars(union(*told)))


def _group(c: Any, length: int) -> Any:
    if length == TOWNSHIP_LENGTH:
        return func.coalesce(c.township_code, NOWHERE)
    return func.coalesce(c.county_code if length == COUNTY_LENGTH else func.substr(c.county_code, 1, length), NOWHERE)


def _read(query: Any) -> dict[str, dict[str, int]]:
    told: dict[str, dict[str, int]] = {}
    for row in db.session.execute(query).mappings():
        values = dict(row)
        area = values.pop("area")
        told[area] = {key: int(value) for key, value in values.items() if value}
    return told


def _case_counts(at: Subquery, length: int, moment: datetime) -> dict[str, dict[str, int]]:
    c = at.c
    steps = {
        "assign": when((~c.is_found, unix(c.assigned_at) - unix(c.published_at))), "review": c.review_seconds,
        "whole": unix(c.closed_at) - unix(c.submitted_at), "sync": unix(c.received_at) - unix(c.started_at),
    }  # fmt: skip
    area = _group(c, length)
    return _read(
        select(
            area.label("area"),
            *(func.count().filter(rule(c, moment)).label(key) for key, rule in CASE_FIGURES.items()),
            *(func.sum(c.people).filter(CASE_FIGURES[key](c, moment)).label(f"{key}_people") for key in RESULTS),
            func.sum(c.temporary_times).label("temporary_times"), func.sum(c.temporary_fen).label("temporary_fen"),
            *(func.count(took).label(f"{key}_count") for key, took in steps.items()),
            *(func.sum(took).label(f"{key}_seconds") for key, took in steps.items()),
            func.sum(c.accept_count).label("accept_count"), func.sum(c.accept_seconds).label("accept_seconds"),
        ).group_by(area)
    )  # fmt: skip


def _declared_counts(at: Subquery, length: int, moment: datetime) -> dict[str, dict[str, int]]:
    area = _group(at.c, length)
    people = func.sum(at.c.people).filter(DECLARED_FIGURES["declared_households"](at.c, moment))
    counted = (func.count().filter(rule(at.c, moment)).label(key) for key, rule in DECLARED_FIGURES.items())
    return _read(select(area.label("area"), people.label("declared_people"), *counted).group_by(area))


def _responses(at: Subquery, length: int, moment: datetime) -> Iterator[tuple[str, int, str]]:
    """(area, seconds from publication to the visit, days after it or "late") of each real visit."""
    c = at.c
    took = unix(c.started_at) - unix(c.published_at)
    query = select(_group(c, length), took, days_after(c), c.started_at >= c.due_at)
    for code, second, day, is_late in db.session.execute(query.where(CASE_FIGURES["visited"](c, moment))):
        yield code, second, "late" if is_late else str(day)
