"""Answers and moments as printed paper says them."""

from collections.abc import Iterable
from datetime import date, datetime

from backend import clock
from backend.desk.answers import Line

YES_NO = {"yes": "是", "no": "否", "true": "是", "false": "否", "True": "是", "False": "否"}
HAS_NOT = {"yes": "有", "no": "没有"}
KINDS = ("街道", "镇", "乡")
LABELLED = ("money", "number", "yes_no")
# What a label asks for at its end; on paper the number itself stands there.
ASKED = ("多少", "几个月")


def words_of(line: Line) -> str:
    """The answer of a line; several entries of a list are joined by semicolons."""
    if line.kind == "entries":
        return "；".join(_entry(entry) for entry in line.entries)
    if line.kind == "yes_no":
        said = HAS_NOT if "有没有" in line.label else YES_NO
        return said.get(line.words[0], line.words[0])
    return "、".join(line.words) + (f" {line.unit}" if line.unit else "")


def _entry(lines: Iterable[Line]) -> str:
    return "，".join(_told(one) if one.kind in LABELLED else words_of(one) for one in lines)


def _told(line: Line) -> str:
    """自己花了 80,000 元, 干了 5 个月, 没有票据: a label and its answer as one phrase."""
    if line.kind == "yes_no" and line.label.startswith("有") and not line.label.startswith("有没有"):
        return line.label if words_of(line) == YES_NO["yes"] else f"没{line.label}"
    asked = next((ending for ending in ASKED if line.label.endswith(ending)), "")
    return f"{line.label.removesuffix(asked)} {words_of(line)}"


def day(value: date | datetime | None) -> str:
    """2023 年 7 月 8 日; empty for None."""
    if value is None:
        return ""
    local = clock.local(value) if isinstance(value, datetime) else value
    return f"{local.year} 年 {local.month} 月 {local.day} 日"


def moment(value: datetime | None) -> str:
    """2023 年 7 月 8 日 09:30 in the office's time; empty for None."""
    return f"{day(value)} {clock.local(value):%H:%M}" if value else ""


def yuan(fen: int | None) -> str:
    """12,345 or 12,345.60; empty for None."""
    return "" if fen is None else f"{fen / 100:,.2f}".removesuffix(".00")


def township_kind(name: str) -> str:
    """乡, 镇 or 街道, as its own name says; 乡镇 where it does not."""
    return next((kind for kind in KINDS if name.removesuffix("办事处").endswith(kind)), "乡镇")
