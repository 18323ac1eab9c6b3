"""A queue in the column order of the other system, with our columns for the result behind it."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from backend import clock
from backend.codebook import AssistanceCategory, DecisionDetail, DecisionOutcome, DeclineReason, MonitorCategory, Queue
from backend.documents.row_errors import plain_cell
from backend.domain import identity
from backend.domain.decision import outcomes_for
from backend.domain.review import current_visit
from backend.models import Routing

# The order in which the national system and the rosters name their columns (DOMAIN §2.3).
MONITOR = (
    "省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "性别", "出生日期", "证件类型", "证件号码", "民族",
    "户联系电话", "成员联系电话", "年度", "与户主关系",
)  # fmt: skip
DIBAO = (
    "序号", "乡镇", "村", "社(组)", "低保证号", "户主姓名", "性别", "身份证号码", "家庭人口", "救助原因", "开户银行", "账号",
    "联系电话",
)  # fmt: skip
SINGLE = ("序号", "乡镇", "村", "社(组)", "户主姓名", "家庭人口", "具体问题", "交办时间", "受理时间")
OURS = (
    "预警编号", "转办类别", "结果", "细类", "结果日期", "保障人口", "金额(元)", "起领月份", "不予纳入原因", "说明",
)  # fmt: skip
PROVINCE = "甘肃省"
TITLES = {Queue.SOCIAL_ASSISTANCE: DIBAO, Queue.RELAPSE_PREVENTION: MONITOR}
SEXES = {"male": "男", "female": "女"}
TEXT_ROWS = 1000


def queue_sheet(
    queue: str, rows: Iterable[Routing], places: dict[str, str], office: str = "", watermark: str = ""
) -> bytes:
    """An .xlsx, one line for each routing and category; every cell is text, names and numbers of people are masked.

    With a `watermark` (who took it out, when) it is whole, so that the other system finds the people, and says so on
    every printed page.

    `places` gives the names of the city and the county by code, `office` the printed head. The result columns are to be filled in and brought back.
    """
    headings = TITLES.get(Queue(queue), SINGLE)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(Queue(queue).standard)
    head = book.add_format({"bold": True, "bg_color": "#EFE9DC", "border": 1, "text_wrap": True})
    ours = book.add_format({"bold": True, "bg_color": "#DDEBE7", "border": 1, "text_wrap": True})
    cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    for column, heading in enumerate((*headings, *OURS)):
        sheet.write_string(0, column, heading, head if column < len(headings) else ours)
        sheet.set_column(column, column, 24 if heading in ("预警编号", "说明", "具体问题", "救助原因") else 12)
    line = 0
    for routing in rows:
        for category in routing.categories or [""]:
            line += 1
            values = [*_theirs(queue, routing, places, line, is_whole=bool(watermark)), *_ours(routing, category)]
            for column, text in enumerate(values):
                sheet.write_string(line, column, plain_cell(text), cell)
    sheet.set_header(f"&L{office.replace('&', '&&')}&R{Queue(queue).standard}")
    if watermark:
        sheet.set_footer(f"&C{watermark.replace('&', '&&')}")
        book.set_properties({"comments": watermark})
    _finish(sheet, queue, len(headings) + 2, line)
    book.close()
    return out.getvalue()


def _finish(sheet: xlsxwriter.worksheet.Worksheet, queue: str, outcome: int, last: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    words = [code.standard for code in outcomes_for(queue)]
    sheet.data_validation(1, outcome, max(last, TEXT_ROWS), outcome, {"validate": "list", "source": words})


def _theirs(queue: str, routing: Routing, places: dict[str, str], line: int, *, is_whole: bool) -> Sequence[str]:
    case, told = routing.case, routing.case.declaration
    village = case.village.short_name if case.village else ""
    visit = current_visit(case)
    number, size = told.id_number or "", str((visit.living_size if visit else None) or told.family_size or "")
    name, shown, phone = case.applicant_name, number, told.phone or ""
    if not is_whole:
        name, shown, phone = identity.mask_name(name), identity.mask_id(number), identity.mask_phone(phone)
    born = identity.birth_of(number) if number else None
    sex = SEXES.get(identity.sex_of(number), "") if number else ""
    match queue:
        case Queue.RELAPSE_PREVENTION:
            day = clock.local(routing.routed_at).date()
            return (
                PROVINCE, places.get(case.county_code[:4], ""), places.get(case.county_code, ""), case.township.name, village,
                "", "", name, sex, str(born.year) if born else "", "居民身份证", shown, "", phone, phone,
                str(day.year), "户主",
            )  # fmt: skip
        case Queue.SOCIAL_ASSISTANCE:
            return (
                str(line), case.township.name, village, case.group_text, "", name, sex, shown, size,
                told.risk_text or "", "", "", phone,
            )  # fmt: skip
    taken = clock.local(routing.accepted_at).date().isoformat() if routing.accepted_at else ""
    return (
        str(line), case.township.name, village, case.group_text, name, size, routing.reason,
        clock.local(routing.routed_at).date().isoformat(), taken,
    )  # fmt: skip


def _ours(routing: Routing, category: str) -> Sequence[str]:
    books = {Queue.SOCIAL_ASSISTANCE: AssistanceCategory, Queue.RELAPSE_PREVENTION: MonitorCategory}
    book = books.get(Queue(routing.queue))
    word = book(category).standard if book and category else ""
    made = next((d for d in routing.decisions if not d.is_reopened and (d.category == category or not category)), None)
    if made is None:
        return (routing.case.number, word, *[""] * 8)
    yuan = f"{made.amount_fen / 100:.2f}" if made.amount_fen is not None else ""
    return (
        routing.case.number, (book(made.category).standard if book and made.category else word),
        DecisionOutcome(made.outcome).standard, _label(made.detail), made.decided_on.isoformat(),
        str(made.people_count or ""), yuan, f"{made.starts_on:%Y-%m}" if made.starts_on else "",
        DeclineReason(made.reason_code).standard if made.reason_code in set(DeclineReason) else "", made.reason,
    )  # fmt: skip


def _label(detail: str) -> str:
    return DecisionDetail(detail).standard if detail else ""
