"""The office behind a phone: whom to ring in its townships, and their villages for what is found there."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, or_, select

from backend.access_office import coordinators_by_township, townships_of
from backend.codebook import FIELD_ROLES
from backend.models import Area, User, db
from backend.models.area import short_name_of
from backend.models.questions import Looker, kept

DIGITS = 16


def office_for(user: User, known: str | None) -> dict[str, Any] | None:
    """{digest, townships: [{code, name, phones, villages}]}; None when `known` is its digest, or not a village worker's.

    Sent only when it changed: a worklist that did not change must stay small on the wire.
    """
    if known is None or user.role not in FIELD_ROLES:
        return None
    people = db.session.execute(coordinators_by_township(user)).all()
    areas = db.session.execute(_places_of(user)).all()
    townships = [_township(area, people, areas) for area in areas if area.level == "township"]
    digest = sha256(json.dumps(townships, sort_keys=True).encode()).hexdigest()[:DIGITS]
    return None if digest == known else {"digest": digest, "townships": townships}


@kept
def _places_of(user: Looker) -> Select[str, str, str | None, str]:
    """The person's townships and their villages."""
    codes = townships_of(user)
    is_there = or_(Area.code.in_(codes), Area.parent_code.in_(codes))
    return select(Area.code, Area.name, Area.parent_code, Area.level).where(is_there).order_by(Area.code)


def _township(area: Any, people: Sequence[Any], areas: Sequence[Any]) -> dict[str, Any]:
    villages = [one for one in areas if one.level == "village" and one.parent_code == area.code]
    return {
        "code": area.code,
        "name": short_name_of(area.name),
        "phones": [{"name": p.name, "phone": p.phone} for p, at in people if p.phone and at == area.code],
        "villages": [{"code": one.code, "name": short_name_of(one.name)} for one in villages],
    }
