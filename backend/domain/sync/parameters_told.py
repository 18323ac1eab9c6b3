"""The dated parameters of a person's areas, as a phone keeps them: sent once, and again only when a row changed."""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Executable, or_, select

from backend import rulebook
from backend.domain.parameters import is_demo
from backend.models import Parameter, User, db

LEVELS = (2, 4, 6, 9, 12)
TAG_LENGTH = 16
_COLUMNS = (Parameter.key, Parameter.value, Parameter.valid_from_on, Parameter.source, Parameter.area_code)


def parameters_for(user: User, tag: str | None) -> dict[str, Any] | None:
    """{tag, rows} of what income and hints look at, past and coming rows included, so that the phone can tell those
    of a visit's day; None for a phone that has them already (`tag` fits) or does not ask (`tag` None)."""
    if tag is None:
        return None
    query = _rows_of(frozenset(posting.area_code for posting in user.postings))
    rows = [_row(row) for row in db.session.execute(query)]
    now = sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:TAG_LENGTH]
    return None if tag == now else {"tag": now, "rows": rows}


@lru_cache(maxsize=256)
def _rows_of(codes: frozenset[str]) -> Executable:
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


def _row(row: Any) -> dict[str, Any]:
    return {
        "key": row.key, "value": row.value, "valid_from_on": row.valid_from_on.isoformat(), "source": row.source,
        "area_code": row.area_code, "is_demo": is_demo(row.source),
    }  # fmt: skip
