"""入户核查结果告知说明: one page in everyday words, 16 points and more, read by lamplight (57号 第21条; 53号 二).

In this order: the result, why, what is still open, how to object and by when, signatures (look/LOOK.md, Print).
"""

from dataclasses import dataclass, replace
from datetime import date

from backend.codebook import DeclineReason
from backend.documents.bases import bases_of
from backend.documents.paper import POINT, SANS, SERIF, Paper
from backend.documents.reading import day, township_kind, yuan
from backend.problems import Problem

HOTLINES = {"12317": "乡村振兴", "12345": "政务热线"}
# Nothing that is read is smaller than LEAST; lines draw together step by step until the page holds it all.
LEAST, BODY = 16, 16.5
LEADINGS = (1.45, 1.3, 1.18)
SIGNING = 46
LEFT_OUT = "……（其余的当面说）"
SIGNERS = (("被告知人（签字或手印）", 1.5), ("告知人", 1.0), ("见证人", 1.0))


@dataclass(frozen=True)
class Notice:
    """What one household is told. `figures` are (words, fen a year); `is_demo` marks thresholds without a document.

    `refused`: in what it was not included; `judged_by` who said so. Without a talk yet there is no last day to object:
    then `object_days` after it.
    """

    number: str
    name: str
    place: str
    township: str
    declared_on: date
    visited_on: date | None
    visitors: tuple[str, ...]
    people: int | None
    figures: tuple[tuple[str, int], ...]
    reasons: tuple[str, ...]
    text: str
    still_open: str
    object_by: date | None
    told_on: date
    is_demo: bool
    object_days: int = 15
    phones: tuple[str, ...] = tuple(HOTLINES)
    office_phone: str = ""
    refused: str = "救助和监测"
    judged_by: str = ""


def notice_sheet(notice: Notice) -> bytes:
    """The page as PDF. Raises Problem notice_too_long (how many characters of the reason fit) when one page cannot hold it."""
    for leading in LEADINGS:
        if paper := _page(notice, leading):
            return paper.written()
    raise Problem("notice_too_long", most=_most_that_fits(notice))


def check_one_page(notice: Notice) -> None:
    """Raises Problem notice_too_long, before anything is written that could not be printed afterwards."""
    if _page(notice, LEADINGS[-1]) is None:
        raise Problem("notice_too_long", most=_most_that_fits(notice))


def shortened(notice: Notice) -> Notice:
    """The notice with as much of its text as one page holds, and a word where the rest was left out.

    What a phone handed in, or a file of results, stands as it is; it can no longer be refused for its length.
    """
    if _page(notice, LEADINGS[-1]) is not None:
        return notice
    kept = max(0, _most_that_fits(notice) - 2 * len(LEFT_OUT))
    return replace(notice, text=notice.text[:kept] + LEFT_OUT)


def _most_that_fits(notice: Notice) -> int:
    fits, beyond = 0, len(notice.text)
    while beyond - fits > 1:
        middle = (fits + beyond) // 2
        is_fit = _page(replace(notice, text=notice.text[:middle]), LEADINGS[-1]) is not None
        fits, beyond = (middle, beyond) if is_fit else (fits, middle)
    return fits


def _page(notice: Notice, leading: float) -> Paper | None:
    """The sheet; None when it does not fit one page."""
    paper = Paper("入户核查结果告知说明", left=22, right=22, top=14, foot=f"编号　{notice.number}")
    paper.leading = leading
    paper.add_page()
    paper.line_of("入户核查结果告知说明", 25, family=SERIF, align="C", heavy=True)
    paper.line(paper.l_margin, paper.y + 1, paper.w - paper.r_margin, paper.y + 1)
    paper.ln(3)
    _opening(paper, notice)
    _result(paper, notice)
    _why(paper, notice)
    _open_to_you(paper, notice)
    _objection(paper, notice)
    if paper.page_no() > 1 or paper.y + 3 > paper.h - paper.b_margin - SIGNING:
        return None
    _signatures(paper, notice)
    return paper


