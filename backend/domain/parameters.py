"""Dated parameters: deadlines, windows and switches that a county may change, never constants in code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from backend.codebook import DEMO_SOURCE
from backend.models import Parameter, db


def value(key: str, *, on: date, area_code: str = "62") -> Any:
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


def standing(keys: Iterable[str], *, on: date, area_code: str = "62") -> dict[str, Standing]:
    """What was set of `keys`, as `value` chooses it, in one question to the database."""
    areas = [area_code[:n] for n in (2, 4, 6, 9, 12) if len(area_code) >= n]
    rows = db.session.scalars(
        select(Parameter).where(
            Parameter.key.in_(list(keys)), Parameter.area_code.in_(areas), Parameter.valid_from_on <= on
        )
    ).all()
    in_order = sorted(rows, key=lambda row: (len(row.area_code), row.valid_from_on))
    return {row.key: Standing(row.value, row.valid_from_on, row.source, is_demo(row.source)) for row in in_order}


def is_demo(source: str) -> bool:
    """Whether a number has no document behind it (DOMAIN §3.3)."""
    return source.startswith(DEMO_SOURCE)
