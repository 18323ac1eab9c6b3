"""字典: a county's own words for codes that describe households."""

import io

import openpyxl
import pytest

from backend import contract
from backend.codebook import DecisionOutcome, DeclineReason, Need, Queue, Risk, Stage, WaterSource
from backend.codebook.base import say_labels
from backend.codebook.words import LONGEST_WORD, WORD_BOOKS, WORD_TITLES
from backend.desk import result_files, staff_files
from backend.documents.queue_sheet import queue_sheet
from backend.documents.staff_sheets import ROLE_WORDS
from backend.domain import dictionary
from backend.domain.dictionary import drop_word, set_word, speaker, words_of
from backend.models import DictionaryWord, db
from backend.problems import Problem
from tests.cast import COUNTY
from tests.domain.test_supervision import last_event
from tests.factories import accepted_routing
from tests.postgres import on_both

OTHER_COUNTY = "620524"


@pytest.fixture
def given(cast):
    return {"county_code": COUNTY, "actor": cast.tie_jianhua}


@pytest.fixture(autouse=True)
def silent():
    """A test that lets somebody read ends with the standard words."""
    yield
    say_labels(None)


@on_both
def test_a_county_says_it_its_own_way(app, given):
    set_word("WaterSource", "cistern", " 集雨窖 ", **given)
    set_word("WaterSource", "cistern", "水 窖", **given)
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.flush()
    assert words_of(COUNTY) == {"Risk": {"illness": "看病花钱"}, "WaterSource": {"cistern": "水 窖"}}
    row = db.session.scalar(db.select(DictionaryWord).where(DictionaryWord.book == "Risk"))
    assert (row.set_by, row.set_at is not None) == (given["actor"].id, True)


@pytest.mark.parametrize(
    ("label", "why"),
    [
        (" ", "word_missing"), ("　", "word_missing"), ("长" * (LONGEST_WORD + 1), "word_long"),
        ("水\u200b窖", "word_unfit"), ("水\n窖", "word_unfit"), ("水\x07窖", "word_unfit"), ("水\u202e窖", "word_unfit"),
        ("……", "word_unfit"), ("水窖", "word_same"),
        ("井水", "word_taken"), (" 井 水", "word_taken"), ("井水。", "word_taken"), ("机井", "word_taken"),
    ],
)  # fmt: skip
def test_words_that_do_not_fit(given, label, why):
    set_word("WaterSource", "well", "机井", **given)
    db.session.flush()
    with pytest.raises(Problem, match=why):
        set_word("WaterSource", "cistern", label, **given)


def test_what_is_no_word_of_a_county(given, cast):
    set_word("WaterSource", "well", "机井", **given)
    db.session.flush()
    for label, why in (("机井", "word_same"), ("井水", "word_standard")):
        with pytest.raises(Problem, match=why):
            set_word("WaterSource", "well", label, **given)
    for book, code in (("WaterSource", "sea"), ("Sea", "well"), ("Stage", "warned"), ("Queue", "water"), ("os", "x")):
        with pytest.raises(Problem, match="not_found"):
            set_word(book, code, "海", **given)
        with pytest.raises(Problem, match="not_found"):
            drop_word(book, code, **given)
    with pytest.raises(Problem, match="word_absent"):
        drop_word("WaterSource", "tap", **given)


def test_out_of_sight_and_without_the_right(given, cast):
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.flush()
    for verb, more in ((set_word, ("看病",)), (drop_word, ())):
        for county in (OTHER_COUNTY, "62", "6205", "620525102"):
            with pytest.raises(Problem, match="not_found"):
                verb("Risk", "illness", *more, **given | {"county_code": county})
        for actor in (cast.mao_zhiqiang, cast.bai_caixia, cast.liu_yulan, cast.mi_jianjun):
            with pytest.raises(Problem, match="forbidden"):
                verb("Risk", "illness", *more, **given | {"actor": actor})
    assert words_of(OTHER_COUNTY) == {}
    assert words_of(COUNTY) == {"Risk": {"illness": "看病花钱"}}


