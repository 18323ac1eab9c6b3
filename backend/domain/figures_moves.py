"""Where a household stood at a moment: what a 转派 moved later still counts for the township that had it then."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy import case as when

from backend.access import in_areas
from backend.models import Case, Transfer, db


class Places:
    """The townships of all cases at `as_of` (aware)."""

    def __init__(self, as_of: datetime) -> None:
        moves = select(Transfer.case_id, Transfer.from_township_code).where(Transfer.moved_at > as_of)
        newest_first = db.session.execute(moves.order_by(Transfer.moved_at.desc(), Transfer.id.desc()))
        self._before: dict[str, str] = {case_id: code for case_id, code in newest_first}

    def township_code(self) -> Any:
        """The column of the township that had the case."""
        by_town: dict[str, list[str]] = {}
        for case_id, code in self._before.items():
            by_town.setdefault(code, []).append(case_id)
        if not by_town:
            return Case.township_code
        return when(*((Case.id.in_(ids), code) for code, ids in by_town.items()), else_=Case.township_code)

    def within(self, codes: Sequence[str]) -> ColumnElement[bool]:
        """Which cases were in the areas `codes`."""
        here_now = in_areas(Case, list(codes))
        if not self._before:
            return here_now
        were_here = [case_id for case_id, town in self._before.items() if town.startswith(tuple(codes))]
        return or_(and_(here_now, Case.id.not_in(list(self._before))), Case.id.in_(were_here))
