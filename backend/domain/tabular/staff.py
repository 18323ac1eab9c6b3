"""A list of people who get accounts, and a calendar of days off: both found by their headings."""

from collections.abc import Mapping
from typing import NamedTuple

from backend.domain.tabular.cells import Cell, compact, is_blank, text_of
from backend.domain.tabular.dates import read_moment
from backend.domain.tabular.faults import TableError
from backend.domain.tabular.grid import Grid
from backend.domain.tabular.workbook import read_workbook

STAFF_HEADINGS = {
    "姓名": "name", "账号": "username", "用户名": "username", "岗位": "role", "角色": "role", "单位": "unit",
    "工作单位": "unit", "电话": "phone", "手机号": "phone", "联系电话": "phone", "负责区划": "areas", "管哪里": "areas",
}  # fmt: skip
STAFF_NEEDED = {"name", "username", "role", "areas"}
DAY_HEADINGS = {
    "日期": "day", "date": "day", "上班吗": "work", "是否上班": "work", "is_workday": "work", "说明": "note",
    "备注": "note",
}  # fmt: skip
WORK_WORDS = {
    **dict.fromkeys(("上班", "班", "是", "1", "true", "yes"), True),
    **dict.fromkeys(("放假", "休", "休息", "否", "0", "false", "no"), False),
}
SEARCHED_ROWS = 12


class StaffRow(NamedTuple):
    """A person as typed."""

    row: int
    name: str
    username: str
    role: str
    unit: str
    phone: str
    areas: str


class DayRow(NamedTuple):
    """A day as ISO text ("" when it is none) and whether it is worked (None when that was not understood)."""

    row: int
    day: str
    is_workday: bool | None
    note: str


def read_staff(content: bytes) -> list[StaffRow]:
    """Every row with anything in it. Raises TableError of `read_workbook`, and accounts_none."""
    grid, top, places = _find(content, STAFF_HEADINGS, STAFF_NEEDED, "accounts_none")
    rows = []
    for at in range(top + 1, len(grid.rows)):
        told = {key: _text(grid.cell(at, column)) for key, column in places.items()}
        if any(told.values()):
            rows.append(
                StaffRow(row=at + 1, **{key: told.get(key, "") for key in dict.fromkeys(STAFF_HEADINGS.values())})
            )
    return rows


def read_days(content: bytes) -> list[DayRow]:
    """Every row with anything in it. Raises TableError of `read_workbook`, and calendar_none."""
    grid, top, places = _find(content, DAY_HEADINGS, {"day", "work"}, "calendar_none")
    rows = []
    for at in range(top + 1, len(grid.rows)):
        day, work = grid.cell(at, places["day"]), grid.cell(at, places["work"])
        if is_blank(day) and is_blank(work):
            continue
        moment = None if is_blank(day) else read_moment(day)
        note = _text(grid.cell(at, places["note"])) if "note" in places else ""
        whole = moment is not None and moment.first_day == moment.last_day
        iso = moment.first_day.isoformat() if moment is not None and whole else ""
        rows.append(DayRow(at + 1, iso, WORK_WORDS.get(compact(_text(work)).lower()), note))
    return rows


def _find(content: bytes, headings: Mapping[str, str], needed: set[str], code: str) -> tuple[Grid, int, dict[str, int]]:
    for grid in read_workbook(content):
        for top in range(min(SEARCHED_ROWS, len(grid.rows))):
            cells = (compact(cell).lower() for cell in grid.rows[top])
            places = {headings[text]: n for n, text in enumerate(cells) if text in headings}
            if set(places) >= needed:
                return grid, top, places
    raise TableError(code)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if is_blank(cell) else text_of(cell).strip()
