"""家庭经济状况核对授权书, with what becomes of the household's data read out before it is signed (DOMAIN §1.5, §8).

All adults of the household sign; who cannot write puts a thumb.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend import clock
from backend.desk.case_view import CaseView
from backend.documents.paper import SANS, SERIF, Paper
from backend.documents.reading import township_kind
from backend.domain.checklist import members_of
from backend.domain.conditions import age_of

ROWS_AT_LEAST = 6
ADULT = 18
PUPILS = ("preschool", "kindergarten", "primary", "junior", "senior", "vocational")
TEXT = (
    "本人和家庭成员授权乡镇人民政府、县民政局、县乡村振兴部门，为办理社会救助和防返贫监测，向有关部门和机构查询、核对"
    "我家的户籍、收入、财产、医疗、住房、车辆、工商登记、社会保险等情况。所填所说都是真的；有意隐瞒的，愿意退回已领的救助。"
)
NOTICE = (
    "个人信息怎么用：由乡镇和县上的民政、乡村振兴部门收集，只用来核查困难、办理救助和监测；存在县里的系统里，按档案规定"
    "的年限保存；不给无关的人看，公示时不写身份证号、电话、病情；孩子的情况不公示。您可以到{kind}上查、改自己家的信息。"
    "不满十四岁孩子的信息，由监护人同意。"
)


def authorisation_sheet(view: CaseView) -> bytes:
    """One page for a case; the members known so far stand in the table, the rest is left empty."""
    case = view.case
    paper = Paper("家庭经济状况核对授权书", foot="一式两份，乡镇和本人各留一份", left=22, right=22)
    paper.add_page()
    paper.line_of("家庭经济状况核对授权书", 22, family=SERIF, align="C", heavy=True)
    paper.ln(3)
    paper.letters(SERIF, 10)
    paper.line_of(f"案件编号　{case.number}　　{case.township.name}{case.place}", 10.5, family=SERIF)
    paper.ln(1)
    paper.line_of(f"　　{TEXT}", 13, family=SERIF)
    paper.ln(2)
    paper.line_of(f"　　{NOTICE.format(kind=township_kind(case.township.name))}", 11.5, family=SANS)
    paper.ln(3)
    names = _signers(view, clock.local(clock.now()).date())
    filled = [*names, *[""] * max(0, ROWS_AT_LEAST - len(names))]
    rows: list[list[str | None]] = [["序", "成年家庭成员", "签字（手印）", "日期"]]
    rows += [[str(number), name, "", ""] for number, name in enumerate(filled, 1)]
    paper.grid(rows, (10, 40, 76, 40), size=12, head=True, align="CENTER", least=14)
    paper.ln(4)
    paper.line_of("经办人签字：＿＿＿＿＿＿＿＿　　念过一遍：□ 是　　＿＿＿＿ 年 ＿＿ 月 ＿＿ 日", 12, family=SERIF)
    return paper.written()


def _signers(view: CaseView, day: date) -> list[str]:
    """The applicant and the members who are of age on `day`; whose age nobody knows stays listed."""
    applicant = {"m_name": view.case.applicant_name, "m_id_number": view.case.declaration.id_number}
    found = [one for one in (applicant, *members_of(view.answers)) if _is_adult(one, day)]
    return list(dict.fromkeys(str(one.get("m_name") or "") for one in found))


def _is_adult(member: Mapping[str, Any], day: date) -> bool:
    by_number = age_of({"m_id_number": member.get("m_id_number")}, day)
    age = age_of(member, day) if by_number is None else by_number
    return member.get("m_schooling") not in PUPILS if age is None else age >= ADULT
