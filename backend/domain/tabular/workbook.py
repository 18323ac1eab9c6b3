"""Bytes of a file → grids. What a file is, its content says; the name's ending often lies."""

import io
import zipfile
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from backend.domain.tabular.cells import Cell, is_blank
from backend.domain.tabular.delimited import read_delimited
from backend.domain.tabular.faults import TableError
from backend.domain.tabular.grid import Grid
from backend.domain.tabular.markup import looks_like_markup, read_markup

MAX_BYTES = 40 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_UNPACKED = 600 * 1024 * 1024
MAX_RATIO = 400
MAX_ROWS = 200_000
MAX_COLUMNS = 512
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"Rar!": "RAR", b"7z\xbc\xaf": "7Z"}


def read_workbook(content: bytes) -> list[Grid]:
    """All sheets of an .xlsx, .xls, .ods, .csv or a web table saved as .xls.

    Raises TableError: empty_file, file_too_large, file_encrypted, file_not_table, file_damaged,
    too_many_rows, too_many_columns, zip_bomb.
    """
    if not content.strip(b"\x00\r\n\t "):
        raise TableError("empty_file")
    if len(content) > MAX_BYTES:
        raise TableError("file_too_large", limit=MAX_BYTES // 1024 // 1024)
    for magic, kind in _FOREIGN.items():
        if content.startswith(magic):
            raise TableError("file_not_table", kind=kind)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_zip(content)
        grids = _read_calamine(content)
    elif content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise TableError("file_encrypted")
        grids = _read_calamine(content)
    elif looks_like_markup(content):
        grids = read_markup(content)
    else:
        grids = [read_delimited(content)]
    return [_bounded(grid) for grid in grids]


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise TableError("file_damaged") from error
    names = {entry.filename for entry in entries}
    if not any(name in names for name in ("[Content_Types].xml", "content.xml", "xl/workbook.xml", "mimetype")):
        raise TableError("file_not_table", kind="ZIP")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise TableError("file_not_table", kind="Word/PPT")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content) + 10**7:
        raise TableError("zip_bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise TableError("file_encrypted")


def _read_calamine(content: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = []
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.width > 16384 or sheet.height > 1_048_576 or sheet.width * sheet.height > 60_000_000:
                raise TableError("too_many_rows", sheet=meta.name, limit=MAX_ROWS)
            rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
            merges = list(sheet.merged_cell_ranges or [])
            grids.append(Grid(meta.name, rows, merges, meta.visible == SheetVisibleEnum.Visible))
        return grids
    except PasswordError as error:
        raise TableError("file_encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise TableError("file_damaged") from error


def _bounded(grid: Grid) -> Grid:
    """Empty rows and columns at the far ends do not count; what is left must stay within bounds."""
    rows = grid.rows
    last = len(rows)
    while last and all(is_blank(cell) for cell in rows[last - 1]):
        last -= 1
    del rows[last:]
    if len(rows) > MAX_ROWS:
        raise TableError("too_many_rows", sheet=grid.name, limit=MAX_ROWS)
    if grid.width() > MAX_COLUMNS:
        used = max((i for row in rows for i, cell in enumerate(row) if cell not in ("", None)), default=-1) + 1
        if used > MAX_COLUMNS:
            raise TableError("too_many_columns", sheet=grid.name, limit=MAX_COLUMNS)
        grid.rows = [row[:used] for row in rows]
    return grid
