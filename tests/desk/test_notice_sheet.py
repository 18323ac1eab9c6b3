"""告知说明: one page, large, with its article, its last day, numbers that somebody answers; for departments' refusals, too."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pylopdf_fonts_zh_cn as fonts
import pytest
from pypdf import PdfReader

from backend import clock
from backend.codebook import DeclineReason
from backend.desk.notices import SURELY_FITS
from backend.documents.faces import _measured
from backend.documents.notice_sheet import LEAST, Notice, check_one_page, notice_sheet
from backend.domain import decision, liaison, review, routing
from backend.models import Area, Parameter, db
from backend.problems import Problem
from tests.cast import COUNTY, GONGMEN
from tests.desk.browser import visit
from tests.desk.test_hints import ANSWERS
from tests.desk.test_printouts import page_count, refused, text_of  # noqa: F401 - a fixture
from tests.factories import assigned_case

FOOT = 45
NOTICE = Notice(
    number="YJ620525-20260501-0001", name="马占福", place="毛山村三社", township="恭门镇", declared_on=date(2026, 5, 1),
    visited_on=date(2026, 5, 3), visitors=("米建军", "丁志强"), people=3,
    figures=(("您家 3 口人，过去一年每人收入", 674_000), ("超过了低保标准（每人每年）", 600_000)),
    reasons=tuple(DeclineReason)[:2], text="房子是砖房，有面包车拉货。", still_open="", object_by=None,
    told_on=date(2026, 5, 6), is_demo=True,
)  # fmt: skip


def sizes_of(pdf: bytes) -> list[tuple[str, float]]:
    """What is read on the page, with its size in points; the foot of the page is left out."""
    found: list[tuple[str, float]] = []

    def note(words, _cm, place, _font, size):
        if words.strip("\0 \n") and place[5] > FOOT:
            found.append((words.replace("\0", ""), size))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return found


def test_every_line_of_the_notice_is_large():
    found = sizes_of(notice_sheet(NOTICE))
    told = "".join(words for words, _ in found)
    for part in ("演示参数", "被告知人", "盖章", "拒签", "12345", "不同意怎么办"):
        assert part in "".join(told.split()), part
    assert [one for one in found if one[1] < LEAST] == []


def test_a_long_reason_draws_the_lines_together_and_then_says_how_much_fits():
    short = replace(NOTICE, text="因" * 120)
    assert len(PdfReader(io.BytesIO(notice_sheet(short))).pages) == 1
    assert min(size for _, size in sizes_of(notice_sheet(short))) >= LEAST
    with pytest.raises(Problem, match="notice_too_long") as caught:
        notice_sheet(replace(NOTICE, text="因" * 900))
    most = caught.value.facts["most"]
    assert 100 < most < 900
    assert len(PdfReader(io.BytesIO(notice_sheet(replace(NOTICE, text="因" * most)))).pages) == 1
    with pytest.raises(Problem, match="notice_too_long"):
        notice_sheet(replace(NOTICE, text="因" * (most + 40)))


def test_a_few_words_always_fit_whatever_else_stands_there():
    fullest = replace(
        NOTICE, place="马鹿回族自治乡草川铺村民委员会第十二社下庄安置点三排", township="张家川回族自治县马鹿镇", people=12,
        declared_on=date(2025, 12, 1), visited_on=date(2025, 12, 3), visitors=("阿不都热合曼", "丁志强", "米建军", "白彩霞"),
        figures=(*NOTICE.figures, ("超过了监测范围（每人每年）", 800_000)), reasons=(max(DeclineReason, key=lambda one: len(one.label)),),
        text="因" * SURELY_FITS, refused="孤儿（事实无人抚养儿童）", judged_by="县上审核", object_by=date(2026, 5, 26),
        phones=("12317", "12345", "12000000555", "12000000556", "12000000557"), office_phone="0938-12345678",
    )  # fmt: skip
    check_one_page(fullest)


def test_what_one_sheet_leaves_out_the_next_one_has():
    before = _measured(str(fonts.sans_path())).ttfont["maxp"].numGlyphs
    first, other = notice_sheet(NOTICE), notice_sheet(replace(NOTICE, name="鑫淼焱垚"))
    assert "鑫淼焱垚" in "".join(words for words, _ in sizes_of(other))
    assert sizes_of(notice_sheet(NOTICE)) == sizes_of(first)
    shared = _measured(str(fonts.sans_path()))
    assert (shared.ttfont["maxp"].numGlyphs, len(shared.ttfont.getGlyphOrder()), len(shared.subset)) == (
        before,
        before,
        2,
    )


def test_before_the_talk_it_says_how_many_days_and_whom_to_ring(desk, cast, refused):  # noqa: F811
    today = clock.local(clock.now()).date()
    rows = (("objection_days", 20), ("supervision_phones", ["12317", "12000000555"]))
    db.session.add_all(
        Parameter(key=key, area_code=COUNTY, value=value, valid_from_on=today, source="县里定") for key, value in rows
    )
    card = liaison.Card(unit="恭门镇民政办", name="苏玉兰", title="主任", duty="A", office_phone="12000000666",
                        mobile="12000000991", note="")  # fmt: skip
    liaison.add_liaison(
        db.session.get(Area, GONGMEN), card, valid_from_on=today - timedelta(days=3), actor=cast.bai_caixia
    )
    answer = desk(cast.bai_caixia).get(f"/cases/{refused.id}/notice.pdf")
    told = text_of(answer)
    assert page_count(answer) == 1
    for part in (
        "请在告知后20日内，到镇民政办",
        "镇民政办12000000666",
        "乡村振兴12317",
        "监督电话12000000555",
        "依据：甘民发〔2023〕53号二",
    ):
        assert part in told, part
    assert "12000000991" not in told
    assert "政务热线" not in told


def test_a_department_s_refusal_is_told_with_its_reason_and_article(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, **ANSWERS).case
    review.approve(case, actor=cast.bai_caixia)
    sent = routing.route(case, to={"social_assistance": ["dibao"]}, reason="报县上", actor=cast.bai_caixia)[0]
    mine = desk(cast.bai_caixia)
    assert "notice.pdf" not in mine.get(f"/cases/{case.id}").text
    decision.decide(
        routing.accept(sent, actor=cast.tuo_fuying), outcome="declined", category="dibao", reason_code="property",
        reason="有一辆新买的小轿车", decided_on=clock.local(clock.now()).date(), alternative="可以申请临时救助",
        actor=cast.tuo_fuying,
    )  # fmt: skip
    assert "notice.pdf" in mine.get(f"/cases/{case.id}").text
    answer = mine.get(f"/cases/{case.id}/notice.pdf")
    told = text_of(answer)
    assert page_count(answer) == 1
    for part in (
        "您家这次没有纳入农村低保。",
        "县上审核后",
        "财产超过规定",
        "小轿车",
        "民发〔2021〕57号第14条",
        "可以申请临时救助",
    ):
        assert part in told, part
