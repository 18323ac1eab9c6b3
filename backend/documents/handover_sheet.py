"""转办单: what a township hands to a department, with room for both seals (DOMAIN §1.5)."""

from backend.codebook import Queue
from backend.desk.answers import category_label
from backend.desk.case_view import CaseView
from backend.desk.matter import SECTIONS
from backend.documents.paper import SERIF, Paper
from backend.documents.reading import moment, words_of
from backend.domain import identity
from backend.models import Routing

INK = (("乡镇（街道）", "盖章"), ("接收部门", "盖章"), ("接收人签字", ""), ("接收时间", ""))


def handover_sheet(routing: Routing, view: CaseView) -> bytes:
    """A page to the department of one routing; numbers of people are masked."""
    case, queue = routing.case, Queue(routing.queue)
    paper = Paper("转办单", foot="本单一式两份，乡镇和接收部门各留一份")
    paper.add_page()
    paper.letters(SERIF, 9.5)
    paper.cell(0, 5, f"编号　{case.number}-{routing.id}", new_x="LMARGIN", new_y="NEXT")
    paper.line_of("“一键报贫”入户核查转办单", 22, family=SERIF, align="C", heavy=True)
    paper.ln(3)
    number, phone = case.declaration.id_number, view.phone
    people = (view.visit.living_size if view.visit else None) or case.declaration.family_size
    categories = "、".join(category_label(routing.queue, code) for code in routing.categories)
    paper.grid(
        [
            ["转往", f"{queue.label}{f'（{categories}）' if categories else ''}", "转办时间", moment(routing.routed_at)],
            ["户主（申请人）", case.applicant_name, "身份证号", identity.mask_id(number) if number else ""],
            ["住址", f"{case.township.name}{case.place}", "电话", identity.mask_phone(phone) if phone else ""],
            ["家庭人口", str(people or ""), "入户时间", moment(case.visited_at)],
            ["申报原话", case.declaration.hardship_text, None, None],
            ["转办理由", routing.reason, None, None],
            ["入户情况", view.narrative, None, None],
        ],
        (31, 62, 23, 59), labels=(0, 2),
    )  # fmt: skip
    for section, lines in view.sections:
        if section.key in SECTIONS.get(queue, ()):
            paper.heading(section.title)
            paper.grid([[line.label, words_of(line)] for line in lines], (46, 129), labels=(0,))
    paper.heading("办理结果", beside="接收部门填")
    paper.grid([["结果", "", "办结时间", ""], ["说明", "", None, None]], (26, 66, 24, 59), labels=(0, 2), least=12)
    paper.ink_row(INK)
    return paper.written()
