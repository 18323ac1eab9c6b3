"""附件 of the 通报: the whole 统计表, a table for each group of its columns, and the T7 list without who is answerable."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from backend.documents.ledger import Cell, Column, deadline_words
from backend.documents.ledgers import late, statistics
from backend.domain.figures import Table

SIZE, MOST_LINES = 10.5, 300
KEPT_BACK = ("责任人", "整改情况")
Line = Callable[..., None]
Run = Callable[..., None]


def shown(column: Column, value: Cell) -> str:
    """A cell as the workbook's format shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return deadline_words(value)
    if isinstance(value, date):
        return value.isoformat()
    if column.kind == "percent":
        return f"{value * 100:.1f}%"
    return f"{value:,.2f}".removesuffix(".00") if column.kind == "money" else f"{value:g}"


def parts(table: Table) -> list[tuple[str, list[list[str]]]]:
    """The 统计表 in parts that fit a page: (group, head and rows, 合计 first); 单位 begins each."""
    rows = [["合计", *statistics.row_of(table.total)[1:]], *statistics.rows(table)]
    groups = list(dict.fromkeys(column.group for column in statistics.COLUMNS if column.group))
    found = []
    for group in groups:
        places = [0, *(n for n, column in enumerate(statistics.COLUMNS) if column.group == group)]
        columns = [statistics.COLUMNS[n] for n in places]
        lines = [[shown(column, row[n]) for n, column in zip(places, columns, strict=True)] for row in rows]
        found.append((group, [[column.label for column in columns], *lines]))
    return found


def late_lines(area_code: str, as_of: datetime) -> list[list[str]]:
    """T7 with its head, names masked; at most `MOST_LINES`, then how many more there are."""
    places = [n for n, column in enumerate(late.COLUMNS) if column.label not in KEPT_BACK]
    rows = list(late.rows(area_code, as_of))
    lines = [[shown(late.COLUMNS[n], row[n]) for n in places] for row in rows[:MOST_LINES]]
    more = (
        [[f"还有 {len(rows) - MOST_LINES} 户，见台账附件7", *[""] * (len(places) - 1)]]
        if len(rows) > MOST_LINES
        else []
    )
    return [[late.COLUMNS[n].label for n in places], *lines, *more]


def write(paper: Document, table: Table, until: str, *, line: Line, run: Run, title: tuple[str, str]) -> None:
    """Both annexes, on pages lying on their side."""
    title_font, body_font = title
    section = paper.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    line(paper, "附件1", "黑体", 16)
    line(paper, statistics.TITLE, title_font, 18, centre=True)
    for group, lines in parts(table):
        line(paper, group, "黑体", SIZE)
        _grid(paper, lines, run, body_font)
    for note in (f"截至{until}。", *statistics.NOTES):
        line(paper, note, body_font, SIZE)
    paper.add_page_break()
    line(paper, "附件2", "黑体", 16)
    line(paper, late.TITLE, title_font, 18, centre=True)
    _grid(paper, late_lines(table.area_code, table.as_of), run, body_font)


def _grid(paper: Document, lines: Iterable[Sequence[str]], run: Run, font: str) -> None:
    lines = list(lines)
    grid = paper.add_table(rows=len(lines), cols=len(lines[0]))
    grid.style = "Table Grid"
    for cells, texts in zip(grid.rows, lines, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            run(cell.paragraphs[0], text, font, SIZE)
