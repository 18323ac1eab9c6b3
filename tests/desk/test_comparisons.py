"""比对 from the desk: run, settle weak matches, publish."""

import pytest

from backend.codebook import ComparisonCode
from backend.desk.matches import BREAK, compare_number, compare_text
from backend.models import Case, Comparison, Declaration, ImportBatch, RosterEntry, db
from tests.cast import GONGMEN, LISHAN, MAOSHAN
from tests.desk.browser import words
from tests.factories import MONDAY, compare, declare, id_number


@pytest.fixture
def county(desk, cast):
    return desk(cast.tuo_fuying)


def listed(name: str, number: str) -> RosterEntry:
    batch = ImportBatch(subject="roster", file_name="低保.xlsx", sha256=number.ljust(64, "0"), imported_at=MONDAY)
    db.session.add(batch)
    db.session.flush()
    entry = RosterEntry(
        batch_id=batch.id, kind="dibao", role="head", row=88, name=name, name_folded=name,
        township_code=GONGMEN, village_code=MAOSHAN, category="二类",
    )  # fmt: skip
    entry.id_number = number
    db.session.add(entry)
    db.session.flush()
    return entry


@pytest.fixture
def near(cast) -> Comparison:
    """Declared …0410, on the roster …0470: one digit apart."""
    whole = id_number("19680312", 41)
    slipped = whole[:16] + ("1" if whole[16] != "1" else "7") + whole[17]
    declared = declare("马玉花", id_number=None, id_raw=slipped, id_problem="bad_checksum")
    found = compare(
        declared,
        ComparisonCode.M3,
        roster_kind="dibao",
        roster_entry_id=listed("马玉花", whole).id,
        reason="near_number",
    )
    found.is_warned = False
    db.session.flush()
    return found


def state(found: Comparison) -> tuple:
    kept = db.session.get(Comparison, found.declaration_id, populate_existing=True)
    return (kept.answer, kept.is_warned) if kept else ()


def test_two_records_stand_side_by_side_masked(county, near):
    page = county.get("/comparisons/")
    text = words(page)
    assert "1 对要人看" in text
    assert "姓名同、同乡镇、证号差一位" in text
    assert page.text.count('<mark class="df">') == 2
    assert near.roster_entry.id_number not in page.text.replace(BREAK, "")
    assert near.declaration.id_raw not in page.text.replace(BREAK, "")
    assert " checked" not in page.text


@pytest.mark.parametrize(
    ("said", "kept"),
    [("same_person", ("same_person", False)), ("not_same", ("not_same", True)), ("phone", (None, False))],
)
def test_an_answer_is_kept_and_a_call_leaves_it_open(county, near, said, kept):
    answer = county.post("/comparisons/answers", {f"say-{near.declaration_id}": said})
    assert answer.status_code == (422 if said == "phone" else 303)
    assert state(near) == kept


def test_with_one_mistake_nothing_is_settled(county, near):
    other = compare(declare("铁佳怡", id_number=None), ComparisonCode.MX, reason="missing")
    other.is_warned = False
    fields = {
        f"say-{near.declaration_id}": "same_person",
        f"say-{other.declaration_id}": "corrected", f"id-{other.declaration_id}": "62059919580101",
    }  # fmt: skip
    answer = county.post("/comparisons/answers", fields)
    assert answer.status_code == 422
    assert "证号不对，要 18 位" in words(answer)
    assert 'value="62059919580101"' in answer.text
    assert state(near) == (None, False)


def test_a_corrected_number_is_compared_anew(county, cast):
    found = compare(declare("铁佳怡", id_number=None, id_problem="missing"), ComparisonCode.MX, reason="missing")
    found.is_warned = False
    key, number = found.declaration_id, id_number("19580101", 7)
    assert county.post("/comparisons/answers", {f"say-{key}": "corrected", f"id-{key}": number}).status_code == 303
    assert "1 件 申报还没比对" in county.text("/imports/")
    assert county.post("/comparisons/").location == "/imports/"
    assert db.session.get(Comparison, key, populate_existing=True).code == "M9"


def test_warnings_are_published_where_the_township_is_known(county):
    compare(declare("马占福"))
    compare(declare("无乡镇", village=None))
    assert "2 条 预警可以发布" in county.text("/imports/")
    answer = county.post("/comparisons/publication")
    assert "发布了 1 条预警" in county.text(answer.location)
    assert [case.applicant_name for case in db.session.query(Case)] == ["马占福"]


def test_nothing_to_do_is_said(county):
    assert "还没有申报信息" in words(county.post("/comparisons/"))
    assert "没有要发布的预警" in words(county.post("/comparisons/publication"))
    assert "没有要人看的" in county.text("/comparisons/")


def test_a_township_looks_at_its_own_and_decides_nothing(desk, cast, near):
    other = compare(
        declare("李占福", village=LISHAN),
        ComparisonCode.M2,
        reason="name_differs",
        roster_entry_id=near.roster_entry_id,
    )
    other.is_warned = False
    town = desk(cast.bai_caixia)
    text = town.text("/comparisons/")
    assert "马玉花" in text
    assert "李占福" not in text
    for url in ("/comparisons/answers", "/comparisons/", "/comparisons/publication"):
        assert town.post(url).status_code == 403
    assert db.session.get(Declaration, other.declaration_id) is not None


def shown(marks) -> str:
    return "".join(f"[{m.text}]" if m.differs else m.text for m in marks).replace(BREAK, "")


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("620599196803120410", "620599196803120470", "620599********04[1]0", "620599********04[7]0"),
        ("620599194911301251", "620599194911301521", "620599********1[25]1", "620599********1[52]1"),
        ("620599196803120410", "620599196803120410", "620599********0410", "620599********0410"),
        ("620599197103122240", "620599197108122240", "620599*****[3]**2240", "620599*****[8]**2240"),
        ("62059919680312041", "620599196803120410", "620599*******2041", "620599********041[0]"),
        ("", "", "", ""),
    ],
)
def test_only_what_differs_and_the_ends_of_a_number_show(one, other, left, right):
    mine, theirs = compare_number(one, other)
    assert (shown(mine), shown(theirs)) == (left, right)


def test_names_are_boxed_where_they_differ():
    assert [shown(marks) for marks in compare_text("马哈三", "马哈散")] == ["马哈[三]", "马哈[散]"]


def test_who_oversees_reads_masked_pairs(desk, cast, near):
    page = desk(cast.liu_yulan).get("/comparisons/").text
    assert "马*花" in page
    assert [said for said in ("马玉花", "1968年3月", "三社") if said in page] == []
    county = desk(cast.tuo_fuying).get("/comparisons/").text
    assert [said for said in ("马玉花", "1968年3月", "三社") if said not in county] == []
