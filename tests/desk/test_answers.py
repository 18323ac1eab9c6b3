"""A filled form as the desk reads it: nothing that was answered goes unread, numbers are covered."""

from typing import Any

from backend import codebook, form
from backend.desk.answers import APART, READ_APART, commentable, lines_of, members_of, sections_of
from backend.domain.carried_facts import carried_answers
from backend.domain.differences import Told, differences
from backend.models.base import new_id
from tests import phone
from tests.desk.browser import visit
from tests.factories import assigned_case

CARD = "62059919730412024432"


def _answer(question: form.Question) -> Any:
    match question.kind:
        case "number" | "money":
            return question.minimum or 1
        case "choice":
            return next(iter(getattr(codebook, question.codes))).value
        case "choices":
            return [next(iter(getattr(codebook, question.codes))).value]
        case "yes_no":
            return "yes"
        case "card_number":
            return CARD
        case "entries":
            return [{part.key: _answer(part) for part in question.entry}]
        case _:
            return "2026-01-01"


def _filled(section: form.Section) -> dict[str, Any]:
    return {question.key: _answer(question) for question in section.questions}


def test_every_question_of_the_form_is_read():
    for section in form.SECTIONS:
        wanted = {q.key for q in section.questions if q.kind not in APART and q.key not in READ_APART}
        lines = lines_of(section, _filled(section))
        assert {line.key for line in lines} == wanted
        for line in lines:
            if line.kind == "entries":
                assert {part.key for part in line.entries[0]} == {q.key for q in form.BY_KEY[line.key].entry}


def test_what_was_taken_back_is_neither_read_nor_compared_nor_carried_on():
    cars = [{"v_kind": "suv"}]
    taken_back = {"has_vehicles": "no", "vehicles": cars, "has_income": "no", "incomes": [{"i_code": "W1"}]}
    keys = [line.key for _, lines in sections_of(taken_back) for line in lines]
    assert keys == ["has_income", "has_vehicles"]
    assert next(line.entries for line in commentable(taken_back) if line.key == "vehicles") == ()
    assert "vehicles" not in differences([Told("a", taken_back), Told("b", {"vehicles": [{"v_kind": "van"}]})])
    assert carried_answers(taken_back) == {"has_vehicles": "no"}
    assert carried_answers(taken_back | {"has_vehicles": "yes"}) == {"has_vehicles": "yes", "vehicles": cars}


def test_a_crop_that_was_counted_says_how_beside_its_amount(desk, cast):
    wheat = {
        "i_code": "B1",
        "i_mu": 4.5,
        "i_yield": 800,
        "i_price_fen": 120,
        "i_amount_fen": 432000,
        "i_cost_fen": 90000,
    }
    herd = {"i_code": "B2", "i_heads": 3, "i_head_price_fen": 900000, "i_amount_fen": 2500000}
    told = {"has_income": "yes", "incomes": [wheat, herd, {"i_code": "B1", "i_mu": 2, "i_amount_fen": 100000}]}
    (_, lines), *_ = sections_of(told)
    first, second, third = next(line.entries for line in lines if line.key == "incomes")
    assert [line.key for line in first] == ["i_code", "i_amount_fen", "produce", "i_cost_fen"]
    assert first[2].words == ["4.5 亩 × 800 斤 × 1.20 元 = 4,320 元"]
    assert second[2].words == ["3 头（只） × 9,000 元 = 27,000 元"], "also where another amount was written"
    assert [line.key for line in third] == ["i_code", "i_mu", "i_amount_fen"]
    case = visit(assigned_case(cast), author=cast.mi_jianjun, **told).case
    assert "十二个月一共多少 4,320 元，4.5 亩 × 800 斤 × 1.20 元 = 4,320 元，本钱 900 元" in desk(cast.bai_caixia).text(
        f"/cases/{case.id}"
    )


def test_labels_stand_for_codes_and_numbers_are_covered():
    (member,) = members_of({"members": [_filled(form.SECTION_OF["m_name"])]})
    words = {line.key: line.words for line in member.lines}
    assert words["m_disability_card"] == ["620599**********4432"]
    assert words["m_dropout_reason"] == ["因病"]
    (_, lines), *_ = sections_of({"household_type": "relocated", "is_resettled": "yes"})
    assert [line.key for line in lines] == ["household_type", "is_resettled"]


