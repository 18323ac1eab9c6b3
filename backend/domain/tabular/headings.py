"""One heading → what it means: the field, in whose role, and which of several people."""

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from backend.domain.tabular.cells import Cell, compact
from backend.domain.tabular.vocabulary import EXPORT_NAMES, FIELD_PATTERNS, ROLE_PATTERNS, UNITS, WELL_KNOWN

PERSON_FIELDS = frozenset({"name", "id_number", "card", "phone", "relation", "sex", "birth", "age", "is_covered"})
_BRACKETS = re.compile(r"[(\[【〔<《]([^)\]】〕>》]*)[)\]】〕>》]")
_EDGES = re.compile(r"^[*※★☆#\d.、:：]+(?=\D)|[*※★:：、。.,，;；]+$")
_ORDINALS = "一二三四五六七八九十"
_INDEX = re.compile(
    r"(?:成员|人员|子女|姓名|家属|家人|生活|号码|证号|号|人口|子|女|之)[之:：第]?(\d{1,2}|[一二三四五六七八九十]{1,2})"
)
_LEADING = re.compile(r"^第?(\d{1,2}|[一二三四五六七八九十]{1,2})[号、.位]?(?=家庭|成员|共同|人员)")
_FILLER = re.compile(
    r"基本|实际|法定|现任|直接|信息|情况|资料|家庭|的|申[请报]|名称|委托|主要|个人|共同生活|共同居住|人员?|享受|保障|[\d一二三四五六七八九十/]|户口|之|第|名单|[者员]|\W"
)
_PLAIN = str.maketrans(
    "証證號鄉鎮戶時間聯電話狀態員發額標準職類", "证证号乡镇户时间联电话状态员发额标准职类", "、/\\,;·"
)
_CLOSE_ENOUGH = 78


class Meaning(NamedTuple):
    """field "" = not understood; role "" = the heading does not say; nth 0 = not numbered."""

    field: str
    role: str
    nth: int


NOTHING = Meaning("", "", 0)


def clean_heading(cell: Cell) -> str:
    """A heading without spaces, stars, units and remarks; brackets that carry meaning are opened."""
    text = compact(cell)
    text = _BRACKETS.sub(lambda found: "" if UNITS.search(found[1]) or len(found[1]) > 8 else found[1], text)
    return _EDGES.sub("", text.strip("()")).translate(_PLAIN)


@lru_cache(maxsize=4096)
def understand(path: tuple[str, ...]) -> Meaning:
    """What a column means whose headings, from the top level down, are `path` (already cleaned)."""
    parts = [part for part in path if part]
    if not parts:
        return NOTHING
    role = next((role for part in reversed(parts) if (role := role_of(part))), "")
    field = field_of(parts[-1])
    if len(parts) > 1 and (not field or field in ("remarks", "address", "category") or len(parts[-1]) <= 2):
        joined = field_of("".join(parts[-2:]))
        field = joined if not field or (joined and joined.endswith("_on")) else field
    if role and role_of(parts[-1]) and not _FILLER.sub("", _without_roles(parts[-1])):
        # Nothing but a role (诉求人, 照料人): the person's name stands below it.
        field = "name"
    return Meaning(field, role, _index_of(parts, role))


def field_of(part: str) -> str:
    """The field of one cleaned heading, "" when no pattern fits."""
    if exported := EXPORT_NAMES.get(part.upper()):
        return exported
    for field, pattern in FIELD_PATTERNS:
        if pattern.search(part):
            return field
    if 2 < len(part) <= 10:
        best = process.extractOne(part, WELL_KNOWN.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
        return WELL_KNOWN[best[0]] if best else ""
    return ""


def role_of(part: str) -> str:
    """The role a cleaned heading names, "" when it names none."""
    return next((role for role, pattern in ROLE_PATTERNS if pattern.search(part)), "")


def _without_roles(part: str) -> str:
    for _, pattern in ROLE_PATTERNS:
        part = pattern.sub("", part)
    return part


def _index_of(parts: list[str], role: str) -> int:
    for part in reversed(parts):
        found = _INDEX.search(part) or _LEADING.search(part)
        if found:
            return _ordinal(found[1])
    if role == "member" and (digits := re.search(r"\d{1,2}", "".join(parts))):
        return int(digits[0])
    return 0


def _ordinal(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text.startswith("十"):
        return 10 + (_ORDINALS.index(text[1]) + 1 if len(text) > 1 else 0)
    return _ORDINALS.index(text[0]) + 1
