"""The list behind a figure of a large area: read in its order, a few households at a time, until the page is full.

How many there are was counted when the figure was; a look at the list does not count a million households again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, literal, select, tuple_

from backend.desk import case_conditions
from backend.domain.figures_at import cases_in
from backend.domain.figures_candidates import may_count, may_count_unvisited
from backend.models import Case, FiguresSnapshot, db
from backend.models.base import Instant

Key = tuple[int, datetime, str]
FIRST, MOST, GROWS = 80, 1280, 4
# Where fewer than one in so many was counted, they are found by what is rare about them.
DENSE = 100
PREFIXES = (2, 4, 6)


def kept_row(code: str, as_of: datetime, sight: Sequence[str]) -> dict[str, int] | None:
    """What was counted in an area at that moment, by key, where it was kept."""
    above = [code[:digits] for digits in PREFIXES if digits <= len(code) and code[:digits].startswith(tuple(sight))]
    kept = select(FiguresSnapshot.table).where(FiguresSnapshot.area_code.in_(above), FiguresSnapshot.as_of_at == as_of)
    for table in db.session.scalars(kept.order_by(FiguresSnapshot.area_code.desc())):
        for row in (table["total"], *table["rows"]):
            if row["code"] == code:
                told: dict[str, int] = row["n"]
                return told
    return None


def counted(figure: str, code: str, as_of: datetime, sight: Sequence[str]) -> tuple[int, int] | None:
    """(how many households the figure counted in an area, how many there are), where that was kept; else None."""
    told = kept_row(code, as_of, sight)
    return None if told is None else (told.get(figure, 0), told.get("warned", 0) + told.get("found", 0))


class FigureList:
    """`query` are the cases in sight, otherwise unfiltered; `total` of the `size` households were counted."""

    def __init__(self, figure: str, codes: Sequence[str], as_of: datetime, total: int, size: int) -> None:
        self._figure, self._codes, self._as_of, self._total = figure, codes, as_of, total
        self._is_dense = total * DENSE >= size

    def keys(self, query: Select[Any], after: Key | None, most: int) -> list[Any]:
        """(id, end of the limit, rank) of `most` households behind the key, whom to go to first."""
        wanted = min(most, self._total)
        found: list[Any] = []
        for rank in (0, 1):
            if len(found) < wanted and not (after and rank < after[0]):
                start = after if after and after[0] == rank else None
                found += self._of_rank(query.where(self._may_be(rank)), rank, start, wanted - len(found))
        return found

    def _may_be(self, rank: int) -> Any:
        if rank == 0:
            return case_conditions.to_visit() & may_count_unvisited(self._figure, self._as_of)
        may_be = may_count(self._figure, self._as_of, self._codes, is_dense=self._is_dense)
        return ~case_conditions.to_visit() & may_be

    def _of_rank(self, query: Select[Any], rank: int, start: Key | None, most: int) -> list[Any]:
        part = query.with_only_columns(Case.id, Case.ends_at, literal(rank)).order_by(Case.ends_at, Case.id)
        found: list[Any] = []
        size = FIRST
        while len(found) < most:
            rows = db.session.execute((part.where(_behind(start)) if start else part).limit(size)).all()
            if not rows:
                break
            ids = [row[0] for row in rows]
            those = set(db.session.scalars(cases_in(self._figure, self._codes, self._as_of, among=ids)))
            found += [row for row in rows if row[0] in those]
            if len(rows) < size:
                break
            start, size = (rank, rows[-1][1], rows[-1][0]), min(size * GROWS, MOST)
        return found[:most]


def _behind(key: Key) -> ColumnElement[bool]:
    return behind(literal(key[1], Instant), literal(key[2]))


def behind(at: BindParameter[datetime], case_id: BindParameter[str]) -> ColumnElement[bool]:
    """What comes after a key in its half of the list; the first condition is what SQLite finds in an index."""
    return and_(Case.ends_at >= at, tuple_(Case.ends_at, Case.id) > tuple_(at, case_id))
