"""Small files for single questions, and numbers and people to put into them."""

import io
from itertools import count

import xlsxwriter

from backend.domain.identity import checksum_of

_order = count(1)
DIBAO_TITLE = ["2024年2月农村低保花名册"]


def id_number(born: str = "19650312") -> str:
    """Another number of county 620599, which does not exist."""
    first = f"620599{born}{next(_order) % 1000:03d}"
    return first + checksum_of(first)


def comma(*rows: list) -> bytes:
    """A UTF-8 CSV."""
    return "\n".join(",".join(str(cell) for cell in row) for row in rows).encode()


def book(sheets: dict[str, list[list]], hidden: tuple[str, ...] = ()) -> bytes:
    """An .xlsx with these sheets."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell != "":
                    (sheet.write_number if isinstance(cell, int | float) else sheet.write_string)(row, column, cell)
        if name in hidden:
            sheet.hide()
    workbook.close()
    return out.getvalue()
