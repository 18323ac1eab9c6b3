"""Where a household stood at a moment: what a 转派 moved later still counts for the township that had it then."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy import case as when

from backend.access import in_areas
from backend.models import Area, Case, Transfer, db


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
        return or_(and_(here_now, Case.id.not_in(list(self._before))), Case.id.in_(self.moved_since(codes)))

    def moved_since(self, codes: Sequence[str]) -> list[str]:
        """Ids of the cases that were in the areas `codes` and moved afterwards, maybe back again."""
        return [case_id for case_id, town in self._before.items() if town.startswith(tuple(codes))]


def stood_at(case: Case, as_of: datetime) -> tuple[str, str, str]:
    """乡镇、村、社 of a case at `as_of` (aware)."""
    later = next((move for move in case.transfers if move.moved_at > as_of), None)
    if later is None:
        return case.township.name, case.village.short_name if case.village else "", case.group_text
    village = db.session.get(Area, later.from_village_code) if later.from_village_code else None
    return later.source.name, village.short_name if village else "", later.from_group_text
