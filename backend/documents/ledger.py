"""Excel ledgers as offices expect them (DOMAIN §5.1): merged title, who fills it in, 数据截止时间, two-level head,
合计 first, footer to sign, A4 landscape with repeated head and frozen panes; codes and numbers of people as text.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter

from backend import clock
from backend.documents.row_errors import plain_cell

FONT, TITLE_FONT = "宋体", "黑体"
FOOTER = "单位负责人：　　　　审核人：　　　　填报人：　　　　联系电话：　　　　填报时间："
Cell = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Column:
    """A column: `group` is the upper level of the head ("" for none), `width` in characters.

    kind: text, number, percent (0…1), day, moment or deadline (2026-11-29 24:00). Only numbers are added up.
    """

    label: str
    width: float = 10
    kind: str = "text"
    group: str = ""


@dataclass(frozen=True)
class Ledger:
    """One sheet. `total` stands first when there is one; `notes` are the definitions below the table.

    `watermark` says who took it out and when, on every page.
    """

    name: str
    title: str
    unit: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    as_of_at: datetime
    filled_by: str = ""
    total: Sequence[Cell] | None = None
    notes: Sequence[str] = ()
    watermark: str = ""

    @property
    def file_name(self) -> str:
        """附件-…（截至2023年6月30日）.xlsx, without anybody's name."""
        return f"{self.title}（截至{until(self.as_of_at).split(' ', maxsplit=1)[0]}）.xlsx"


def until(at: datetime) -> str:
    """2023年6月30日 18:00; midnight is 24:00 of the day before."""
    local = clock.local(at)
    is_midnight = (local.hour, local.minute) == (0, 0)
    day = (local - timedelta(minutes=1)) if is_midnight else local
    return f"{day.year}年{day.month}月{day.day}日 {'24:00' if is_midnight else f'{local:%H:%M}'}"


def deadline_words(at: datetime) -> str:
    """2026-11-29 24:00; no format of a spreadsheet writes a midnight as the end of its day."""
    local = clock.local(at)
    is_midnight = (local.hour, local.minute) == (0, 0)
    return f"{local - timedelta(minutes=1):%Y-%m-%d} 24:00" if is_midnight else f"{local:%Y-%m-%d %H:%M}"


def workbook_of(ledgers: Sequence[Ledger]) -> bytes:
    """The ledgers as sheets of one .xlsx."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = _styles(book)
    for ledger in ledgers:
        _write(book.add_worksheet(ledger.name[:31]), ledger, styles)
    book.close()
    return out.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {"font_name": FONT, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    plain = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
    kinds = {
        "text": {"num_format": "@"},
        "number": {"num_format": "0", "align": "right"},
        "money": {"num_format": "#,##0.00", "align": "right"},
        "hours": {"num_format": "General", "align": "right"},
        "percent": {"num_format": "0.0%", "align": "right"},
        "day": {"num_format": "yyyy-mm-dd", "align": "center"},
        "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
        "deadline": {"num_format": "@", "align": "center"},
    }
    made = {name: book.add_format(cell | extra) for name, extra in kinds.items()}
    made |= {f"{name}-total": book.add_format(cell | extra | {"bold": True}) for name, extra in kinds.items()}
    made["title"] = book.add_format({"font_name": TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"})
    made["head"] = book.add_format(cell | {"bold": True, "align": "center"})
    made["line"] = book.add_format(plain)
    made["line-right"] = book.add_format(plain | {"align": "right"})
    made["line-centre"] = book.add_format(plain | {"align": "center"})
    made["note"] = book.add_format(plain | {"text_wrap": True, "valign": "top"})
    return made


def _write(sheet: Any, ledger: Ledger, styles: dict[str, Any]) -> None:
    last = len(ledger.columns)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    sheet.set_footer(f"&L{ledger.watermark.replace('&', '&&')}&C第 &P 页　共 &N 页")
    sheet.set_column(0, 0, 5)
    for place, column in enumerate(ledger.columns, 1):
        sheet.set_column(place, place, column.width)
    _head(sheet, ledger, styles, last)
    line = 4
    if ledger.total is not None:
        _row(sheet, line, "合计", ledger, ledger.total, styles, "-total")
        line += 1
    for number, row in enumerate(ledger.rows, 1):
        _row(sheet, line, number, ledger, row, styles, "")
        line += 1
    sheet.merge_range(line, 0, line, last, FOOTER, styles["line"])
    for note in ledger.notes:
        line += 1
        sheet.merge_range(line, 0, line, last, plain_cell(note), styles["note"])
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(2, 3)


def _head(sheet: Any, ledger: Ledger, styles: dict[str, Any], last: int) -> None:
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, last, ledger.title, styles["title"])
    third = max(1, last // 3)
    sheet.merge_range(1, 0, 1, third, f"填报单位：{ledger.filled_by}（盖章）", styles["line"])
    _merge(
        sheet,
        1,
        third + 1,
        max(third + 1, last - third),
        f"数据截止时间：{until(ledger.as_of_at)}",
        styles["line-centre"],
    )
    if last - third + 1 <= last:
        _merge(sheet, 1, last - third + 1, last, f"单位：{ledger.unit}", styles["line-right"])
    sheet.merge_range(2, 0, 3, 0, "序号", styles["head"])
    place = 1
    while place <= last:
        group = ledger.columns[place - 1].group
        end = place
        while group and end < last and ledger.columns[end].group == group:
            end += 1
        if group:
            _merge(sheet, 2, place, end, group, styles["head"])
            for one in range(place, end + 1):
                sheet.write_string(3, one, ledger.columns[one - 1].label, styles["head"])
        else:
            sheet.merge_range(2, place, 3, place, ledger.columns[place - 1].label, styles["head"])
        place = end + 1


def _merge(sheet: Any, row: int, first: int, last: int, text: str, style: Any) -> None:
    if first < last:
        sheet.merge_range(row, first, row, last, text, style)
    else:
        sheet.write_string(row, first, text, style)


def _row(
    sheet: Any, line: int, number: int | str, ledger: Ledger, row: Sequence[Cell], styles: dict[str, Any], suffix: str
) -> None:
    first = styles[f"number{suffix}"] if isinstance(number, int) else styles["head"]
    sheet.write(line, 0, number, first)
    for place, (column, value) in enumerate(zip(ledger.columns, row, strict=True), 1):
        _cell(sheet, line, place, column.kind, value, styles[f"{column.kind}{suffix}"])


def _cell(sheet: Any, line: int, place: int, kind: str, value: Cell, style: Any) -> None:
    """Blank, not 0, for what does not apply; "—" where there is nothing to divide by (a text in a number's column)."""
    if value is None or value == "":
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, datetime) and kind == "deadline":
        sheet.write_string(line, place, deadline_words(value), style)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, place, clock.local(value).replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001 - a day
    elif isinstance(value, int | float) and kind != "text":
        sheet.write_number(line, place, value, style)
    else:
        sheet.write_string(line, place, plain_cell(str(value)), style)
