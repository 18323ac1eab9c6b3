"""What was known of each household at a moment, in SQL: a fact that came later does not count (DOMAIN §5.3).

A visit counts from when it became the visit that counts, a routing until it was returned or withdrawn, a
finding of the rosters until a newer one. So the same moment gives the same figures today and next year.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select, true

from backend.domain.figures_candidates import along
from backend.domain.figures_conditions import (
    CASE_FIGURES,
    COUNTY_DIGITS,
    TOWNSHIP_DIGITS,
    UNSEEN,
    asked_by,
    few_for,
    is_few,
    unseen_here,
)
from backend.domain.figures_facts import PARTS, Facts
from backend.domain.figures_moves import Places
from backend.domain.figures_slices import COLUMNS, Slice
from backend.models import Case, db

MOST_TOLD = 4000


def cases_at(
    codes: Sequence[str],
    as_of: datetime,
    *,
    key: str = "",
    also: frozenset[str] = frozenset(),
    among: Collection[str] | None = None,
) -> Subquery:
    """A row for each case published by `as_of` (aware) in the areas `codes`, with what was known of it then.

    With the `key` of a figure only what that figure asks for, and `also`, is looked up, and only among cases it may
    have counted; with `among` only these cases are looked at.
    """
    asked = asked_by(key) | also if key else None
    places = Places(as_of)
    few = among if among is not None else few_for(key, as_of, codes) if key else None
    here = places.within(codes)
    if few is not None:
        here = _among(and_(_beside(codes, here), is_few(key, as_of), Case.id.in_(few)))
    elif key in (*UNSEEN, "judging"):
        here = _among(and_(here, is_few(key, as_of), unseen_here(as_of) if key in UNSEEN else true()))
    elif codes and all(len(code) >= TOWNSHIP_DIGITS for code in codes) and (beside := along(key)) is not None:
        here = _among(and_(here, beside))
    columns: dict[str, Any] = {"id": Case.id, "is_found": Case.is_found, "published_at": Case.published_at}
    columns |= {"county_code": Case.county_code, "township_code": places.township_code()}
    joins: list[tuple[Any, Any]] = []
    facts = Facts(here, as_of, asked)
    for names, part in PARTS.items():
        if asked is None or not asked.isdisjoint(names):
            told, more = part(facts)
            columns |= {name: column for name, column in told.items() if asked is None or name in asked}
            joins += [join for join in more if join not in joins]
    query = select(*(column.label(name) for name, column in columns.items()))
    for target, on in joins:
        query = query.outerjoin(target, on)
    return query.where(here, Case.published_at <= as_of).subquery("cases_at")


def few_ids(key: str, codes: Sequence[str], as_of: datetime, *, due_by: datetime | None = None) -> list[str] | None:
    """The ids among which a figure has to be looked for, where they are at most `MOST_TOLD`; told one by one, no database
    has to guess how many they are. None where they are more. With `due_by` only those whose first limit ends by then."""
    few = few_for(key, as_of, codes)
    if few is None:
        return None
    own = and_(_beside(codes, Places(as_of).within(codes)), is_few(key, as_of), Case.id.in_(few))
    own = and_(own, Case.due_at <= due_by) if due_by else own
    found = list(db.session.scalars(select(Case.id).where(own).limit(MOST_TOLD + 1)))
    return found if len(found) <= MOST_TOLD else None


def _beside(codes: Sequence[str], here: ColumnElement[bool]) -> ColumnElement[bool]:
    """`here` of counties, which no household leaves, in words that no index holds: the few are looked up, not the county."""
    if codes and all(len(code) == COUNTY_DIGITS for code in codes):
        return func.coalesce(Case.county_code, "").in_(list(codes))
    return here


def _among(those: ColumnElement[bool]) -> ColumnElement[bool]:
    """Those, found once for all the facts that are looked up about them."""
    return Case.id.in_(select(select(Case.id).where(those).cte("few").c.id))


def cases_in(
    key: str,
    codes: Sequence[str],
    as_of: datetime,
    *,
    part: Slice | None = None,
    among: Collection[str] | None = None,
) -> Select[Any]:
    """Ids of the cases that a figure, or a part of it, counted, with `among` of those of these.

    Raises KeyError for a figure that there is not.
    """
    at = cases_at(codes, as_of, key=key, also=COLUMNS if part else frozenset(), among=among)
    found = select(at.c.id).where(CASE_FIGURES[key](at.c, as_of))
    return found.where(part.condition(at.c)) if part else found
