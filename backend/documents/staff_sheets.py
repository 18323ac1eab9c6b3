"""The list that accounts are opened from, to fill in, and the one-time passwords, to hand out."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from backend.codebook import REFERRAL_QUEUES, Role
from backend.documents.row_errors import plain_cell
from backend.domain.accounts import NewAccount

PATTERN = ("姓名", "账号", "岗位", "单位", "电话", "负责区划")
PASSWORDS = ("姓名", "账号", "一次性密码", "岗位", "单位")
ROLE_WORDS = [role.standard for role in Role if role is not Role.LINE_DEPARTMENT] + [
    q.standard for q in REFERRAL_QUEUES
]
FOOTER = "&L一次性密码，发完即毁，不要发到群里&R第 &P 页，共 &N 页"
DAYS = "日期,上班吗,说明\r\n{year}-01-01,放假,元旦\r\n{year}-10-01,放假,国庆节\r\n"


def staff_pattern() -> bytes:
    """An empty .xlsx with the headings; the column 岗位 offers its words."""
    out, book, sheet = _begin("人员", PATTERN)
    sheet.data_validation(1, 2, 300, 2, {"validate": "list", "source": ROLE_WORDS})
    sheet.set_column(5, 5, 44)
    book.close()
    return out.getvalue()


def password_sheet(listed: Iterable[tuple[NewAccount, str]]) -> bytes:
    """One line for each account with its one-time password; every cell is text."""
    out, book, sheet = _begin("一次性密码", PASSWORDS)
    cell = book.add_format({"num_format": "@", "border": 1})
    for line, (new, password) in enumerate(listed, 1):
        for column, text in enumerate((new.name, new.username, password, Role(new.role).standard, new.unit)):
            sheet.write_string(line, column, plain_cell(text), cell)
    sheet.set_footer(FOOTER)
    book.close()
    return out.getvalue()


def calendar_pattern(year: int) -> bytes:
    """A .csv with two days as an example, in UTF-8 with a mark, as spreadsheets want it."""
    return DAYS.format(year=year).encode("utf-8-sig")


def _begin(
    name: str, headings: Sequence[str]
) -> tuple[io.BytesIO, xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#EFE9DC", "border": 1})
    text = book.add_format({"num_format": "@"})
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, 18, text)
        sheet.write_string(0, column, heading, head)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    return out, book, sheet
