"""A sheet cut into tables: header, the rows of people below it, and what the lines around it say."""

import re
from dataclasses import dataclass, field
from datetime import date

from backend.domain.tabular.cells import Cell, compact, is_blank, text_of
from backend.domain.tabular.dates import find_day, find_month
from backend.domain.tabular.faults import RowFault
from backend.domain.tabular.grid import Grid
from backend.domain.tabular.header import Header, find_headers
from backend.domain.tabular.headings import clean_heading, understand
from backend.domain.tabular.layout import Layout, lay_out
from backend.domain.tabular.rows import Row, at, fold_side_by_side
from backend.domain.tabular.vocabulary import FOOTER, TOTAL

_SECTION = re.compile(r"^(?:[一二三四五六七八九十\d]+[、.])?(.{1,8}(?:乡|镇|街道))(?:[(（:：共].*)?$")
_COLUMN_NUMBERS = re.compile(r"^(?:[甲乙丙丁戊己庚辛]|栏次|\(?\d{1,2}\)?|[A-Z])$")


@dataclass(slots=True)
class Table:
    """Rows of people under one header; `month` as yyyy-mm or None."""

    sheet: str
    is_visible: bool
    header: Header
    layout: Layout
    rows: list[Row]
    title: list[str]
    month: str | None = None
    as_of_on: date | None = None
    township: str = ""
    faults: list[RowFault] = field(default_factory=list)

    def value(self, row: list[Cell], name: str) -> Cell:
        """The cell of a fact in a row; None when the table has no such column."""
        return at(row, self.layout.facts.get(name))


def find_tables(grids: list[Grid], today: date, file_name: str = "") -> list[Table]:
    """Every table of people in a file; sheets without a recognisable header give none."""
    tables: list[Table] = []
    for grid in grids:
        headers = find_headers(grid)
        for place, header in enumerate(headers):
            end = headers[place + 1].first if place + 1 < len(headers) else len(grid.rows)
            if place and header.paths == headers[place - 1].paths and tables:
                _extend(tables[-1], grid, header, end)
            else:
                tables.append(_read_table(grid, header, end, today, file_name))
    return [table for table in tables if table.rows]


def _extend(table: Table, grid: Grid, header: Header, end: int) -> None:
    rows, _ = _people_rows(grid, header.last + 1, end, table.header.paths)
    table.rows.extend(rows)
    _fill_down(table)


def _read_table(grid: Grid, header: Header, end: int, today: date, file_name: str) -> Table:
    _fill_merged(grid, header.last + 1)
    rows, notes = _people_rows(grid, header.last + 1, end, header.paths)
    header, rows = fold_side_by_side(header, rows)
    layout = lay_out(header, [row.cells for row in rows if row.cells], today)
    lines = [*header.title, *notes]
    said = " ".join(header.title)
    month = (
        find_month(said) or find_month(grid.name) or find_month(file_name) or _bare_month(grid.name, said + file_name)
    )
    as_of = next((day for line in lines if "截" in line and (day := find_day(line))), None)
    if month is None and as_of is not None:
        month = f"{as_of:%Y-%m}"
    table = Table(grid.name, grid.is_visible, header, layout, rows, header.title, month, as_of)
    table.township = _township_of(grid.name, header.title)
    _fill_down(table)
    return table


def _bare_month(sheet: str, around: str) -> str | None:
    """A sheet called 6月 in a file of the year 2023."""
    month, year = re.search(r"(?<!\d)(\d{1,2})月", sheet), re.search(r"20\d{2}", around)
    return f"{year[0]}-{int(month[1]):02d}" if month and year and 1 <= int(month[1]) <= 12 else None


def _fill_merged(grid: Grid, first: int) -> None:
    grid.merges = [merge for merge in grid.merges if merge[1][0] >= first]
    below = [merge for merge in grid.merges if merge[0][0] >= first]
    grid_below = Grid(grid.name, grid.rows, below)
    grid_below.fill_merged()


def _people_rows(grid: Grid, first: int, end: int, paths: list[tuple[str, ...]]) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    notes: list[str] = []
    for index in range(first, min(end, len(grid.rows))):
        row = grid.rows[index]
        filled = [cell for cell in row if not is_blank(cell)]
        if not filled or _is_prefilled(filled):
            continue
        if len(filled) <= 2 and (section := _section_of(filled)):
            rows.append(Row(-1, [], section))
        elif _is_footer(filled) or (len(filled) == 1 and _is_line(row, paths)):
            notes.append(" ".join(text_of(cell) for cell in filled))
        elif not (_is_total(filled) or _is_numbering(filled) or _repeats_header(row, paths)):
            rows.append(Row(index + 1, row))
    return rows, notes


