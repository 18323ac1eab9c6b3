"""公示: lists to hang in a village, one sheet for each village and kind (57号 第19、24条; DOMAIN §5.4).

On them stand the applicant, the size of the household, what is proposed and until when; no number of any person, no
telephone of theirs, no illness, no 社, and no child. Names are masked unless `is_whole`.
"""

from collections.abc import Sequence
from datetime import date

from backend.codebook import AssistanceCategory, Queue
from backend.documents.paper import SERIF, Paper
from backend.documents.reading import day as said_day
from backend.documents.reading import township_kind, yuan
from backend.domain.identity import mask_name
from backend.domain.public_notice import Posted

LABELS = {one.value: one.label for one in (*AssistanceCategory, Queue.RELAPSE_PREVENTION)}
MONITORED = "防返贫监测对象"
SOURCES = {
    AssistanceCategory.DIBAO: "民发〔2021〕57号第十九条", AssistanceCategory.TEKUN: "《特困人员认定办法》第十五条",
    AssistanceCategory.TEMPORARY: "《社会救助暂行办法》第四十九条",
}  # fmt: skip
OTHERWISE = "防止返贫动态监测和帮扶的规定"
SIZE = 14


def word_of(kind: str) -> str:
    """What the people on the list are to be included as."""
    return MONITORED if kind == Queue.RELAPSE_PREVENTION else LABELS.get(kind, kind)


def public_notice_sheet(
    sheets: Sequence[Sequence[Posted]], on: date, phones: Sequence[str], *, taken_by: str = ""
) -> bytes:
    """The lists as PDF, each from a page of its own; `phones` are the county's 监督电话.

    Names are whole only with `taken_by`, who took them out and when: it stands below every page.
    """
    foot = "　".join(filter(None, ("公示期满由村上收回，不要留在墙上", taken_by)))
    paper = Paper("公示", foot=foot, left=22, right=22, top=20)
    for posted in sheets:
        paper.add_page()
        _sheet(paper, posted, on, phones, is_whole=bool(taken_by))
    return paper.written()


def _sheet(paper: Paper, posted: Sequence[Posted], on: date, phones: Sequence[str], *, is_whole: bool) -> None:
    case, word = posted[0].case, word_of(posted[0].kind)
    village = case.village.short_name if case.village else ""
    paper.line_of(f"拟纳入{word}公示", 24, family=SERIF, align="C", heavy=True)
    paper.line_of(f"{case.township.name}{village}", 15, family=SERIF, align="C")
    paper.ln(5)
    source = SOURCES.get(posted[0].kind, OTHERWISE)
    paper.line_of(
        f"　　按照{source}，经入户核查和初审，下列 {len(posted)} 户拟纳入{word}，现在公示。有不同意见的，公示期内可以到{township_kind(case.township.name)}上、"
        f"县上反映，也可以打监督电话：{'、'.join(phones) or '＿＿＿＿＿＿'}。",
        SIZE, family=SERIF,
    )  # fmt: skip
    paper.ln(4)
    is_dibao = posted[0].kind == AssistanceCategory.DIBAO
    head: list[str | None] = ["序号", "户主姓名", "家庭成员数", "公示起止"]
    if is_dibao:
        head.insert(3, "月保障金额（元）")
    widths = (14, 34, 26, 38, 54) if is_dibao else (14, 44, 34, 74)
    paper.grid([head], widths, size=SIZE, head=True, align="CENTER", least=11)
    paper.grid([_line(number, one, is_dibao, is_whole) for number, one in enumerate(posted, 1)], widths, size=SIZE,
               align="CENTER", least=11)  # fmt: skip
    paper.room_for(44)
    paper.ln(22)
    paper.line_of(f"{case.township.name}人民政府（盖章）　　", SIZE, family=SERIF, align="R")
    paper.line_of(f"{said_day(on)}　　", SIZE, family=SERIF, align="R")


def _line(number: int, one: Posted, is_dibao: bool, is_whole: bool) -> list[str | None]:
    name = one.case.applicant_name
    line: list[str | None] = [
        str(number),
        name if is_whole else mask_name(name),
        str(one.people or ""),
        span_words(one),
    ]
    if is_dibao:
        line.insert(3, yuan(one.amount_fen))
    return line


def span_words(one: Posted) -> str:
    """7月1日—7月7日."""
    return f"{one.from_on.month}月{one.from_on.day}日—{one.until_on.month}月{one.until_on.day}日"