def test_the_page_tells_what_the_members_tell(desk, cast):
    people = [
        {"id": "a", "m_name": "马占福", "m_is_living": "yes", "m_labour": "lost", "m_insurance": "none"},
        {"m_name": "马小明", "m_is_living": "yes", "m_labour": "none", "m_schooling": "dropped_out",
         "m_birth_on": "2014-01-01"},
    ]  # fmt: skip
    told = {"members": people, "visitors": [{"name": "米建军", "phone": "12000000001"}, {"name": "丁志强"}]}
    told |= {"has_expenses": "yes", "expenses": [{"x_code": "M2", "x_is_receipted": "yes", "x_photo": "p1"}]}
    case = visit(assigned_case(cast), author=cast.mi_jianjun, **told).case
    page = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    for words in ("整户没有劳动能力", "没上学：马小明", "没参医保：马占福", "120****0001", "看照片"):
        assert words in page, words
    assert "12000000001" not in page


def test_a_second_visitor_stands_by_account_where_there_is_one(desk, cast):
    case = assigned_case(cast)
    sent, other = cast.ding_zhiqiang, cast.zhao_shengfu
    told = [
        {"user_id": cast.mi_jianjun.id, "name": "米建军"}, {"user_id": sent.id, "name": f" {sent.name} "},
        {"user_id": other.id, "name": other.name}, {"user_id": sent.id, "name": "铁生存"},
        {"name": "妥哈三", "phone": "12000000009"}, {"user_id": "no\0body", "name": "者志强"}, "nobody",
    ]  # fmt: skip
    ink = {"strokes": [[1, 2, 30, 40]], "width": 300, "height": 120}
    visit(case, author=cast.mi_jianjun, visitors=told, signature_visitor_2=ink)
    page = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    told_there = page.replace(" ", "")
    assert (
        f"核查人米建军、{sent.name}、{other.name}（有账号，没派到这户）、铁生存（账号和姓名对不上）"
        "、妥哈三120****0009（没有账号）、者志强（没有这个账号）被访人签字" in told_there
    )
    assert f"核查人二签字{sent.name}" in told_there


def test_an_account_that_cannot_have_been_there_is_shown_to_the_township(desk, cast, signed_in):
    case = assigned_case(cast)
    first, second = {"user_id": cast.mi_jianjun.id, "name": "米建军"}, {"user_id": new_id(), "name": "苏文秀"}
    filled = phone.answers(visitors=[first, second])
    phone.hand_in_one(signed_in(cast.mi_jianjun), "visit", phone.visit(case, filled=filled))
    mine = desk(cast.bai_caixia)
    assert "核查人里有一个账号不存在，或者不在这个镇" in mine.text("/deposits/")
    assert "苏文秀（没有这个账号）" in mine.text(f"/cases/{case.id}").replace(" ", "")
    for page in (f"/cases/{case.id}/review", f"/cases/{case.id}"):
        assert "手机交来的有 1 件要看" in mine.text(page)
        assert "打电话核一下是谁去的" in mine.text(page)


def test_who_judges_hears_that_the_author_did_not_go_and_that_this_is_the_second_form(desk, cast, signed_in):
    case = assigned_case(cast)
    two = [{"user_id": cast.ding_zhiqiang.id, "name": "丁志强"}, {"user_id": cast.hui_axi.id, "name": "惠阿西"}]
    grid = signed_in(cast.mi_jianjun)
    phone.hand_in_one(grid, "visit", phone.visit(case))
    mine = desk(cast.bai_caixia)
    text = mine.text(f"/cases/{case.id}/review")
    assert "不在核查人里" not in text
    assert "这是第" not in text
    phone.hand_in_one(grid, "visit", phone.visit(case, filled=phone.answers(visitors=two)))
    text = mine.text(f"/cases/{case.id}/review")
    assert "交表的是米建军，不在核查人里" in text
    assert "这是第 2 份" in text
    assert "看那一份" in text
