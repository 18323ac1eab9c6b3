"""One cell as text, number or nothing, whatever the spreadsheet kept it as."""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

from backend.domain.visible_text import visible

Cell = str | int | float | bool | date | datetime | time | None

_SPACES = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_EXCEL_TEXT = re.compile(r'^="(.*)"$')
CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def text_of(cell: Cell) -> str:
    """The cell as typed text: trimmed, half-width, without the tricks that keep numbers as text."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if abs(cell) < 1e15 and cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return _plain(cell) if isinstance(cell, str) else str(cell)


@lru_cache(maxsize=1 << 16)
def _plain(cell: str) -> str:
    text = visible(unicodedata.normalize("NFKC", cell)).strip(" \t\r\n\u200b\ufeff'`‘’")
    if trick := _EXCEL_TEXT.match(text):
        text = trick[1].strip()
    return text


def compact(cell: Cell) -> str:
    """`text_of` without any space inside: headings and codes are compared like this."""
    return _compact(cell) if isinstance(cell, str) else _SPACES.sub("", text_of(cell))


@lru_cache(maxsize=1 << 16)
def _compact(cell: str) -> str:
    return _SPACES.sub("", _plain(cell))


def is_blank(cell: Cell) -> bool:
    """True for nothing, spaces, and the strokes people draw through an empty cell."""
    if cell is None or cell == "":
        return True
    if not isinstance(cell, str):
        return False
    if len(cell) > 4:
        return cell.isspace()
    return compact(cell) in {"", "-", "--", "—", "——", "/", "\\", "、", "."}


def whole_number(cell: Cell) -> int | None:
    """A count such as 5, "5人" or 5.0; None when there is none."""
    found = re.match(r"^(\d{1,6})(?:\.0+)?\D{0,2}$", compact(cell))
    return int(found[1]) if found else None


def money_fen(cell: Cell) -> int | None:
    """Yuan as typed (1,500.00元) in fen; None when it is no amount."""
    text = compact(cell).replace(",", "").replace("¥", "")
    found = re.match(r"^(\d{1,9})(?:\.(\d{1,2})\d*)?(?:\D{0,6})$", text)
    if not found:
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
