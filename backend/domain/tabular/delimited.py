"""Text tables: UTF-8 with and without BOM, UTF-16, GB18030; comma, semicolon, tab or bar."""

import csv
import io
import sys

from backend.domain.tabular.cells import Cell
from backend.domain.tabular.faults import TableError
from backend.domain.tabular.grid import Grid

_SEPARATORS = (",", "\t", ";", "|", "，", "；")
_SAMPLE_LINES = 60


def read_delimited(content: bytes) -> Grid:
    """Raises TableError file_not_table when the bytes are no text in any of the encodings."""
    text = decode(content)
    separator = find_separator(text)
    csv.field_size_limit(min(sys.maxsize, 1 << 20))
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    try:
        rows: list[list[Cell]] = [list(row) for row in csv.reader(lines, delimiter=separator)]
    except csv.Error as error:
        raise TableError("file_damaged") from error
    if rows and len(rows[0]) == 1 and str(rows[0][0]).lower().startswith("sep="):
        # Kept as a blank row, so that row numbers stay those of the file.
        rows[0] = [""]
    return Grid("", rows)


def decode(content: bytes) -> str:
    """The text of the file; raises TableError file_not_table."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
        if text.count("\ufffd") > len(text) // 200 + 3:
            raise TableError("file_not_table", kind="") from None
    if sum(char < " " and char not in "\r\n\t\x0b\x0c" for char in text[:4000]) > 20:
        raise TableError("file_not_table", kind="")
    return text


def find_separator(text: str) -> str:
    """The candidate that cuts the most lines into the same number of pieces."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]

    def weight(separator: str) -> tuple[int, int]:
        counts = [_outside_quotes(line, separator) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 0
        return (counts.count(usual) * usual, usual)

    return max(_SEPARATORS, key=weight)


def _outside_quotes(line: str, separator: str) -> int:
    return sum(part.count(separator) for part in line.split('"')[::2])
