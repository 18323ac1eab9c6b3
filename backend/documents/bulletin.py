"""通报 as an editable Word file in the layout of official papers (GB/T 9704; DOMAIN §5.4), and 150 characters for WeChat.

Numbers come from the same table as the page of figures. Townships are named, households and persons never.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from backend import clock
from backend.documents import bulletin_annex
from backend.documents.ledger import until
from backend.documents.ledgers import late, statistics
from backend.documents.reading import yuan
from backend.domain.figures import Table

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
BODY, LINE = 16, 28
CHAT_LIMIT = 150


@dataclass(frozen=True)
class Bulletin:
    """What the paper is about: area, issue number of the year, who signs, to whom it goes."""

    area_name: str
    table: Table
    issue: int
    addressees: str
    signers: Sequence[str]
    copies: str = ""

    @property
    def year(self) -> int:
        return _signed_on(self.table.as_of).year

    @property
    def title(self) -> str:
        return "关于“甘肃一键报贫”预警信息入户核查工作情况的通报"


def percent(share: float | None) -> str:
    """One decimal; "—" without anything to divide by."""
    return "—" if share is None else f"{share * 100:.1f}%"


def hours(value: float | None) -> str:
    """One decimal where there is one, with its unit; "—" where nobody went yet."""
    return "—" if value is None else f"{f'{value:.1f}'.removesuffix('.0')} 小时"


def overall(table: Table) -> str:
    """一、总体情况 in one paragraph."""
    t = table.total
    return (
        f"截至{until(table.as_of)}，省上推送申报信息 {t['declared']} 件，经比对已享受救助 {t['receiving']} 件，"
        f"重复、无效 {t['not_counted']} 件，发布预警 {t['warned']} 户。应核查 {t['to_visit']} 户，已核查 {t['visited']} 户，"
        f"核查率 {percent(t.visit_share)}；按期核查 {t['in_time']} 户，按期核查率 {percent(t.in_time_share)}；"
        f"平均响应时长 {hours(t.response.mean)}。"
    )


def results(table: Table) -> str:
    """二、办理结果."""
    t = table.total
    return (
        f"转民政 {t['social_assistance']} 户，转防返贫监测 {t['relapse_prevention']} 户，转单项帮扶 {t['referral']} 户，"
        f"不符合条件已解释宣传 {t['explained']} 户。已办结 {t['closed']} 户，其中纳入低保 {t['dibao']} 户 {t['dibao_people']} 人，"
        f"特困 {t['tekun']} 户 {t['tekun_people']} 人，临时救助 {t['temporary_times']} 人次 {yuan(t['temporary_fen'])} 元，孤儿和事实无人抚养儿童 {t['child']} 户，"
        f"残疾人补贴 {t['disability']} 户（生活补贴 {t['living']} 户，护理补贴 {t['nursing']} 户），纳入监测 {t['monitor']} 户 {t['monitor_people']} 人，单项解决 {t['solved']} 户。对结果提出申诉 {t['objected']} 户。"
    )


def problems(table: Table) -> str:
    """三、存在问题: areas with households that nobody went to in time; never a household or a person."""
    behind = sorted((row for row in table.rows if row["overdue"]), key=lambda row: -row["overdue"])
    if not behind:
        return "截至目前没有超期未核的户。"
    return "超期未核的：" + "、".join(f"{row.name or '区划不明'} {row['overdue']} 户" for row in behind) + "。"


def _signed_on(as_of: datetime) -> date:
    """The day of the paper: 24:00 still belongs to the day that ends."""
    return clock.local(as_of - timedelta(microseconds=1)).date()


def chat_text(table: Table, area_name: str) -> str:
    """At most 150 characters for the liaison officers' group; names no household."""
    t = table.total
    behind = sorted((row for row in table.rows if row["overdue"] and row.name), key=lambda row: -row["overdue"])
    said = (
        f"{area_name}入户核查：预警{t['warned']}户，已核查{t['visited']}户，按期率{percent(t.in_time_share)}，"
        f"超期没去{t['overdue']}户，还没到期{t['not_due']}户。"
    )
    for row in behind:
        more = f"{row.name}{row['overdue']}户，"
        if len(said) + len(more) > CHAT_LIMIT - 12:
            break
        said += more
    return said + ("请抓紧去，去了当天上报。" if behind else "")


def bulletin_file(bulletin: Bulletin) -> bytes:
    """The .docx: title, body in four parts, both departments and the date, whom it is copied to; table and T7 as annexes."""
    paper = Document()
    _page(paper)
    _line(paper, bulletin.title, TITLE_FONT, 22, centre=True)
    _line(paper, f"（{bulletin.year}年第{bulletin.issue}期）", BODY_FONT, BODY, centre=True)
    _line(paper, f"{bulletin.addressees}：", BODY_FONT, BODY)
    parts = (
        ("一、总体情况", overall(bulletin.table)), ("二、办理结果", results(bulletin.table)),
        ("三、存在问题", problems(bulletin.table)),
        ("四、工作要求", "各乡镇要按甘民发〔2023〕53号要求，在预警发布后5日内入户，去了当天上报；外出的及时报延期。"),
    )  # fmt: skip
    for head, text in parts:
        _line(paper, head, HEAD_FONT, BODY, indent=True)
        _line(paper, text, BODY_FONT, BODY, indent=True)
    _line(paper, f"附件：1. {statistics.TITLE}", BODY_FONT, BODY, indent=True)
    _line(paper, f"　　　2. {late.TITLE}", BODY_FONT, BODY, indent=True)
    for signer in bulletin.signers:
        _line(paper, signer, BODY_FONT, BODY, right=True)
    day = _signed_on(bulletin.table.as_of)
    signed = f"{day.year}年{day.month}月{day.day}日"
    _line(paper, signed, BODY_FONT, BODY, right=True)
    if bulletin.copies:
        _line(paper, f"抄送：{bulletin.copies}。", BODY_FONT, 14)
    _line(paper, f"{bulletin.signers[0]}　　{signed}印发", BODY_FONT, 14)
    bulletin_annex.write(
        paper, bulletin.table, until(bulletin.table.as_of), line=_line, run=_run, title=(TITLE_FONT, BODY_FONT)
    )
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", "宋体", 14)
    field = foot.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        field._r.append(part)
    _run(foot, " —", "宋体", 14)


def _run(paragraph, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _line(
    paper: Document,
    text: str,
    font: str,
    size: float,
    *,
    centre: bool = False,
    right: bool = False,
    indent: bool = False,
) -> None:
    paragraph = paper.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_after, shape.space_before = Pt(LINE), Pt(0), Pt(0)
    if indent:
        shape.first_line_indent = Pt(size * 2)
    if centre or right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, font, size)
