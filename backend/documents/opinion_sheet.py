"""联合研判意见表: what the township's two offices found a visit to mean, with room for both seals (DOMAIN §1.5).

Hints are no part of it: people decide, and sign with their own names.
"""

from collections.abc import Iterator
from datetime import datetime

from backend.codebook import PARAMETER_BY_KEY, Queue, ReviewOutcome
from backend.desk.answers import category_label, in_yuan
from backend.desk.case_view import CaseView
from backend.desk.hint_view import Line
from backend.documents.paper import SERIF, Paper
from backend.documents.reading import day, moment
from backend.domain import identity
from backend.domain.routing import OVER
from backend.problems import Problem

TITLE = "入户核查联合研判意见表"
INK = (("民政办负责人签字", ""), ("民政办", "盖章"), ("乡村振兴办负责人签字", ""), ("乡村振兴办", "盖章"))
FIGURES = {
    "monitor": "扣自付以前人均", "monitor_after": "扣自付以后人均", "dibao": "低保算法人均", "tekun": "特困算法人均",
}  # fmt: skip
OFFICES = 2
SAID, WAYS = (40, 93, 42), (50, 85, 40)


def opinion_sheet(view: CaseView) -> bytes:
    """One page and more about the visit that holds. Raises Problem not_found before anybody was there."""
    case = view.case
    if view.visit is None:
        raise Problem("not_found")
    paper = Paper("联合研判意见表", foot="一式两份，民政办和乡村振兴办各留一份")
    paper.add_page()
    paper.letters(SERIF, 9.5)
    paper.cell(0, 5, f"编号　{case.number}", new_x="LMARGIN", new_y="NEXT")
    paper.line_of(TITLE, 22, family=SERIF, align="C", heavy=True)
    paper.ln(3)
    number = case.declaration.id_number
    living = view.visit.living_size
    visitors = "、".join(str(one.get("name", "")) for one in view.visitors) or view.visit.author.name
    paper.grid(
        [
            ["户主（申请人）", case.applicant_name, "身份证号", identity.mask_id(number) if number else ""],
            ["住址", f"{case.township.name}{case.place}", "共同生活", f"{living} 人" if living else ""],
            ["核查人", visitors, "入户时间", moment(view.visit.visited_at)],
            ["申报原话", case.declaration.hardship_text, None, None],
            ["入户情况", view.narrative, None, None],
            ["核查人的理由", view.opinion_reason, None, None],
        ],
        (28, 60, 24, 63), labels=(0, 2),
    )  # fmt: skip
    _figures(paper, view)
    _opinions(paper, view)
    _ways(paper, view)
    paper.ink_row(INK)
    return paper.written()


def _figures(paper: Paper, view: CaseView) -> None:
    lines = [line for one in view.hints.sums for line in one.lines] if view.hints else []
    if lines:
        is_demo = view.hints is not None and view.hints.is_demo
        paper.heading("按核查表算的", beside="按入户那天的参数" + ("，演示参数，非政策标准" if is_demo else ""))
        paper.grid([_figure(line) for line in lines], (40, 40, 95), labels=(0,))


def _figure(line: Line) -> list[str | None]:
    """What the page of hints says of a figure per head beside a line, in the same numbers."""
    standard = PARAMETER_BY_KEY["dibao_standard_fen" if line.percent != 100 else line.parameter].label
    times = f" × {line.percent}%" if line.percent != 100 else ""
    beside = f"{'低于' if line.is_below else '不低于'}{standard}{times}（{in_yuan(line.limit_fen)} 元）"
    return [FIGURES[line.figure], f"{in_yuan(line.per_head_fen)} 元/年", beside]


def _said(view: CaseView) -> Iterator[tuple[str, str, str, datetime]]:
    """(office, person, words, when) of everybody who agreed, the first one first."""
    for one in view.opinions:
        yield one.office, one.giver.name, one.text, one.given_at
    for review in view.case.reviews:
        if review.outcome != ReviewOutcome.APPROVED or review.withdrawn_at is not None:
            continue
        if view.visit and review.visit_id == view.visit.id:
            yield review.reviewer.unit, review.reviewer.name, review.reason, review.reviewed_at


def _opinions(paper: Paper, view: CaseView) -> None:
    said = list(_said(view))
    paper.heading("研判意见", beside="" if len(said) >= OFFICES else "没写的手写")
    rows: list[list[str | None]] = [
        [office, f"同意。{text}" if text else "同意。", f"{person}\n{day(at)}"] for office, person, text, at in said
    ]
    rows += [["", "", ""]] * (OFFICES - len(rows))
    paper.grid([["办公室", "意见", "研判人、日期"]], SAID, head=True)
    paper.grid(rows, SAID, least=16)


def _ways(paper: Paper, view: CaseView) -> None:
    standing = [one for one in view.case.routings if one.state not in OVER]
    paper.heading("去向", beside="" if standing else "研判后填")
    rows: list[list[str | None]] = []
    for one in standing:
        kinds = "、".join(category_label(one.queue, code) for code in one.categories)
        rows.append([f"{Queue(one.queue).label}{f'（{kinds}）' if kinds else ''}", one.reason, day(one.routed_at)])
    paper.grid([["转往", "理由", "时间"]], WAYS, head=True)
    paper.grid(rows or [["", "", ""]], WAYS, least=9)
