"""The dated parameters of a person's areas, as a phone keeps them: sent once, and again only when a row changed."""

import json
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.sql.selectable import TypedReturnsRows

from backend import rulebook
from backend.domain.parameters import is_demo
from backend.models import Parameter, User, db

LEVELS = (2, 4, 6, 9, 12)
TAG_LENGTH = 16
# The value as text: what is told is remembered by what was found.
_COLUMNS = (Parameter.key, cast(Parameter.value, Text), Parameter.valid_from_on, Parameter.source, Parameter.area_code)


def parameters_for(user: User, tag: str | None) -> dict[str, Any] | None:
    """{tag, rows} of what income and hints look at, past and coming rows included, so that the phone can tell those
    of a visit's day; None for a phone that has them already (`tag` fits) or does not ask (`tag` None)."""
    if tag is None:
        return None
    query = _rows_of(frozenset(posting.area_code for posting in user.postings))
    now, rows = _told(tuple(tuple(row) for row in db.session.execute(query)))
    return None if tag == now else {"tag": now, "rows": rows}


@lru_cache(maxsize=64)
def _told(found: tuple[tuple[str, str, date, str, str], ...]) -> tuple[str, list[dict[str, Any]]]:
    """(tag, rows): put together once for what all phones of an area are told, until a row is another."""
    rows = [_row(*one) for one in found]
    return sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:TAG_LENGTH], rows


@lru_cache(maxsize=256)
def _rows_of(codes: frozenset[str]) -> TypedReturnsRows[str, str, date, str, str]:
    """Made once for an area: it names some forty keys, and each contact of each phone there asks it."""
    above = {code[:n] for code in codes for n in LEVELS if len(code) >= n} | {"62"}
    return (
        select(*_COLUMNS)
        .where(
            Parameter.key.in_(rulebook.hint_keys()),
            or_(Parameter.area_code.in_(above), *(Parameter.area_code.startswith(code) for code in codes)),
        )
        .order_by(Parameter.key, Parameter.area_code, Parameter.valid_from_on)
    )


def _row(key: str, value: str, valid_from_on: date, source: str, area_code: str) -> dict[str, Any]:
    return {
        "key": key, "value": json.loads(value), "valid_from_on": valid_from_on.isoformat(), "source": source,
        "area_code": area_code, "is_demo": is_demo(source),
    }  # fmt: skip
