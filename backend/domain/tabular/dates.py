"""Days, months and instants in every form that offices type them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from backend.domain.tabular.cells import Cell

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - wall time
_SERIAL = (15000, 80000)  # 1941 to 2119: what a date looks like after its cell format was lost
_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CLOCK = r"(?:[T ]*(?:上午|早上|下午|晚上|中午)?(?P<h>\d{1,2})[:时点](?:(?P<mi>\d{1,2})[:分]?)?(?:(?P<s>\d{1,2})(?:\.\d+)?秒?)?)?"
_SEPARATED = re.compile(
    r"^(?P<y>\d{4}|\d{2})[-./年\\](?P<m>\d{1,2})(?:[-./月\\](?P<d>\d{1,2})?[日号]?)?月?(?:起|止|前|后)?"
    + _CLOCK
    + r"Z?$"
)
_PACKED = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})?" + _CLOCK + "$")
_FOURTEEN = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})?$")
_AMERICAN = re.compile(r"^(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})" + _CLOCK + "$")
_RANGE = re.compile(r"[-—~～至到](?=\D*(?:\d{4}|\d{2}[.年]|今|长期|现在))")


class Moment(NamedTuple):
    """A point in time as typed: `has_day` is False for a month, `has_clock` for a day."""

    at: datetime
    has_day: bool
    has_clock: bool

    @property
    def first_day(self) -> date:
        return self.at.date()

    @property
    def last_day(self) -> date:
        """The day itself, or the last day of the month when only the month is known."""
        if self.has_day:
            return self.at.date()
        following = (self.at.replace(day=28) + timedelta(days=4)).replace(day=1)
        return (following - timedelta(days=1)).date()


def read_moment(cell: Cell) -> Moment | None:
    """Understand one cell; None when it holds no date."""
    if isinstance(cell, datetime):
        return Moment(cell.replace(tzinfo=None), True, (cell.hour, cell.minute, cell.second) != (0, 0, 0))
    if isinstance(cell, date):
        return Moment(datetime.combine(cell, time()), True, False)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    return _from_text(str(cell))


def _from_number(number: float) -> Moment | None:
    if not isfinite(number):
        return None
    if _SERIAL[0] <= number <= _SERIAL[1]:
        at = _EPOCH + timedelta(seconds=round(number * 86400))
        return Moment(at, True, number != int(number))
    if number == int(number):
        return _from_text(str(int(number)))
    return _from_text(f"{number:.2f}".rstrip("0"))


@lru_cache(maxsize=65536)
def _from_text(raw: str) -> Moment | None:
    text = unicodedata.normalize("NFKC", raw).strip().strip("'\"`").translate(_CHINESE_DIGITS)
    text = re.sub(r"\s*([年月日号./:-])\s*", r"\1", text)
    text = re.sub(r"[(（].*?[)）]|星期.|周.$", "", text).strip()
    text = _tens(text)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        serial = float(text)
        return _from_number(serial) if _SERIAL[0] <= serial <= _SERIAL[1] else None
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    for pattern in (_SEPARATED, _PACKED, _FOURTEEN, _AMERICAN):
        if found := pattern.match(text):
            return _build(found.groupdict(), text)
    return None


def _tens(text: str) -> str:
    """二十三 → 23, 十月 → 10月, after the single digits were turned."""
    if "十" not in text:
        return text
    text = re.sub(r"(\d)十(\d)", r"\1\2", text)
    text = re.sub(r"(\d)十", r"\g<1>0", text)
    return re.sub(r"十(?!\d)", "10", text).replace("十", "1")


def _build(parts: dict[str, str | None], text: str) -> Moment | None:
    year = int(parts["y"] or 0)
    if year < 100:
        year += 2000 if year < 60 else 1900
    hour = int(parts.get("h") or 0)
    if hour < 12 and re.search("下午|晚上", text):
        hour += 12
    try:
        at = datetime(  # noqa: DTZ001 - wall time in the village
            year,
            int(parts["m"] or 0),
            int(parts.get("d") or 1),
            hour % 24,
            int(parts.get("mi") or 0),
            int(parts.get("s") or 0),
        )
    except ValueError:
        return None
    return Moment(at, bool(parts.get("d")), parts.get("h") is not None)


def read_period(cell: Cell) -> tuple[Moment | None, Moment | None]:
    """`2022.01-2023.05`, `2021年1月至今`: (start, end); the end is None when it is open."""
    if not isinstance(cell, str):
        return read_moment(cell), None
    text = unicodedata.normalize("NFKC", cell)
    if read_moment(text) is None and (cut := _RANGE.search(text)):
        return read_moment(text[: cut.start()]), read_moment(text[cut.end() :])
    return read_moment(text), None


def find_month(text: str) -> str | None:
    """The first month named in a title or file name, as yyyy-mm."""
    plain = unicodedata.normalize("NFKC", text).translate(_CHINESE_DIGITS)
    plain = _tens(plain)
    found = re.search(r"(20\d{2})\s*[年.\-/_]\s*(\d{1,2})(?!\d)", plain) or re.search(
        r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?:\d{2})?(?!\d)", plain
    )
    return f"{found[1]}-{int(found[2]):02d}" if found and 1 <= int(found[2]) <= 12 else None


def find_day(text: str) -> date | None:
    """The first whole day named in a title line (数据截止时间：2023年6月10日)."""
    plain = unicodedata.normalize("NFKC", text)
    found = re.search(r"20\d{2}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}|(?<!\d)20\d{6}(?!\d)", plain)
    moment = read_moment(re.sub(r"\s", "", found[0])) if found else None
    return moment.first_day if moment else None