def _section_of(filled: list[Cell]) -> str:
    texts = [compact(cell) for cell in filled if not isinstance(cell, int | float)]
    found = _SECTION.match(texts[0]) if len(texts) == 1 else None
    return found[1] if found else ""


def _is_prefilled(filled: list[Cell]) -> bool:
    """A place in the list that was numbered beforehand and never used."""
    return len(filled) == 1 and compact(filled[0]).isdecimal() and len(compact(filled[0])) < 7


def _is_footer(filled: list[Cell]) -> bool:
    """填报人：… and 备注：… lines; never a row that holds a number as long as an ID."""
    texts = [compact(cell) for cell in filled]
    if len(texts) > 4 or any(re.search(r"\d{15}|\d[eE]\+", text) for text in texts):
        return False
    return any(FOOTER.search(text) and (len(texts) <= 2 or ":" in text) for text in texts)


def _is_line(row: list[Cell], paths: list[tuple[str, ...]]) -> bool:
    """One cell of text alone in its row: the title of a second table, a remark; not a person's name."""
    place = next(i for i, cell in enumerate(row) if not is_blank(cell))
    meaning = understand(paths[place]) if place < len(paths) else None
    return isinstance(row[place], str) and (meaning is None or meaning.field not in ("name", "id_number", "source_no"))


def _is_total(filled: list[Cell]) -> bool:
    texts = [compact(cell) for cell in filled[:6] if isinstance(cell, str)]
    return any(TOTAL.match(text) for text in texts) and not any(len(compact(cell)) >= 15 for cell in filled)


def _is_numbering(filled: list[Cell]) -> bool:
    """The line 甲 乙 1 2 3 … that numbers the columns."""
    texts = [compact(cell) for cell in filled]
    if len(texts) < 4 or not all(_COLUMN_NUMBERS.match(text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True


def _repeats_header(row: list[Cell], paths: list[tuple[str, ...]]) -> bool:
    same = filled = 0
    for cell, path in zip(row, paths, strict=False):
        if isinstance(cell, str) and cell and path:
            filled += 1
            same += len(cell) < 30 and clean_heading(cell) in path
        elif not is_blank(cell):
            return False
    return filled >= 2 and same >= 0.7 * filled


def _township_of(sheet: str, title: list[str]) -> str:
    """The township a whole sheet belongs to: its name, or 填报单位：恭门镇人民政府."""
    if found := _SECTION.match(compact(sheet)):
        return found[1]
    for line in title:
        if found := re.search(r"单位[:：]?(?:.*[县区市州])?([^县区市\s]{1,6}(?:镇|乡|街道))", line):
            return found[1]
    for line in title:
        if found := re.search(
            r"(?:^|[县区])([\u3400-\u9fff]{1,5}?(?:镇|乡))(?=20|农村|特困|临时|残疾|孤儿|事实|困难|低保)", line
        ):
            return found[1]
    return ""


def _fill_down(table: Table) -> None:
    """Section lines, and blanks below a township that is written once for its rows, give it to them."""
    place, village = table.layout.facts.get("township"), _sparse(table, "village", 0.4)
    is_grouped = place is None or _sparse(table, "township", 0.3) is not None
    current, last_village = table.township, ""
    rows: list[Row] = []
    for row in table.rows:
        if row.number < 0:
            current = row.township
            continue
        township = text_of(at(row.cells, place)) if not is_blank(at(row.cells, place)) else ""
        if township and township != current:
            current, last_village = township, ""
        if village is not None:
            last_village = text_of(at(row.cells, village)) or last_village
            row.cells.extend([None] * (village + 1 - len(row.cells)))
            row.cells[village] = last_village
        # A blank in a column that is otherwise full is a gap, not a repetition.
        rows.append(Row(row.number, row.cells, current if township or is_grouped else table.township))
    table.rows = rows


def _sparse(table: Table, name: str, least: float) -> int | None:
    """The column of a place when it is written once for a group of rows and left blank below."""
    place = table.layout.facts.get(name)
    rows = [row for row in table.rows if row.number >= 0]
    if place is None or len(rows) < 3:
        return None
    blanks = sum(is_blank(at(row.cells, place)) for row in rows)
    return place if least * len(rows) < blanks < len(rows) else None
