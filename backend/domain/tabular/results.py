"""What another system decided: one line for each case and category, found by the heading 预警编号."""

from typing import NamedTuple

from backend.domain.tabular.cells import Cell, compact, is_blank, money_fen, text_of, whole_number
from backend.domain.tabular.dates import read_moment
from backend.domain.tabular.faults import TableError
from backend.domain.tabular.grid import Grid
from backend.domain.tabular.workbook import read_workbook

# heading → the part of a result it holds; the first ones have to be there
HEADINGS = {
    "预警编号": "number", "结果": "outcome", "办理结果": "outcome", "转办类别": "category", "类别": "category",
    "细类": "detail", "保障类别": "detail", "供养方式": "detail", "救助类型": "detail", "监测类别": "category",
    "结果日期": "decided_on", "救助金额": "amount", "月标准": "amount", "补贴标准": "amount", "审核确认时间": "decided_on", "金额(元)": "amount", "月保障金额(元)": "amount",
    "保障人口": "people", "涉及人数": "people", "起领月份": "starts_on", "起始享受时间": "starts_on",
    "不予纳入原因": "reason_code", "说明": "reason",
}  # fmt: skip
NEEDED = {"number", "outcome"}
SEARCHED_ROWS = 12


class ResultRow(NamedTuple):
    """A line as it was typed: `amount` in fen, days as ISO text; faults are codes of RESULT_FAULTS."""

    sheet: str
    row: int
    number: str
    outcome: str
    category: str
    detail: str
    decided_on: str
    amount: int | None
    people: int | None
    starts_on: str
    reason_code: str
    reason: str
    faults: list[str]


def read_results(content: bytes) -> list[ResultRow]:
    """Every line with a result, of every sheet. Raises TableError of `read_workbook`, and results_none."""
    found, is_table = [], False
    for grid in read_workbook(content):
        tops = range(min(SEARCHED_ROWS, len(grid.rows)))
        top = next((n for n in tops if set(_columns(grid, n)) >= NEEDED), None)
        if top is not None:
            places, is_table = _columns(grid, top), True
            found += [row for n in range(top + 1, len(grid.rows)) if (row := _row(grid, n, places))]
    if not is_table:
        raise TableError("results_none")
    return found


def _columns(grid: Grid, row: int) -> dict[str, list[int]]:
    """Where each part stands, the last column first: ours come after those of the other system."""
    found: dict[str, list[int]] = {}
    for n, cell in enumerate(grid.rows[row]):
        if (text := compact(cell)) in HEADINGS:
            found.setdefault(HEADINGS[text], []).insert(0, n)
    return found


def _filled(grid: Grid, row: int, columns: list[int]) -> Cell:
    return next((cell for n in columns if not is_blank(cell := grid.cell(row, n))), None)


def _row(grid: Grid, at: int, places: dict[str, list[int]]) -> ResultRow | None:
    cells = {key: _filled(grid, at, columns) for key, columns in places.items()}
    if is_blank(cells["outcome"]) or is_blank(cells["number"]):
        return None
    faults: list[str] = []

    def read(key: str, code: str, reader: object) -> str | int | None:
        cell = cells.get(key)
        if is_blank(cell):
            return None
        found = reader(cell)  # type: ignore[operator]
        if found is None:
            faults.append(code)
        return found  # type: ignore[no-any-return]

    words = {key: text_of(cells.get(key)) for key in ("category", "detail", "reason_code", "reason")}
    amount, people = read("amount", "amount_unknown", money_fen), read("people", "people_unknown", whole_number)
    return ResultRow(
        sheet=grid.name, row=at + 1, number=compact(cells["number"]), outcome=compact(cells["outcome"]), **words,
        decided_on=str(read("decided_on", "day_unknown", _day) or ""), amount=int(amount) if amount is not None else None,
        people=int(people) if people is not None else None,
        starts_on=str(read("starts_on", "month_unknown", _month) or ""), faults=faults,
    )  # fmt: skip


def _day(cell: object) -> str | None:
    moment = read_moment(cell)  # type: ignore[arg-type]
    return moment.first_day.isoformat() if moment else None


def _month(cell: object) -> str | None:
    moment = read_moment(cell)  # type: ignore[arg-type]
    return moment.first_day.replace(day=1).isoformat() if moment else None
