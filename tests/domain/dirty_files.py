"""Tables written out as an office would: titles, merged heads, totals, notes, in many file formats."""

import html
import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime

import xlsxwriter
import xlwt

FORMATS = ("xlsx", "xls", "csv-utf8", "csv-bom", "csv-gb18030", "csv-semicolon", "tsv-utf16", "html")


@dataclass
class Sheet:
    """heads: one or two levels per column; rows: cells; blank_repeats: columns written once and merged."""

    name: str
    title: str
    heads: list[tuple[str, ...]]
    rows: list[list[object]]
    blank_repeats: list[int] = field(default_factory=list)
    total: str = ""


def lay(sheet: Sheet, pick: random.Random) -> tuple[list[list[object]], list[tuple[int, int, int, int]]]:
    """The lines of a sheet and its merged areas (top, left, bottom, right)."""
    width, lines, merges = len(sheet.heads), [], []
    if sheet.title:
        merges.append((0, 0, 0, width - 1))
        lines.append([sheet.title])
    if pick.random() < 0.5:
        lines.append(["填报单位：（盖章）", "", "", "数据截止时间：2024年1月31日"][: max(1, width)])
    if pick.random() < 0.3:
        lines.append([])
    depth = max(len(head) for head in sheet.heads)
    top = len(lines)
    lines += [[head[level] if level < len(head) else "" for head in sheet.heads] for level in range(depth)]
    if depth == 2:
        merges += _head_merges(sheet, top)
        for _, left, _, right in [m for m in merges if m[0] == top and m[3] > m[1]]:
            for column in range(left + 1, right + 1):
                lines[top][column] = ""
    if pick.random() < 0.25:
        lines.append([str(n + 1) for n in range(width)])
    total = ["", *[""] * (width - 1)]
    total[pick.choice([0, 1])] = pick.choice(["合计", "合  计", "总计", f"共计{len(sheet.rows)}户"])
    total[-1] = len(sheet.rows)
    if sheet.total == "first":
        lines.append(total)
    start = len(lines)
    lines += [list(row) for row in sheet.rows]
    _blank_repeats(sheet, lines, merges, start)
    if sheet.total == "last":
        lines.append(total)
    if pick.random() < 0.6:
        lines += [[], ["填报人：          审核人：          填报时间：2024年2月1日"]]
    return lines, merges


def _head_merges(sheet: Sheet, top: int) -> list[tuple[int, int, int, int]]:
    merges, left = [], 0
    while left < len(sheet.heads):
        right = left
        if len(sheet.heads[left]) == 1 or not sheet.heads[left][1]:
            merges.append((top, left, top + 1, left))
        else:
            while right + 1 < len(sheet.heads) and sheet.heads[right + 1][0] == sheet.heads[left][0]:
                right += 1
            if right > left:
                merges.append((top, left, top, right))
        left = right + 1
    return merges


def _blank_repeats(
    sheet: Sheet, lines: list[list[object]], merges: list[tuple[int, int, int, int]], start: int
) -> None:
    for column in sheet.blank_repeats:
        first = start
        end = start + len(sheet.rows)
        for row in range(start + 1, end + 1):
            if row < end and lines[row][column] == lines[first][column]:
                continue
            if row - first > 1:
                merges.append((first, column, row - 1, column))
                for again in range(first + 1, row):
                    lines[again][column] = ""
            first = row


def write(sheets: list[Sheet], form: str, pick: random.Random) -> bytes:
    """The bytes of a file; one sheet only for the text formats."""
    laid = [(sheet.name, *lay(sheet, pick)) for sheet in sheets]
    if form == "xlsx":
        return _xlsx(laid, pick)
    if form == "xls":
        return _xls(laid)
    lines, merges = laid[0][1], laid[0][2]
    if form == "html":
        return _html(lines, merges)
    separator = {"csv-semicolon": ";", "tsv-utf16": "\t"}.get(form, ",")
    encoding = {"csv-bom": "utf-8-sig", "csv-gb18030": "gb18030", "tsv-utf16": "utf-16"}.get(form, "utf-8")
    return "".join(separator.join(_quoted(cell, separator) for cell in line) + "\r\n" for line in lines).encode(
        encoding
    )


def _quoted(cell: object, separator: str) -> str:
    text = _typed(cell)
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in (separator, '"', "\n")) else text


def _typed(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d %H:%M}"
    return f"{cell:%Y/%m/%d}" if isinstance(cell, date) else str(cell)


def _xlsx(laid: list, pick: random.Random) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    days = book.add_format({"num_format": "yyyy/m/d"})
    if pick.random() < 0.4:
        book.add_worksheet("填表说明").write_string(0, 0, "请各乡镇按月报送，身份证号请设为文本，姓名不要有空格。")
    for name, lines, merges in laid:
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, days)
                elif cell != "":
                    (sheet.write_number if isinstance(cell, int | float) else sheet.write_string)(row, column, cell)
        for top, left, bottom, right in merges:
            first = lines[top][left] if left < len(lines[top]) else ""
            sheet.merge_range(top, left, bottom, right, "")
            sheet.write(top, left, "" if isinstance(first, date) else first) if not isinstance(
                first, str
            ) else sheet.write_string(top, left, first)
    book.close()
    return out.getvalue()


def _xls(laid: list) -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook(encoding="utf-8")
    days = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, lines, _ in laid:
        sheet = book.add_sheet(name)
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write(row, column, cell, days)
                elif cell != "":
                    sheet.write(row, column, cell)
    book.save(out)
    return out.getvalue()


def _html(lines: list[list[object]], merges: list[tuple[int, int, int, int]]) -> bytes:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    hidden = {
        (row, column)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    body = ""
    for row, line in enumerate(lines):
        cells = ""
        for column, cell in enumerate(line):
            if (row, column) in hidden:
                continue
            down, across = spans.get((row, column), (1, 1))
            cells += f'<td rowspan="{down}" colspan="{across}">{html.escape(_typed(cell))}</td>'
        body += f"<tr>{cells}</tr>"
    return f"<html><head><meta charset='utf-8'></head><body><table>{body}</table></body></html>".encode()
