"""Headings against contents: where the cells plainly say otherwise, the cells are believed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.domain.tabular.layout import Column

_WEAK = frozenset({"", "remarks", "category", "serial", "ignored", "area_code"})
_NUMBERISH = frozenset({"benefit_no", "household_no", "source_no", "account", "area_code", "ignored", "serial"})
_MOST = 0.6


def settle(columns: "list[Column]") -> None:
    """Correct the meaning of each column in place from what its cells look like."""
    for column in columns:
        if column.evidence.filled:
            _trust_cells(column)
    _find_lost_numbers(columns)
    _find_lost_names(columns)
    _find_by_content(columns)


def _become(column: "Column", field: str, forget: str = "") -> None:
    """Another field; a role that only one of two swapped headings carries is forgotten."""
    role = "" if column.meaning.role == forget else column.meaning.role
    column.meaning = column.meaning._replace(field=field, role=role)


def _trust_cells(column: "Column") -> None:
    seen, field = column.evidence, column.meaning.field
    if field == "name" and seen.near_id >= _MOST and seen.name < 0.1:
        _become(column, "members" if seen.with_ids >= _MOST else "id_number", "head")
    elif field == "id_number" and seen.name >= _MOST and seen.near_id < 0.1:
        _become(column, "name", "head")
    elif seen.with_ids >= 0.3 and (column.meaning.role == "member" or field in ("", "remarks", "family_size")):
        _become(column, "members")
    elif field == "guarantee_mode" and seen.mode < 0.3:
        _become(column, "status" if seen.state >= _MOST else "category")
    elif field in ("category", "") and seen.mode >= _MOST:
        _become(column, "guarantee_mode")
    elif (field in ("", "category", "guarantee_mode") and seen.state >= _MOST) or (
        field == "stop_on" and seen.moment < 0.2 and seen.state >= 0.5
    ):
        _become(column, "status")


def _find_lost_numbers(columns: "list[Column]") -> None:
    """A column of good ID numbers is one, unless a serial heading stands over a second copy."""
    has_id = any(
        c.meaning.field == "id_number" and (c.evidence.near_id >= 0.3 or not c.evidence.filled) for c in columns
    )
    for column in columns:
        seen, field = column.evidence, column.meaning.field
        is_number = seen.filled and seen.near_id >= _MOST and seen.resident + 0.15 >= seen.near_id
        if not is_number or field in ("id_number", "card", "members", "phone"):
            continue
        if field == "" or (field in _WEAK | _NUMBERISH and not has_id):
            _become(column, "card" if seen.card >= _MOST and has_id else "id_number")
            has_id = True
    for column in columns:
        seen = column.evidence
        if column.meaning.field == "id_number" and seen.filled >= 5 and seen.near_id < 0.1 and has_id:
            others = [c for c in columns if c is not column and c.meaning.field == "id_number"]
            if any(c.evidence.near_id >= 0.5 and c.meaning.role == column.meaning.role for c in others):
                _become(column, "ignored")


def _find_lost_names(columns: "list[Column]") -> None:
    """A number without a name beside it: the nearest column of names before it, else after it."""
    for place, column in enumerate(columns):
        if column.meaning.field != "id_number":
            continue
        own = [c for c in columns if c.meaning.field == "name" and c.meaning.role not in ("staff", "proxy")]
        if own:
            return
        around = [*reversed(columns[:place]), *columns[place + 1 :]]
        lost = next((c for c in around if c.meaning.field in _WEAK and c.evidence.name >= _MOST), None)
        if lost is not None:
            _become(lost, "name")


def _find_by_content(columns: "list[Column]") -> None:
    wanted = {"township": "township", "village": "village", "phone": "phone", "relation": "relation"}
    for field, share in wanted.items():
        if any(c.meaning.field == field for c in columns):
            continue
        for column in columns:
            is_open = column.meaning.field in ("", "address", "group", "county")
            if is_open and getattr(column.evidence, share) >= _MOST:
                _become(column, field)
                break
