"""家庭经济状况核对授权书, with what becomes of the household's data read out before it is signed (DOMAIN §1.5, §8).

All adults of the household sign; who cannot write puts a thumb.
"""

from backend.desk.case_view import CaseView
from backend.documents.paper import SANS, SERIF, Paper

ROWS_AT_LEAST = 6
TEXT = (
    "本人和家庭成员授权乡镇人民政府、县民政局、县乡村振兴部门，为办理社会救助和防返贫监测，向有关部门和机构查询、核对"
    "我家的户籍、收入、财产、医疗、住房、车辆、工商登记、社会保险等情况。所填所说都是真的；有意隐瞒的，愿意退回已领的救助。"
)
NOTICE = (
    "个人信息怎么用：由乡镇和县上的民政、乡村振兴部门收集，只用来核查困难、办理救助和监测；存在县里的系统里，按档案规定"
    "的年限保存；不给无关的人看，公示时不写身份证号、电话、病情；孩子的情况不公示。您可以到镇上查、改自己家的信息。"
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
    paper.line_of(f"　　{NOTICE}", 11.5, family=SANS)
    paper.ln(3)
    names = list(dict.fromkeys([case.applicant_name, *(member.name for member in view.members)]))
    filled = [*names, *[""] * max(0, ROWS_AT_LEAST - len(names))]
    rows: list[list[str | None]] = [["序", "成年家庭成员", "签字（手印）", "日期"]]
    rows += [[str(number), name, "", ""] for number, name in enumerate(filled, 1)]
    paper.grid(rows, (10, 40, 76, 40), size=12, head=True, align="CENTER", least=14)
    paper.ln(4)
    paper.line_of("经办人签字：＿＿＿＿＿＿＿＿　　念过一遍：□ 是　　＿＿＿＿ 年 ＿＿ 月 ＿＿ 日", 12, family=SERIF)
    return paper.written()
