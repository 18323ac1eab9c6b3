"""A queue in the column order of the other system, with our columns for the result behind it."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import xlsxwriter

from backend.codebook import AssistanceCategory, DecisionDetail, DecisionOutcome, DeclineReason, MonitorCategory, Queue
from backend.documents import queue_columns
from backend.documents.row_errors import plain_cell
from backend.domain.decision import outcomes_for
from backend.models import Decision, Routing

OURS = (
    "预警编号", "转办类别", "结果", "细类", "结果日期", "保障人口", "金额(元)", "起领月份", "不予纳入原因", "说明",
)  # fmt: skip
WIDE = ("预警编号", "说明", "具体问题", "救助原因", "困难原因")
BOOKS = {Queue.SOCIAL_ASSISTANCE: AssistanceCategory, Queue.RELAPSE_PREVENTION: MonitorCategory}
TEXT_ROWS = 1000


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: the other system's headings, and which category it is about ("": all of the queue)."""

    name: str
    headings: tuple[str, ...]
    category: str = ""


def sheets_of(queue: str, routings: Sequence[Routing]) -> list[Sheet]:
    """One sheet for each category of 民政 that somebody is proposed for; one for every other queue."""
    word = Queue(queue).standard
    if queue == Queue.RELAPSE_PREVENTION:
        return [Sheet(word, queue_columns.MONITOR)]
    if queue != Queue.SOCIAL_ASSISTANCE:
        return [Sheet(word, queue_columns.SINGLE)]
    asked = {category for one in routings for category in one.categories}
    found = [Sheet(c.standard, queue_columns.OF_CATEGORY[c], c) for c in AssistanceCategory if c in asked]
    return found or [Sheet(AssistanceCategory.DIBAO.standard, queue_columns.DIBAO, AssistanceCategory.DIBAO)]


def queue_sheet(
    queue: str, rows: Iterable[Routing], places: dict[str, str], office: str = "", watermark: str = ""
) -> bytes:
    """An .xlsx in which every cell is text; names and numbers of people are masked.

    A line for each person that the other system keeps; our columns, to be filled in and brought back, stand in the
    first one of a routing and category. With a `watermark` (who took it out, when) it is whole, so that the other
    system finds the people, and says so on every printed page. `places` gives the names of the city and the county by
    code, `office` the printed head.
    """
    out, routings = io.BytesIO(), list(rows)
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for told in sheets_of(queue, routings):
        sheet = book.add_worksheet(told.name[:31])
        _headings(book, sheet, told)
        cell, line = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1}), 0
        for line, values in enumerate(_lines(told, routings, places, is_whole=bool(watermark)), 1):
            for column, text in enumerate(values):
                sheet.write_string(line, column, plain_cell(text), cell)
        sheet.set_header(f"&L{office.replace('&', '&&')}&R{told.name}")
        if watermark:
            sheet.set_footer(f"&C{watermark.replace('&', '&&')}")
        _finish(sheet, queue, len(told.headings) + OURS.index("结果"), line)
    if watermark:
        book.set_properties({"comments": watermark})
    book.close()
    return out.getvalue()


def _headings(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, told: Sheet) -> None:
    head = book.add_format({"bold": True, "bg_color": "#EFE9DC", "border": 1, "text_wrap": True})
    ours = book.add_format({"bold": True, "bg_color": "#DDEBE7", "border": 1, "text_wrap": True})
    for column, heading in enumerate((*told.headings, *OURS)):
        sheet.write_string(0, column, heading, head if column < len(told.headings) else ours)
        sheet.set_column(column, column, 24 if heading in WIDE else 12)


def _finish(sheet: xlsxwriter.worksheet.Worksheet, queue: str, outcome: int, last: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    words = [code.standard for code in outcomes_for(queue)]
    sheet.data_validation(1, outcome, max(last, TEXT_ROWS), outcome, {"validate": "list", "source": words})


def _lines(told: Sheet, routings: Sequence[Routing], places: dict[str, str], *, is_whole: bool) -> Iterator[list[str]]:
    number = 0
    for routing in routings:
        answers = queue_columns.answers_of(routing)
        household = queue_columns.household_of(routing, answers)
        for category in [told.category] if told.category else (routing.categories or [""]):
            if told.category and category not in routing.categories:
                continue
            made = _decision(routing, category)
            for n, who in enumerate(queue_columns.people_for(routing, category, household)):
                number += 1
                known = queue_columns.cells(routing, answers, who, household, made, places, is_whole=is_whole)
                known["序号"] = str(number)
                ours = _ours(routing, category, made) if n == 0 else [routing.case.number, *[""] * (len(OURS) - 1)]
                yield [*(known.get(heading, "") for heading in told.headings), *ours]


def _decision(routing: Routing, category: str) -> Decision | None:
    standing = (one for one in routing.decisions if not one.is_reopened)
    return next((one for one in standing if one.category == category or not category), None)


def _ours(routing: Routing, category: str, made: Decision | None) -> Sequence[str]:
    book = BOOKS.get(Queue(routing.queue))
    word = book(category).standard if book and category else ""
    if made is None:
        return (routing.case.number, word, *[""] * (len(OURS) - 2))
    yuan = f"{made.amount_fen / 100:.2f}" if made.amount_fen is not None else ""
    return (
        routing.case.number, (book(made.category).standard if book and made.category else word),
        DecisionOutcome(made.outcome).standard, DecisionDetail(made.detail).standard if made.detail else "",
        made.decided_on.isoformat(), str(made.people_count or ""), yuan,
        f"{made.starts_on:%Y-%m}" if made.starts_on else "",
        DeclineReason(made.reason_code).standard if made.reason_code in set(DeclineReason) else "", made.reason,
    )  # fmt: skip
