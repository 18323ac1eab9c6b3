"""Dated parameters: deadlines, windows and switches that a county may change, never constants in code."""

from datetime import date
from typing import Any

from sqlalchemy import select

from backend.models import Parameter, db


def value(key: str, *, on: date, area_code: str = "62") -> Any:
    """The value of `key` on a day; the nearest area above `area_code` wins, then the latest start.

    Raises KeyError for a key that was never set.
    """
    areas = [area_code[:n] for n in (2, 4, 6, 9, 12) if len(area_code) >= n]
    rows = db.session.scalars(
        select(Parameter).where(Parameter.key == key, Parameter.area_code.in_(areas), Parameter.valid_from_on <= on)
    ).all()
    if not rows:
        raise KeyError(key)
    return max(rows, key=lambda row: (len(row.area_code), row.valid_from_on)).value
