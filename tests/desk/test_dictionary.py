"""字典 at the desk: changed, refused, put back; read wherever people read, and by no other system."""

import io

import pytest
from openpyxl import load_workbook

from backend import clock
from backend.codebook.words import WORD_BOOKS, WORD_TITLES
from backend.domain.dictionary import set_word, words_of
from backend.models import Declaration, DictionaryWord, db
from tests import phone
from tests.cast import COUNTY, MAOSHAN
from tests.desk.browser import visit, words
from tests.desk.test_printouts import text_of
from tests.desk.test_results import look, table
from tests.factories import assigned_case, id_number, routed_case


def say(cast, *told: tuple[str, str, str]) -> None:
    for book, code, label in told:
        set_word(book, code, label, county_code=COUNTY, actor=cast.tie_jianhua)
    db.session.commit()


def say_all(cast) -> None:
    """Another word for every code that may have one."""
    for book, codes in WORD_BOOKS.items():
        for at, code in enumerate(codes):
            db.session.add(
                DictionaryWord(
                    county_code=COUNTY, book=book, code=code.value, label=f"县里{book}{at}"[:40],
                    set_by=cast.tie_jianhua.id, set_at=clock.now(),
                )
            )  # fmt: skip
    db.session.commit()


def test_an_empty_dictionary_says_what_to_do_and_lists_every_book(desk, cast):
    text = desk(cast.tie_jianhua).text("/dictionary/")
    assert "县里还没有换过叫法" in text
    for title in WORD_TITLES.values():
        assert title in text


def test_a_word_is_changed_and_put_back(desk, cast):
    mine = desk(cast.tie_jianhua)
    answer = mine.post("/dictionary/Risk/illness", {"word-illness": "看病花钱"})
    assert (answer.status_code, answer.location) == (303, "/dictionary/Risk")
    assert "县里叫“ 看病花钱 ”" in mine.text("/dictionary/Risk")
    assert "因病叫“ 看病花钱 ”" in mine.text("/dictionary/")
    assert mine.post("/dictionary/Risk/illness/standard").status_code == 303
    assert "县里叫“" not in mine.text("/dictionary/Risk")
    assert words_of(COUNTY) == {}


def test_what_does_not_fit_stays_in_its_field(desk, cast):
    mine = desk(cast.tie_jianhua)
    for typed, said in (
        ("", "写上县里怎么叫"), ("因学", "和这一类里的“因学”分不清"), ("因病", "现在就叫这个"), ("长" * 21, "最多 20 个字"),
    ):  # fmt: skip
        answer = mine.post("/dictionary/Risk/illness", {"word-illness": f"{typed[:1]}\u200b{typed[1:]}"})
        assert answer.status_code in (409, 422)
        assert said in words(answer)
        assert f'value="{typed}"' in answer.text
    answer = mine.post("/dictionary/Risk/illness/standard")
    assert (answer.status_code, "已经是标准叫法了" in words(answer)) == (409, True)
    assert mine.post("/dictionary/Risk/illness", {"word-illness": "<b>病</b>"}).status_code == 303
    assert "&lt;b&gt;病&lt;/b&gt;" in mine.get("/dictionary/Risk").text


def test_what_is_not_there_and_who_may_not(desk, cast):
    mine = desk(cast.tie_jianhua)
    for url in ("/dictionary/Stage", "/dictionary/x"):
        assert mine.get(url).status_code == 404
    for url in ("/dictionary/Stage/warned", "/dictionary/Risk/x", "/dictionary/Risk/x/standard"):
        assert mine.post(url, {"word-x": "新词", "word-warned": "新词"}).status_code == 404
    for other in (cast.mao_zhiqiang, cast.bai_caixia, cast.liu_yulan):
        assert desk(other).get("/dictionary/").status_code == 403
        assert desk(other).post("/dictionary/Risk/illness", {"word-illness": "病"}).status_code == 403


def test_the_county_reads_its_words_and_who_sees_several_counties_the_standard(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    say(cast, ("Relation", "spouse", "屋里人"), ("HouseDefect", "crack", "墙裂了"))
    page = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    for own, standard in (("屋里人", "配偶"), ("墙裂了", "墙体裂缝")):
        assert own in page
        assert standard not in page
    above = desk(cast.liu_yulan).text(f"/cases/{case.id}")
    assert ("墙体裂缝" in above, "墙裂了" in above) == (True, False)


def test_papers_and_ledgers_are_written_in_them(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    say(cast, ("Risk", "illness", "看病花钱"), ("VisitMode", "in_person", "到家里去"))
    assert "看病花钱" in text_of(desk(cast.bai_caixia).get(f"/cases/{case.id}/visit-sheet.pdf"))
    answer = desk(cast.mao_zhiqiang).get("/ledgers/visits.xlsx")
    cells = {cell.value for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows() for cell in row}
    assert {"看病花钱", "到家里去"} <= cells
    above = desk(cast.liu_yulan).get("/ledgers/visits.xlsx?area=620525")
    cells = {cell.value for row in load_workbook(io.BytesIO(above.data)).active.iter_rows() for cell in row}
    assert {"因病", "当面"} <= cells


@pytest.mark.parametrize(
    ("who", "queue", "to"),
    [
        ("tuo_fuying", "social_assistance", ["dibao"]), ("mao_zhiqiang", "relapse_prevention", []),
        ("zhao_shengfu", "housing", []),
    ],
)  # fmt: skip
def test_another_system_reads_and_writes_the_standard_words(desk, cast, who, queue, to):
    routing = routed_case(cast, to={queue: to}).routings[0]
    browser = desk(getattr(cast, who))

    def taken_out() -> list:
        answer = browser.get(f"/results/queue.xlsx?queue={queue}")
        assert answer.status_code == 200
        return list(load_workbook(io.BytesIO(answer.data)).active.values)

    before = taken_out()
    say_all(cast)
    assert taken_out() == before
    if queue == "social_assistance":
        row = (routing.case.number, "农村低保", "纳入", clock.local(clock.now()).date().isoformat(), "100", "")
        assert "1 行登记" in words(look(browser, table(row)))


def test_what_is_stored_keeps_the_standard_words(signed_in, cast):
    say_all(cast)
    told = phone.discovery(MAOSHAN, id_number=id_number())
    mi = signed_in(cast.mi_jianjun)
    assert phone.hand_in_one(mi, "discovery", told)[0] == "applied"
    stored = db.session.scalar(db.select(Declaration).where(Declaration.source_no == told["case_id"]))
    assert "县里" not in stored.risk_text
    assert stored.risk_text
