"""Rows below a header, and the two halves of a list that was set side by side to save paper."""

from typing import NamedTuple

from backend.domain.tabular.cells import Cell, is_blank
from backend.domain.tabular.header import Header


class Row(NamedTuple):
    """number as the spreadsheet counts; township from a section line or sheet when no column says it."""

    number: int
    cells: list[Cell]
    township: str = ""


def at(row: list[Cell], position: int | None) -> Cell:
    """The cell at a position, None when there is no column or the row is shorter."""
    return row[position] if position is not None and position < len(row) else None


def fold_side_by_side(header: Header, rows: list[Row]) -> tuple[Header, list[Row]]:
    """One table out of 姓名 证号 金额 | 姓名 证号 金额; any other table comes back as it is."""
    period = _period([path for path in header.paths if path])
    if not period or any(not path for path in header.paths[: 2 * period]):
        return header, rows
    times = sum(bool(path) for path in header.paths) // period
    folded = []
    for half in range(times):
        for row in rows:
            cells = row.cells[half * period : (half + 1) * period]
            if row.number < 0 or any(not is_blank(cell) for cell in cells):
                folded.append(Row(row.number, cells, row.township))
    narrow = Header(header.first, header.last, header.paths[:period], header.shown[:period], header.title)
    return narrow, folded


def _period(paths: list[tuple[str, ...]]) -> int:
    """Length of a block of at least four headings that the row repeats; household members are shorter."""
    for period in range(4, len(paths) // 2 + 1):
        is_even = len(paths) % period == 0
        if is_even and all(path == paths[place % period] for place, path in enumerate(paths)):
            return period
    return 0
