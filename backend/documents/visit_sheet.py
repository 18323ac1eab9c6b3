"""入户核查表 to print: the whole form from its one definition, with room for ink, thumb and seal (DOMAIN §5.4).

ID numbers and telephone numbers are masked; the QR code holds the case number alone. A drawn signature is
evidence of process, not a 可靠电子签名 (电子签名法 第13条), so the sheet is signed by hand all the same.
"""

from collections.abc import Sequence

from backend.desk.answers import Line
from backend.desk.case_view import CaseView
from backend.desk.page import last_day
from backend.documents.paper import SERIF, Paper
from backend.documents.reading import day, moment, words_of

PAGES = (("S0", "S1"), ("S3", "S4", "S5", "S6"), ("S7", "S9"))
INK = (("被访人签字", "手印"), ("核查人① 签字", ""), ("核查人② 签字", ""), ("村民委员会", "盖章"))
COLUMNS = (("m_id_number", "证件号码", 38), ("m_health", "健康", 18), ("m_labour", "劳动能力", 22), ("m_work", "就业", 20),
           ("m_schooling", "在校", 18), ("m_insurance", "医保", 18))  # fmt: skip
NARROW = 12


def visit_sheet(views: Sequence[CaseView]) -> bytes:
    """A PDF of one or several households' sheets, each from a page of its own; a case without visit prints empty."""
    paper = Paper("入户核查表", foot="手写改过的地方，改的人按手印", seam=True)
    for view in views:
        _household(paper, view)
    return paper.written()


def _household(paper: Paper, view: CaseView) -> None:
    for number, keys in enumerate(PAGES):
        paper.add_page()
        if not number:
            _head(paper, view)
            _visit(paper, view)
        for key in keys:
            _section(paper, view, key)
        if not number:
            _members(paper, view)
        if number == len(PAGES) - 1:
            _long_texts(paper, view)
        paper.ink_row(INK)


def _head(paper: Paper, view: CaseView) -> None:
    top = paper.y
    paper.letters(SERIF, 9.5)
    paper.cell(0, 5, f"案件编号　{view.case.number}")
    paper.set_xy(paper.l_margin, top + 4)
    paper.line_of("入 户 核 查 表", 22, family=SERIF, align="C", heavy=True)
    paper.line_of("“甘肃一键报贫”预警信息入户核查", 11, family=SERIF, align="C")
    paper.code_of(view.case.number, paper.w - paper.r_margin - 20, top)
    paper.set_y(top + 21)


def _visit(paper: Paper, view: CaseView) -> None:
    case, visit = view.case, view.visit
    paper.heading("核查和期限")
    went = (
        f"{moment(visit.visited_at)}{f' 至 {moment(visit.ended_at)[-5:]}' if visit.ended_at else ''}" if visit else ""
    )
    visitors = "、".join(str(one.get("name", "")) for one in view.visitors)
    paper.grid(
        [
            ["预警发布", moment(case.published_at), "截止时间", f"{day(last_day(case.due_at))} 24:00"],
            ["入户时间", went, "核查人", visitors],
            ["住址", f"{case.township.name}{case.place}", "申报人", case.applicant_name],
            ["申报原话", f"{case.declaration.hardship_text}（{day(case.declaration.submitted_at)}）", None, None],
        ],
        (22, 70, 22, 61), labels=(0, 2),
    )  # fmt: skip


def _section(paper: Paper, view: CaseView, key: str) -> None:
    found = next(((section, lines) for section, lines in view.sections if section.key == key), None)
    if found is None:
        return
    section, lines = found
    paper.heading(section.title)
    paper.grid(list(_pairs(lines)), (37, 50.5, 37, 50.5), labels=(0, 2))


def _pairs(lines: Sequence[Line]) -> list[list[str | None]]:
    """Two short answers beside each other, a long one alone; none stands before what was asked first."""
    rows: list[list[str | None]] = []
    waiting: list[str] = []
    for line in lines:
        words = words_of(line)
        if line.kind == "entries" or len(words) > 20:
            rows += [[*waiting, None, None]] if waiting else []
            rows.append([line.label, words, None, None])
            waiting = []
        elif waiting:
            rows.append([*waiting, line.label, words])
            waiting = []
        else:
            waiting = [line.label, words]
    return [*rows, [*waiting, None, None]] if waiting else rows


def _members(paper: Paper, view: CaseView) -> None:
    living = sum(member.is_living for member in view.members)
    paper.heading("家庭成员", beside=f"{len(view.members)} 人，共同生活 {living} 人")
    head = ["序", "姓名", "关系", *(label for _, label, _ in COLUMNS), "同住"]
    rows: list[list[str | None]] = [head]
    for number, member in enumerate(view.members, 1):
        told = {line.key: words_of(line) for line in member.lines}
        rows.append(
            [str(number), member.name, member.relation, *(told.get(key, "") for key, _, _ in COLUMNS),
             "是" if member.is_living else "否"]
        )  # fmt: skip
    widths = (8, 20, 14, *(width for _, _, width in COLUMNS), NARROW)
    paper.grid(rows, widths, size=9.5, head=True, align="CENTER")


def _long_texts(paper: Paper, view: CaseView) -> None:
    for title, text in (("入户情况", view.narrative), ("核查人的理由", view.opinion_reason)):
        if text:
            paper.heading(title)
            paper.grid([[text]], (175,))
    paper.heading("照片", beside=f"{len(view.stored_photos)} 张在系统里" if view.photos else "没有")
