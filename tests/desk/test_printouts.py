"""核查表、授权书、告知说明、转办单、研判意见表、督办通知单: sheets to sign, with masked numbers and no name in the file's."""

import io
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from backend import clock
from backend.codebook import Role
from backend.desk.answers import Line
from backend.documents.reading import words_of
from backend.domain import explanation, joint_review, review, routing, supervision
from backend.models import Area, Parameter, Posting, User, db
from tests.cast import GONGMEN, SINCE
from tests.desk.browser import visit
from tests.desk.test_hints import ANSWERS
from tests.factories import assigned_case, id_number, publish

NUMBER = id_number(order=778)


@pytest.fixture
def refused(cast):
    """马占福's household was visited and routed to 不符合."""
    case = visit(assigned_case(cast, id_number=NUMBER, phone="12000000778"), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    routing.route(case, to={"explanation": []}, reason="收入高于标准，没有突出困难", actor=cast.bai_caixia)
    return case


def text_of(answer) -> str:
    """The words of a PDF, spaces dropped."""
    assert answer.status_code == 200, answer.text[:300]
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return "".join("".join(page.extract_text().replace("\0", "").split()) for page in pages)


def page_count(answer) -> int:
    return len(PdfReader(io.BytesIO(answer.data)).pages)


@pytest.mark.parametrize("sheet", ["visit-sheet", "authorisation", "notice", "opinion"])
def test_a_sheet_is_a_pdf_without_a_name_in_its_name(desk, cast, refused, sheet):
    answer = desk(cast.bai_caixia).get(f"/cases/{refused.id}/{sheet}.pdf")
    told = text_of(answer)
    assert "马占福" in told
    assert NUMBER not in told
    assert "12000000778" not in told
    assert refused.number in answer.headers["Content-Disposition"]
    assert "%E9%A9%AC%E5%8D%A0" not in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "label", "words", "unit", "told"),
    [
        ("money", "自己花了多少", ["80,000"], "元", "自己花了 80,000 元"), ("number", "干了几个月", ["5"], "个月", "干了 5 个月"),
        ("yes_no", "有票据", ["yes"], "", "有票据"), ("yes_no", "有票据", ["no"], "", "没有票据"),
        ("yes_no", "有没有证", ["no"], "", "有没有证 没有"), ("choice", "哪一项", ["住院自付"], "", "住院自付"),
    ],
)  # fmt: skip
def test_an_entry_reads_as_a_phrase_on_paper(kind, label, words, unit, told):
    entry = [Line("x", label, kind, words, unit)]
    assert words_of(Line("expenses", "刚性支出", "entries", [], entries=(entry,))) == told


def test_the_visit_sheet_has_a_page_for_each_third_and_ink_on_all(desk, cast, refused):
    answer = desk(cast.bai_caixia).get(f"/cases/{refused.id}/visit-sheet.pdf")
    told = text_of(answer)
    assert page_count(answer) >= 3
    assert told.count("被访人签字") >= 3
    assert "马法图麦" in told
    assert f"共{page_count(answer)}页" in told


def test_the_notice_fits_one_page_and_says_how_to_object(desk, cast, refused):
    answer = desk(cast.bai_caixia).get(f"/cases/{refused.id}/notice.pdf")
    assert page_count(answer) == 1
    told = text_of(answer)
    assert "没有纳入" in told
    assert "不同意怎么办" in told
    assert "收入高于标准，没有突出困难" in told


def test_the_notice_names_the_last_day_the_year_and_the_township_as_it_is(desk, cast, refused):
    explanation.explain(
        refused, reason_codes=["income"], text="收入高过标准，今年不能纳入。", method="in_person", receipt="signed",
        explained_at=clock.now(), actor=cast.bai_caixia,
    )  # fmt: skip
    refused.declaration.submitted_at -= timedelta(days=800)
    until = refused.explanations[-1].object_until_on
    told = text_of(desk(cast.bai_caixia).get(f"/cases/{refused.id}/notice.pdf"))
    assert f"请在{until.month}月{until.day}日以前，到镇民政办" in told
    declared = clock.local(refused.declaration.submitted_at)
    assert f"您{declared.year}年{declared.month}月{declared.day}日通过" in told
    refused.township.name = "恭门乡"
    told = text_of(desk(cast.bai_caixia).get(f"/cases/{refused.id}/notice.pdf"))
    assert [words for words in ("到乡民政办", "乡上研判后", "恭门乡人民政府") if words not in told] == []
    assert "镇" not in told


