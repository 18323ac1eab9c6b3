"""督办通知单: what a county orders a township to see to, with its list and room for both seals (DOMAIN §5.4).

The list says how each household stands when the sheet is printed, like its page; names are masked.
"""

from backend import clock
from backend.codebook import Duty, Stage
from backend.desk.page import last_day
from backend.desk.span import Span, span_of
from backend.documents.paper import SERIF, Paper
from backend.documents.reading import day, moment
from backend.domain.identity import mask_name
from backend.models import Case, SupervisionNotice

INK = (("签发单位", "盖章"), ("签发人签字", ""), ("被督办单位签收", "盖章"), ("签收人、日期", ""))
HEAD = ("序", "村", "申请人", "预警编号", "入户期限", "现在", "核查人", "到哪一步")
WIDTHS = (9, 19, 16, 44, 18, 24, 28, 17)


def supervision_sheet(notice: SupervisionNotice) -> bytes:
    """The notice as PDF: the order, its households, the township's answer as far as there is one."""
    paper = Paper("督办通知单", foot=f"{notice.number}　一式两份，签发单位和被督办单位各留一份")
    paper.add_page()
    paper.letters(SERIF, 10.5)
    paper.cell(0, 5, f"编号　{notice.number}", new_x="LMARGIN", new_y="NEXT")
    paper.line_of("督 办 通 知 单", 22, family=SERIF, align="C", heavy=True)
    paper.ln(3)
    paper.grid(
        [
            ["被督办单位", f"{notice.township.name}人民政府", "签发时间", moment(notice.issued_at)],
            ["签发单位", notice.issuer.unit or notice.issuer.name, "回复时限", f"{day(last_day(notice.due_at))} 24:00"],
            ["督办事项", notice.matter, None, None],
            ["要回复什么", notice.reply_wanted, None, None],
        ],
        (26, 62, 24, 63), labels=(0, 2), least=9,
    )  # fmt: skip
    paper.heading("督办的户", beside=f"{len(notice.cases)} 户，{moment(clock.now())} 的样子")
    rows: list[list[str | None]] = [list(HEAD)]
    rows += [_line(number, case) for number, case in enumerate(notice.cases, 1)]
    paper.grid(rows, WIDTHS, size=9.5, head=True, align="CENTER")
    _answer(paper, notice)
    paper.ink_row(INK)
    return paper.written()


def _line(number: int, case: Case) -> list[str | None]:
    going = sorted((one for one in case.assignments if one.ended_at is None), key=lambda one: one.duty != Duty.MAIN)
    people, last = "、".join(one.user.name for one in going) or "还没派", last_day(case.ends_at)
    village = case.village.short_name if case.village else ""
    return [str(number), village, mask_name(case.applicant_name), case.number, f"{last.month}月{last.day}日",
            standing(span_of(case)), people, Stage(case.stage).label]  # fmt: skip


def standing(span: Span) -> str:
    """A household's clock in the words of the pages (components/parts.html)."""
    match span.kind:
        case "overdue":
            return f"超期 {span.days} 天"
        case "today":
            return "今天到期"
        case "left":
            return f"还剩 {span.days} 天"
        case "visited":
            return f"按期入户，第 {span.days} 天"
        case "late":
            return f"超期 {span.days} 天入户"
        case _:
            return "没入户就办结了"


def _answer(paper: Paper, notice: SupervisionNotice) -> None:
    said = notice.answered_at is not None
    paper.heading("办理情况", beside="" if said else "被督办单位填")
    by = notice.answerer.name if notice.answerer else ""
    paper.grid(
        [["怎么办的，办到哪一步", notice.answer], ["回复人、时间", f"{by}　{moment(notice.answered_at)}" if said else ""],
         ["销号", moment(notice.closed_at)]],
        (40, 135), labels=(0,), least=10 if said else 12,
    )  # fmt: skip
