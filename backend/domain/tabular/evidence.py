"""What the cells of a column look like, whatever its heading says."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from backend.domain.identity import normalise_id
from backend.domain.tabular.cells import Cell, compact, is_blank
from backend.domain.tabular.dates import read_moment

SAMPLE = 300
_NAME = re.compile(r"^[\u3400-\u9fff\U00020000-\U0003ffff·•]{2,5}$")
_NOT_NAMES = re.compile(
    r"[乡镇村社组县路院办级型类正常保停男女无是否汉回族因]$|^(?:因|其他|农村|城市|分散|集中|新增|合计)"
)
_TOWNSHIP = re.compile(r"^.{1,8}(?:乡|镇|街道|街道办事处)$")
_VILLAGE = re.compile(r"^.{1,10}(?:村|村委会|村民委员会|社区|居委会|居民委员会)$")
_PHONE = re.compile(r"^(?:1\d{10}|0\d{2,3}-?\d{7,8})$")
_CARD = re.compile(r"^\d{17}[\dX][1-7][1-4](?:B\d)?$", re.I)
_MODE = re.compile(r"^(?:整户|单人|单户|按户|按人|人保|单独|个人|全户|全家|整家|户保|全额|差额|部分)")
_STATE = re.compile(r"在享|在保|在册|正常|停发|停保|取消|注销|死亡|享受中|退出|终止|暂停|迁出|恢复|清退")
_RELATION = re.compile(
    r"^(?:户主|本人|配偶|妻子?|夫|丈夫|[长次]?[子女]|儿子|女儿|之[长次]?[子女]|父亲|母亲|之[父母]|之?儿媳|之?孙[子女]|祖[父母]|之[祖岳].|其他)$"
)


class Evidence(NamedTuple):
    """Shares from 0 to 1 of the filled cells in a sample; filled is their count."""

    filled: int
    resident: float
    near_id: float
    card: float
    phone: float
    name: float
    township: float
    village: float
    moment: float
    mode: float
    state: float
    relation: float
    distinct: float
    with_ids: float
    counting: float


def look_at(cells: Iterable[Cell], today: date) -> Evidence:
    """Judge up to SAMPLE filled cells of one column."""
    sample = [cell for cell in cells if not is_blank(cell)][:SAMPLE]
    if not sample:
        return Evidence(0, *[0.0] * 14)
    texts = [compact(cell).upper() for cell in sample]
    ids = [normalise_id(cell, today) for cell in sample]

    def share(flags: Iterable[bool]) -> float:
        return sum(flags) / len(sample)

    return Evidence(
        filled=len(sample),
        resident=share(bool(seen.number) for seen in ids),
        near_id=share(_is_near_id(seen.number, seen.text, seen.fault) for seen in ids),
        card=share(bool(_CARD.match(text)) for text in texts),
        phone=share(bool(_PHONE.match(text)) for text in texts),
        name=share(bool(_NAME.match(text)) and not _NOT_NAMES.search(text) for text in texts),
        township=share(bool(_TOWNSHIP.match(text)) for text in texts),
        village=share(bool(_VILLAGE.match(text)) for text in texts),
        moment=share(
            read_moment(cell) is not None and len(text) >= 5 for cell, text in zip(sample, texts, strict=True)
        ),
        mode=share(bool(_MODE.match(text)) for text in texts),
        state=share(bool(_STATE.search(text)) and len(text) < 8 for text in texts),
        relation=share(bool(_RELATION.match(text)) for text in texts),
        distinct=len(set(texts)) / len(texts),
        counting=share(text.isdecimal() and len(text) <= 5 for text in texts),
        with_ids=share(
            bool(re.search(r"[\u3400-\u9fff].*\d{17}[\dX]|\d{17}[\dX].*[\u3400-\u9fff]", text)) for text in texts
        ),
    )


def _is_near_id(number: str, text: str, fault: str) -> bool:
    """Numbers that are, or once were, IDs: good, lost in a spreadsheet, or with one digit wrong."""
    if number or fault == "precision_lost":
        return True
    return bool(re.match(r"^[1-8]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{2,4}[\dX]?$", text))