def test_only_adults_sign_the_authorisation(desk, cast):
    day = clock.local(clock.now()).date()
    young, grown = f"{day.year - 17}0101", f"{day.year - 18}0101"
    members = [
        {"m_name": "马玉兰", "m_id_number": id_number(grown, 311)}, {"m_name": "马小证", "m_id_number": id_number(young, 312)},
        {"m_name": "马小生", "m_birth_on": f"{day.year - 9}-03-01"}, {"m_name": "马大生", "m_birth_on": f"{day.year - 40}-03-01"},
        {"m_name": "马学娃", "m_schooling": "primary"}, {"m_name": "马不详"},
    ]  # fmt: skip
    case = visit(assigned_case(cast), author=cast.mi_jianjun, members=members).case
    told = text_of(desk(cast.bai_caixia).get(f"/cases/{case.id}/authorisation.pdf"))
    assert [name for name in ("马占福", "马玉兰", "马大生", "马不详") if name not in told] == []
    assert [name for name in ("马小证", "马小生", "马学娃") if name in told] == []


def test_the_handover_counts_who_lives_there(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.current_visit(case).living_size, case.declaration.family_size = 3, None
    review.approve(case, actor=cast.bai_caixia)
    one = routing.route(case, to={"housing": []}, reason="墙裂了一指宽", actor=cast.bai_caixia)[0]
    assert "家庭人口3" in text_of(desk(cast.zhao_shengfu).get(f"/routings/{one.id}/handover.pdf"))


def test_a_household_that_was_not_refused_has_no_notice(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    assert desk(cast.bai_caixia).get(f"/cases/{case.id}/notice.pdf").status_code == 404


def test_a_department_prints_what_it_was_handed_and_nothing_else(desk, cast):
    case = visit(assigned_case(cast, id_number=NUMBER), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    one = routing.route(case, to={"housing": []}, reason="墙裂了一指宽", actor=cast.bai_caixia)[0]
    told = text_of(desk(cast.zhao_shengfu).get(f"/routings/{one.id}/handover.pdf"))
    assert "住房安全" in told
    assert "墙裂了一指宽" in told
    assert NUMBER not in told
    assert desk(cast.feng_youcai).get(f"/routings/{one.id}/handover.pdf").status_code == 404
    assert desk(cast.li_zhanfu).get(f"/cases/{case.id}/visit-sheet.pdf").status_code == 404
    assert desk(cast.liu_yulan).get(f"/cases/{case.id}/visit-sheet.pdf").status_code == 403


@pytest.fixture
def two_offices(cast) -> User:
    """恭门镇 judges by two offices; 马兰花 is of the other one."""
    rule = Parameter(key="joint_review", area_code=GONGMEN, value=True, valid_from_on=date(2020, 1, 1), source="镇里定")
    posting = Posting(area_code=GONGMEN, started_on=SINCE)
    person = User(username="ma_lanhua", name="马兰花", role=Role.TOWNSHIP_COORDINATOR, unit="恭门镇乡村振兴办",
                  password_hash="none", postings=[posting])  # fmt: skip
    db.session.add_all([rule, person])
    db.session.flush()
    return person


def test_the_opinions_of_both_offices_and_the_page_s_figures(desk, cast, two_offices):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    address = f"/cases/{case.id}/opinion.pdf"
    told = text_of(desk(cast.bai_caixia).get(address))
    assert "没写的手写" in told
    joint_review.give_opinion(case, review.current_visit(case), text="收入属实", actor=cast.bai_caixia)
    review.approve(case, actor=two_offices, reason="两不愁没问题")
    routing.route(case, to={"social_assistance": ["dibao"]}, reason="人均低于标准", actor=two_offices)
    mine = desk(cast.bai_caixia)
    assert address in mine.get(f"/cases/{case.id}").text
    assert address in mine.get(f"/cases/{case.id}/review").text
    told = text_of(mine.get(address))
    for words in (
        "恭门镇民政办",
        "同意。收入属实",
        "马兰花",
        "同意。两不愁没问题",
        "民政救助（农村低保）",
        "人均低于标准",
    ):
        assert words in told, words
    assert "没写的手写" not in told
    assert "盖章" in told


def test_the_opinion_sheet_has_the_figures_of_the_page(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, **ANSWERS).case
    mine = desk(cast.bai_caixia)
    page, told = mine.text(f"/cases/{case.id}"), text_of(mine.get(f"/cases/{case.id}/opinion.pdf"))
    figures = re.findall(r"人均 ([0-9,.]+)，", page)
    assert figures
    for figure in figures:
        assert f"{figure}元/年" in told


def test_nobody_was_there_yet_so_there_is_no_opinion(desk, cast):
    case = assigned_case(cast)
    assert desk(cast.bai_caixia).get(f"/cases/{case.id}/opinion.pdf").status_code == 404
    assert "opinion.pdf" not in desk(cast.bai_caixia).get(f"/cases/{case.id}").text


def test_a_supervision_notice_says_what_its_page_says_and_masks_names(desk, cast):
    late = publish(name="马法图麦", at=clock.now() - timedelta(days=9))
    seen = assigned_case(cast, name="妥索非也", at=clock.now() - timedelta(days=4))
    notice = supervision.issue_notice(
        db.session.get(Area, GONGMEN), cases=[late, seen], due_at=clock.now() + timedelta(days=2),
        matter="超期没有入户", reply_wanted="写原因", actor=cast.mao_zhiqiang,
    )  # fmt: skip
    visit(seen, author=cast.mi_jianjun)
    day = (clock.local(seen.visited_at).date() - clock.local(seen.published_at).date()).days
    mine = desk(cast.mao_zhiqiang)
    address = f"/supervision/{notice.id}"
    page, sheet = mine.text(address), mine.get(f"{address}/notice.pdf")
    told = text_of(sheet)
    for words in (
        "超期 4 天",
        f"按期入户，第 {day} 天",
        "2 户",
        notice.number,
        late.number,
        seen.number,
        "写原因",
        "恭门镇人民政府",
    ):
        assert words in page, words
        assert words.replace(" ", "") in told, words
    assert "马**麦" in told
    assert "马法图麦" not in told
    assert "被督办单位签收" in told
    assert notice.number in sheet.headers["Content-Disposition"]
    supervision.answer_notice(notice, answer="当天去了，已上报", actor=cast.bai_caixia)
    assert "当天去了，已上报" in text_of(desk(cast.bai_caixia).get(f"{address}/notice.pdf"))
    assert desk(cast.li_zhanfu).get(f"{address}/notice.pdf").status_code == 404
    assert desk(cast.zhao_shengfu).get(f"{address}/notice.pdf").status_code == 403


def test_a_question_stands_before_the_details_it_leads_to(desk, cast):
    herd = {"i_code": "B2", "i_heads": 2, "i_head_price_fen": 900_000, "i_amount_fen": 1_800_000}
    found = {"has_income": "yes", "incomes": [{"i_code": "W1", "i_amount_fen": 1_200_000}, herd]}
    found |= {"has_businesses": "yes", "businesses": [{"b_kind": "cooperative", "b_state": "nominal"}]}
    case = visit(assigned_case(cast), author=cast.mi_jianjun, **(ANSWERS | found)).case
    told = text_of(desk(cast.bai_caixia).get(f"/cases/{case.id}/visit-sheet.pdf"))
    assert told.index("有没有收入") < told.index("12,000") < told.index("2头（只）×9,000元=18,000元")
    assert "合作社、挂名" in told or "合作社，挂名" in told
