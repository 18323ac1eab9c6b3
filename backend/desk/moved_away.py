"""Households that a figure counted in an area and that live elsewhere now: their list says where, not who."""

from typing import TYPE_CHECKING

from flask_login import current_user
from sqlalchemy import func, select

from backend.access import visible_cases
from backend.domain.figures_at import cases_in
from backend.domain.figures_moves import Places
from backend.models import Area, Case, db

if TYPE_CHECKING:
    from backend.desk.case_list import CaseFilter


def moved_away(wanted: "CaseFilter") -> list[tuple[str, int]]:
    """(township, how many) of those that the figure counted in the user's own area and that are out of their sight now.

    Of another's area, and where the list is narrowed by more than the figure and its part, nothing is said.
    """
    as_of, own = wanted.counted_at, tuple(current_user.area_codes)
    if as_of is None or wanted.is_narrowed or not own or not all(code.startswith(own) for code in wanted.codes):
        return []
    moved = Places(as_of).moved_since(wanted.codes)
    if not moved:
        return []
    counted = cases_in(wanted.figure, wanted.codes, as_of, part=wanted.part, among=moved)
    seen = visible_cases(current_user).with_only_columns(Case.id).where(Case.id.in_(moved))
    away = select(Area.name, func.count()).join(Case, Case.township_code == Area.code)
    away = away.where(Case.id.in_(counted), Case.id.not_in(seen)).group_by(Area.code, Area.name).order_by(Area.code)
    return [(name, count) for name, count in db.session.execute(away)]