def _opening(paper: Paper, notice: Notice) -> None:
    paper.line_of(f"{notice.name}（{notice.place}）：", 18, heavy=True)
    went = (
        f"{_short(notice.visited_on, notice.told_on)}，{'、'.join(notice.visitors)}到您家看过，"
        if notice.visited_on
        else ""
    )
    judged = notice.judged_by or f"{township_kind(notice.township)}上研判"
    paper.line_of(
        f"您 {_short(notice.declared_on, notice.told_on)}通过“一键报贫”申请帮助。{went}{judged}后，现在告诉您：",
        BODY,
    )


def _short(value: date, told_on: date) -> str:
    """Month and day, with the year where it is not the sheet's own."""
    return f"{value.month} 月 {value.day} 日" if value.year == told_on.year else day(value)


def _result(paper: Paper, notice: Notice) -> None:
    paper.ln(2)
    top = paper.y
    paper.ln(2)
    paper.line_of(f"您家这次没有纳入{notice.refused}。", 21, align="C", heavy=True)
    paper.set_line_width(0.7)
    paper.rect(paper.l_margin, top, paper.epw, paper.y + 2 - top, round_corners=True, corner_radius=2)
    paper.set_line_width(0.18)
    paper.ln(2)


def _why(paper: Paper, notice: Notice) -> None:
    paper.heading("为什么", 17)
    for words, fen in notice.figures:
        paper.letters(SANS, BODY)
        paper.cell(0, BODY * POINT * 1.5, words)
        paper.letters(SANS, 19)
        with paper.bold(19):
            paper.set_x(paper.l_margin)
            paper.cell(0, BODY * POINT * 1.5, f"{yuan(fen)} 元", align="R", new_x="LMARGIN", new_y="NEXT")
        paper.line(paper.l_margin, paper.y, paper.w - paper.r_margin, paper.y)
    for reason in notice.reasons:
        paper.line_of(f"{DeclineReason(reason).label}。" if reason in set(DeclineReason) else reason, 16)
    if notice.text:
        paper.line_of(notice.text, 16)
    paper.line_of(f"依据：{bases_of(notice.reasons)}。", 16)
    if notice.is_demo and notice.figures:
        paper.line_of("上面的标准是演示参数，非政策标准。", 16)


def _open_to_you(paper: Paper, notice: Notice) -> None:
    paper.heading("您还能享受", 17)
    paper.line_of(notice.still_open or "医保报销、养老金、学生资助这些，照常享受。", BODY)


def _objection(paper: Paper, notice: Notice) -> None:
    paper.heading("不同意怎么办", 17)
    last = (
        f"在 {_short(notice.object_by, notice.told_on)}以前"
        if notice.object_by
        else f"在告知后 {notice.object_days} 日内"
    )
    office = f"{township_kind(notice.township)}民政办"
    paper.line_of(f"请{last}，到{office}说一声，或打电话，我们派别的人再看一次。以后家里有变化，随时可以再申报。", BODY)
    lines = (
        (office, notice.office_phone or "＿＿＿＿＿＿"),
        *((HOTLINES.get(one, "监督电话"), one) for one in notice.phones),
    )
    paper.line_of("　".join(f"{who} {number}" for who, number in lines), 16, heavy=True)


def _signatures(paper: Paper, notice: Notice) -> None:
    top, gap = paper.h - paper.b_margin - SIGNING + 2, 6.0
    unit = (paper.epw - gap * (len(SIGNERS) - 1)) / sum(share for _, share in SIGNERS)
    x = paper.l_margin
    paper.letters(SANS, LEAST)
    for words, share in SIGNERS:
        paper.text(x, top + 5, words)
        paper.line(x, top + 23, x + unit * share, top + 23)
        x += unit * share + gap
    paper.text(paper.l_margin, top + 31, "给本人念过了　□ 是　　拒签　□ 是，原因：＿＿＿＿＿")
    paper.letters(SERIF, LEAST)
    paper.text(paper.l_margin, top + 41, f"{notice.township}人民政府（盖章）")
    told = day(notice.told_on)
    paper.text(paper.w - paper.r_margin - paper.get_string_width(told), top + 41, told)