@on_both
def test_the_standard_word_comes_back(app, given):
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.flush()
    drop_word("Risk", "illness", **given)
    db.session.flush()
    assert words_of(COUNTY) == {}
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.flush()


def test_each_leaves_one_event(given):
    set_word("Risk", "illness", "看病花钱", **given)
    told = {"area": COUNTY, "book": "Risk", "code": "illness", "label": "看病花钱"}
    assert (last_event().tag, last_event().facts, last_event().actor) == ("word:set", told, given["actor"])
    db.session.flush()
    drop_word("Risk", "illness", **given)
    assert (last_event().tag, last_event().facts, last_event().actor) == ("word:dropped", told, given["actor"])


def test_who_reads_which_words(given, cast):
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.flush()
    for reader, word in (
        (cast.bai_caixia, "看病花钱"), (cast.mi_jianjun, "看病花钱"), (cast.tuo_fuying, "看病花钱"),
        (cast.liu_yulan, "因病"), (cast.zhang_cunying, "因病"), (None, "因病"),
    ):  # fmt: skip
        say_labels(speaker(lambda reader=reader: reader))
        assert (Risk.ILLNESS.label, Risk.ILLNESS.standard, Risk.ILLNESS.value) == (word, "因病", "illness")
        assert (Risk.JOB.label, Stage.CLOSED.label) == ("因务工不稳", "办结")
    say_labels(None)
    assert Risk.ILLNESS.label == "因病"


def test_words_are_asked_for_once_and_only_when_one_is_needed(cast):
    asked = []
    say_labels(speaker(lambda: asked.append(1) or cast.bai_caixia))
    assert (Stage.CLOSED.label, Queue.WATER.label, DecisionOutcome("included").label, asked) == (
        "办结", "饮水安全", "纳入", [],
    )  # fmt: skip
    assert ([Need.INDUSTRY.label, Risk.ILLNESS.label], asked) == (["产业帮扶", "因病"], [1])


def test_no_two_codes_of_a_book_look_alike_and_all_fit():
    for name, book in WORD_BOOKS.items():
        looks = [dictionary._look(code.standard) for code in book]
        assert len(looks) == len(set(looks)), name
        assert all(len(code.standard) <= LONGEST_WORD for code in book), name
    assert len(set(WORD_TITLES.values())) == len(WORD_BOOKS)
    assert set(WaterSource) == set(WORD_BOOKS["WaterSource"])


def test_what_the_policy_words_is_the_same_everywhere():
    fixed = {
        "Stage", "Queue", "Role", "Verdict", "VerdictReason", "ComparisonCode", "ComparisonReason", "RosterKind",
        "DecisionOutcome", "DecisionDetail", "DeclineReason", "AssistanceCategory", "MonitorCategory", "ReviewOutcome",
        "RoutingState", "Step", "HintVerdict", "SumLine", "IncomeLine", "ExpenseLine", "VisitorOpinion", "Hardship",
    }  # fmt: skip
    assert fixed & set(WORD_BOOKS) == set()


def queue_sheet_words(routing) -> list:
    written = openpyxl.load_workbook(io.BytesIO(queue_sheet(routing.queue, [routing], {})))
    return [written.sheetnames, *written.active.values, written.active.data_validations.dataValidation[0].formula1]


def test_files_for_others_and_words_that_are_recognised_know_no_other_words(cast):
    """Whatever is said for a label: what goes out, what comes in and the phone's contract stay as they are."""
    routing = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao"]})
    contract_before, sheet_before = contract.codebook_source(), queue_sheet_words(routing)
    say_labels(lambda code: "别的叫法")
    assert DeclineReason.INCOME.label == "别的叫法"
    assert contract.codebook_source() == contract_before
    assert queue_sheet_words(routing) == sheet_before
    faults: list[str] = []
    assert result_files._code("纳入", DecisionOutcome, "outcome_unknown", faults) == "included"
    assert (staff_files._duty("乡镇经办"), faults) == (("township_coordinator", None), [])
    assert "别的叫法" not in ROLE_WORDS
