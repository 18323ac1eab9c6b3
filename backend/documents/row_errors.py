"""错行表: the rows of an imported file that need mending, as a workbook to download."""

import io

import xlsxwriter
from sqlalchemy import select

from backend.models import ImportBatch, RowProblem, db
from backend.problems_in_files import column_words, row_sentence

HEADINGS = ("表", "行", "列", "文件里写的（已遮盖）", "怎么办", "收下了没有")
WIDTHS = (14, 8, 18, 24, 60, 12)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def plain_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def row_error_sheet(batch: ImportBatch) -> bytes:
    """An .xlsx with one line per problem; every cell is text and numbers of people are masked."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("错行")
    head = book.add_format({"bold": True, "bg_color": "#EFE9DC", "border": 1, "text_wrap": True})
    cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    problems = db.session.scalars(select(RowProblem).where(RowProblem.batch_id == batch.id).order_by(RowProblem.id))
    for line, problem in enumerate(problems, 1):
        for column, text in enumerate(_line(problem)):
            sheet.write_string(line, column, plain_cell(text), cell)
    book.close()
    return out.getvalue()


def _line(problem: RowProblem) -> tuple[str, ...]:
    what = row_sentence(problem.code, row=problem.row, column=problem.column, seen=problem.seen, sheet=problem.sheet)
    kept = "已收下" if problem.is_kept else "没有收"
    return problem.sheet, str(problem.row), column_words(problem.code, problem.column), problem.seen, what, kept
