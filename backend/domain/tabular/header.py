"""Where the tables of a sheet begin: the header rows, told from titles, totals and rows of people."""

import re
from dataclasses import dataclass, field

from backend.domain.tabular.cells import Cell, compact, is_blank, text_of
from backend.domain.tabular.grid import Grid
from backend.domain.tabular.headings import clean_heading, field_of, role_of, understand

_DIGITS = re.compile(r"\d{6,}")
_TITLE_SIGNS = re.compile(
    r"[:：]|填报单位|截止|制表|盖章|单位|年\d{0,2}月|花名册|台账|汇总表|统计表|信息表|推送表|发放表|登记表|名册$|明细表|情况表"
)
_AREA_VALUE = re.compile(r".(?:县|乡|镇|街道|村|社区|村委会|居委会)$")
_LONGEST = 40


@dataclass(slots=True)
class Header:
    """Rows `first` to `last` (counted from 0) of a sheet, with one path of headings per column."""

    first: int
    last: int
    paths: list[tuple[str, ...]]
    shown: list[str]
    title: list[str] = field(default_factory=list)


def find_headers(grid: Grid) -> list[Header]:
    """Every block of header rows in the sheet, from the top; page repeats are left to the reader."""
    found: list[Header] = []
    index, since = 0, 0
    while index < len(grid.rows):
        # After the first table a header costs a look at rows that resemble one, not at every row.
        if (not found or _may_be_header(grid.rows[index])) and _is_header_row(grid.rows[index]):
            header = _grow(grid, index, since)
            found.append(header)
            index = since = header.last + 1
            continue
        index += 1
        if not found and index > 200:
            break
    return found


def _may_be_header(row: list[Cell]) -> bool:
    texts = [cell for cell in row[:40] if isinstance(cell, str) and cell]
    return len(texts) >= 3 and not any(len(text) >= 15 and _DIGITS.search(text) for text in texts)


def _is_header_row(row: list[Cell], least: int = 3) -> bool:
    cells = [clean_heading(cell) for cell in row if not is_blank(cell)]
    if len(cells) < 2 or sum(not isinstance(cell, str) for cell in row if not is_blank(cell)) > 0.2 * len(cells):
        return False
    if any(_DIGITS.search(cell) for cell in cells):
        return False
    fields = {
        field_of(cell) or ("name" if understand((cell,)).field else "") for cell in cells if len(cell) <= _LONGEST
    }
    fields.discard("")
    if len(fields) < least and not fields >= {"name", "id_number"}:
        return False
    known = sum(1 for cell in cells if understand((cell,)).field)
    return known >= 0.4 * len(cells) and _count_places(row) < (1 if known < 0.6 * len(cells) else 2)


def _count_places(row: list[Cell]) -> int:
    """A row of values whose words happen to be heading words has names of places in it."""
    texts = [compact(cell) for cell in row if not is_blank(cell)]
    return sum(1 for text in texts if len(text) > 2 and _AREA_VALUE.search(text) and not field_of(text))


def _grow(grid: Grid, index: int, since: int) -> Header:
    first, last = index, index
    while first - 1 >= since and index - first < 2 and _is_group_row(grid, first - 1):
        first -= 1
    while last + 1 < len(grid.rows) and last - index < 2 and _is_child_row(grid, last + 1):
        last += 1
    title = [
        " ".join(text_of(cell) for cell in grid.rows[row] if not is_blank(cell))
        for row in range(max(since, first - 12), first)
    ]
    paths = _paths(grid, first, last)
    shown = ["/".join(text for text in _column_texts(grid, first, last, column)) for column in range(len(paths))]
    return Header(first, last, paths, shown, [line for line in title if line and len(line) < 200])


def _is_group_row(grid: Grid, row: int) -> bool:
    """A level above the header: short words over some of the columns, never a title line."""
    cells = [(i, compact(cell)) for i, cell in enumerate(grid.rows[row]) if not is_blank(cell)]
    texts = [text for _, text in cells]
    if not cells or any(len(text) > 16 or _DIGITS.search(text) or _TITLE_SIGNS.search(text) for text in texts):
        return False
    if len(cells) == 1:
        return cells[0][0] > 0 and bool(role_of(texts[0]) or field_of(texts[0]))
    return len(set(texts)) > 1 or bool(role_of(texts[0]))


def _is_child_row(grid: Grid, row: int) -> bool:
    """A level below: more headings, standing only where the level above left room for them."""
    cells = [cell for cell in grid.rows[row] if not is_blank(cell)]
    if not cells or not all(isinstance(cell, str) for cell in cells):
        return False
    texts = [clean_heading(cell) for cell in cells]
    if any(len(text) > 24 or _DIGITS.search(text) for text in texts) or _count_places(grid.rows[row]):
        return False
    known = sum(1 for text in texts if understand((text,)).field)
    above = [compact(cell) for cell in grid.rows[row - 1]]
    repeats = sum(compact(cell) == text for cell, text in zip(grid.rows[row], above, strict=False) if text)
    if repeats >= max(2, len(cells) // 2):
        return False
    if known >= 2 and known >= 0.5 * len(texts):
        return True
    return known == len(texts) and _hangs_below_groups(grid, row)


def _hangs_below_groups(grid: Grid, row: int) -> bool:
    return any(
        top < row and right > left and any(not is_blank(grid.cell(row, column)) for column in range(left, right + 1))
        for (top, left), (bottom, right) in grid.merges
        if bottom == row - 1
    )


def _column_texts(grid: Grid, first: int, last: int, column: int) -> list[str]:
    texts = [compact(grid.cell(row, column)) for row in range(first, last + 1)]
    return [text for i, text in enumerate(texts) if text and text not in texts[:i]]


def _paths(grid: Grid, first: int, last: int) -> list[tuple[str, ...]]:
    width = grid.width()
    levels = [[clean_heading(grid.cell(row, column)) for column in range(width)] for row in range(first, last + 1)]
    merged = {
        (row, column): (top, left)
        for (top, left), (bottom, right) in grid.merges
        if top <= last and bottom >= first
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    is_marked = any(first <= top <= last and right > left for (top, left), (_, right) in grid.merges)
    for depth in range(len(levels) - 1):
        for column in range(1, width):
            if levels[depth][column]:
                continue
            origin = merged.get((first + depth, column))
            if origin is not None:
                levels[depth][column] = clean_heading(grid.cell(*origin))
            elif not is_marked and _continues(levels, depth, column):
                levels[depth][column] = levels[depth][column - 1]
    return [_path(levels, column) for column in range(width)]


def _continues(levels: list[list[str]], depth: int, column: int) -> bool:
    """Without merge marks (CSV): a blank beside a group goes on with it when it has its own child."""
    has_child = any(level[column] for level in levels[depth + 1 :])
    left_has_child = any(level[column - 1] for level in levels[depth + 1 :])
    return has_child and left_has_child


def _path(levels: list[list[str]], column: int) -> tuple[str, ...]:
    texts = [level[column] for level in levels if level[column]]
    return tuple(text for i, text in enumerate(texts) if text not in texts[:i])
