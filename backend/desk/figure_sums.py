"""People, times and yuan of the households that a figure counted: what its other numbers add up from, and each one's part."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from flask_login import current_user
from sqlalchemy import func, select

from backend.desk import figure_list
from backend.domain.figures_at import cases_at
from backend.domain.figures_conditions import CASE_FIGURES
from backend.models import db

if TYPE_CHECKING:
    from backend.desk.case_list import CaseFilter

# figure → its numbers beside the households, as columns of `cases_at`
SUMMED = {
    "dibao": ("people",), "tekun": ("people",), "monitor": ("people",), "temporary": ("temporary_times", "temporary_fen")
}  # fmt: skip


def sums_of(wanted: "CaseFilter") -> dict[str, int]:
    """What the figure says in people, or in times and fen; {} for a figure of households, and for part of one."""
    names, as_of, codes = SUMMED.get(wanted.figure, ()), wanted.counted_at, wanted.codes
    if not names or as_of is None or not wanted.is_as_counted or not _is_own(codes):
        return {}
    kept = figure_list.kept_row(codes[0], as_of, current_user.area_codes) if len(codes) == 1 else None
    if kept is not None:
        keys = {"people": f"{wanted.figure}_people"}
        return {name: kept.get(keys.get(name, name), 0) for name in names}
    at = cases_at(codes, as_of, key=wanted.figure, also=frozenset(names))
    sums = select(*(func.coalesce(func.sum(at.c[name]), 0).label(name) for name in names))
    row = db.session.execute(sums.where(CASE_FIGURES[wanted.figure](at.c, as_of))).mappings().one()
    return {name: int(row[name]) for name in names}


def parts_of(wanted: "CaseFilter", ids: Collection[str]) -> dict[str, dict[str, int]]:
    """{case: its part of each of these numbers} for households that the list shows."""
    names, as_of = SUMMED.get(wanted.figure, ()), wanted.counted_at
    if not names or as_of is None or not ids:
        return {}
    at = cases_at(wanted.codes, as_of, key=wanted.figure, also=frozenset(names), among=ids)
    rows = db.session.execute(select(at.c.id, *(at.c[name] for name in names)))
    return {row.id: {name: int(getattr(row, name) or 0) for name in names} for row in rows}


def _is_own(codes: Sequence[str]) -> bool:
    own = tuple(current_user.area_codes)
    return bool(own) and all(code.startswith(own) for code in codes)
