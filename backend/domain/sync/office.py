"""The office behind a phone: whom to ring in its townships, and their villages for what is found there."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, select

from backend.access_office import townships_of, visible_coordinators
from backend.codebook import FIELD_ROLES
from backend.models import Area, User, db
from backend.models.area import short_name_of

DIGITS = 16


def office_for(user: User, known: str | None) -> dict[str, Any] | None:
    """{digest, townships: [{code, name, phones, villages}]}; None when `known` is its digest, or not a village worker's.

    Sent only when it changed: a worklist that did not change must stay small on the wire.
    """
    if known is None or user.role not in FIELD_ROLES:
        return None
    people = db.session.scalars(visible_coordinators(user)).all()
    areas = _areas("township", Area.code.in_(townships_of(user)))
    villages = _areas("village", Area.parent_code.in_([area.code for area in areas]))
    townships = [_township(area, people, [one for one in villages if one.parent_code == area.code]) for area in areas]
    digest = sha256(json.dumps(townships, sort_keys=True).encode()).hexdigest()[:DIGITS]
    return None if digest == known else {"digest": digest, "townships": townships}


def _areas(level: str, where: ColumnElement[bool]) -> Sequence[Any]:
    columns = select(Area.code, Area.name, Area.parent_code)
    return db.session.execute(columns.where(Area.level == level, where).order_by(Area.code)).all()


def _township(area: Any, people: Sequence[Any], villages: Sequence[Any]) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": short_name_of(area.name),
        "phones": [{"name": p.name, "phone": p.phone} for p in people if p.phone and area.code in p.area_codes],
        "villages": [{"code": one.code, "name": short_name_of(one.name)} for one in villages],
    }
