"""Dated parameters: deadlines, windows and switches that a county may change, never constants in code."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from backend.codebook import DEMO_SOURCE
from backend.models import Parameter, db
from backend.models.questions import each

PROVINCE = "62"


def value(key: str, *, on: date, area_code: str = PROVINCE) -> Any:
    """The value of `key` on a day; the nearest area above `area_code` wins, then the latest start.

    Raises KeyError for a key that was never set.
    """
    return standing((key,), on=on, area_code=area_code)[key].value


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds on a day, since when and by which document; is_demo: 演示参数，非政策标准."""

    value: Any
    valid_from_on: date
    source: str
    is_demo: bool
    area_code: str
    set_by: str | None
    set_at: datetime | None


def standing(
    keys: Iterable[str], *, on: date, area_code: str = PROVINCE, known_at: datetime | None = None
) -> dict[str, Standing]:
    """What was set of `keys`, as `value` chooses it, in one question to the database.

    With `known_at` what was approved only afterwards is left out: a row may begin before it was approved.
    """
    query = select(Parameter).where(
        Parameter.key.in_(list(keys)), Parameter.area_code.in_(areas_above(area_code)), Parameter.valid_from_on <= on
    )
    if known_at is not None:
        query = query.where(or_(Parameter.set_at.is_(None), Parameter.set_at <= known_at))
    in_order = sorted(db.session.scalars(query), key=lambda row: (len(row.area_code), row.valid_from_on))
    return {
        row.key: Standing(
            row.value, row.valid_from_on, row.source, is_demo(row.source), row.area_code, row.set_by, row.set_at
        )
        for row in in_order
    }


def areas_above(area_code: str) -> list[str]:
    """The code of an area and of every area that it lies in."""
    return [area_code[:n] for n in (2, 4, 6, 9, 12) if len(area_code) >= n]


class History:
    """All rows of some keys that hold somewhere above an area, to ask about many days."""

    def __init__(self, rows: Iterable[Parameter]) -> None:
        self._rows = sorted(rows, key=lambda row: (len(row.area_code), row.valid_from_on))
        self._starts = sorted({row.valid_from_on for row in self._rows})
        self._between: dict[int, dict[str, Any]] = {}

    def on(self, day: date) -> Mapping[str, Any]:
        """{key: value} as it holds on a day; keys that were not set are left out."""
        begun = bisect_right(self._starts, day)
        if begun not in self._between:
            self._between[begun] = {row.key: row.value for row in self._rows if row.valid_from_on <= day}
        return self._between[begun]


_OF_ALL_DAYS = select(Parameter).where(Parameter.key.in_(each("keys")), Parameter.area_code.in_(each("areas")))


def histories(keys: Iterable[str], area_codes: Iterable[str]) -> dict[str, History]:
    """The history of some keys in each of these areas, with one question to the database."""
    above = {code: areas_above(code) for code in area_codes}
    codes = sorted({one for many in above.values() for one in many})
    rows = db.session.scalars(_OF_ALL_DAYS, {"keys": list(keys), "areas": codes}).all()
    return {code: History(row for row in rows if row.area_code in many) for code, many in above.items()}


def is_demo(source: str) -> bool:
    """Whether a number has no document behind it (DOMAIN §3.3)."""
    return source.startswith(DEMO_SOURCE)
