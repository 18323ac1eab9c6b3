"""Files come in whole, once, with a note for every row that needs mending."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from backend.documents.row_errors import plain_cell, row_error_sheet
from backend.domain import intake
from backend.domain.tabular import read_declaration_file, read_roster_file
from backend.models import Declaration, Event, ImportBatch, RosterEntry, RowProblem, db
from backend.problems import Problem
from backend.problems_in_files import ROW_SENTENCES, row_sentence
from tests.domain.files import DIBAO_TITLE, comma, id_number
from tests.domain.test_bad_files import TODAY

HEADS = ["申报编号", "乡镇", "村", "申请人姓名", "身份证号", "联系电话", "申报时间", "困难情况"]
MA = id_number()


def row(
    number: str, town: str = "恭门镇", village: str = "毛山村", who: str = MA, at: str = "2024-03-05 10:20"
) -> list:
    return [number, town, village, "马 占福", who, "12000000001", at, "病"]


def bring(*rows: list, actor=None, sha: str = "a" * 64) -> ImportBatch:
    reading = read_declaration_file(comma(HEADS, *rows), "第5批.csv", TODAY)
    return intake.import_declarations(reading, file_name="第5批.csv", sha256=sha, actor=actor)


def bring_roster(*rows: list, sha: str = "b" * 64, actor=None) -> ImportBatch:
    heads = ["低保证号", "乡镇", "村", "户主姓名", "身份证号", "保障方式", "成员1姓名", "成员1身份证号"]
    reading = read_roster_file(comma(DIBAO_TITLE, heads, *rows), "低保.csv", TODAY)
    return intake.import_roster(reading, file_name="低保.csv", sha256=sha, actor=actor)


def problems(batch: ImportBatch) -> list[tuple[int, str, bool]]:
    found = db.session.scalars(select(RowProblem).where(RowProblem.batch_id == batch.id).order_by(RowProblem.id))
    return [(problem.row, problem.code, problem.is_kept) for problem in found]


def test_declaration_is_kept_with_its_place_and_sealed_number(app, cast):
    batch = bring(row("S1"), actor=cast.tuo_fuying)
    kept = db.session.scalars(select(Declaration)).one()
    assert (kept.source_no, kept.applicant_name, kept.township_code, kept.village_code) == (
        "S1", "马占福", "620525102", "620525102222",
    )  # fmt: skip
    assert kept.submitted_at == datetime(2024, 3, 5, 2, 20, tzinfo=UTC)
    assert (kept.id_number, kept.phone) == (MA, "12000000001")
    assert MA not in kept.id_number_sealed + kept.id_number_lookup
    assert (batch.row_count, batch.kept_count, batch.imported_by) == (1, 1, cast.tuo_fuying.id)


def test_one_event_and_nothing_personal_in_it(app, cast):
    bring(row("S1"), row("S2", who=id_number()), actor=cast.tuo_fuying)
    event = db.session.scalars(select(Event)).one()
    assert (event.tag, event.facts["rows"], event.facts["kept"]) == ("declarations:imported", 2, 2)
    assert MA not in str(event.facts)


def test_the_same_file_is_refused_with_the_time_it_came(app):
    bring(row("S1"))
    with pytest.raises(Problem) as caught:
        bring(row("S1"))
    assert caught.value.code == "already_imported"
    assert "第5批.csv" in caught.value.message


def test_damaged_number_keeps_its_place(app):
    batch = bring(row("S1", who="6.20599E+17"))
    kept = db.session.scalars(select(Declaration)).one()
    assert (kept.id_number, kept.id_problem) == (None, "precision_lost")
    assert problems(batch) == [(2, "id_precision_lost", True)]


@pytest.mark.parametrize(
    ("town", "village", "code", "township"),
    [
        ("恭门镇", "没有村", "village_unknown", "620525102"),
        ("恭们镇", "毛山村", "township_unknown", None),
        ("", "西关村", "village_ambiguous", None),
        ("", "", "township_missing", None),
    ],
)
def test_unknown_places_are_named(app, cast, town, village, code, township):
    batch = bring(row("S1", town, village), actor=cast.tuo_fuying)
    kept = db.session.scalars(select(Declaration)).one()
    assert (kept.township_code, kept.village_code) == (township, None)
    assert problems(batch) == [(2, code, True)]


@pytest.mark.parametrize(
    ("town", "village", "code"),
    [
        ("恭门镇", "西关村", "620525102201"),
        ("张家川镇", "西关村民委员会", "620525100"),
        ("闫家乡", "陈庙村委会", "620525214213"),
        ("", "付川村三社", "620525102217"),
    ],
)
def test_places_are_found_within_their_township(app, cast, town, village, code):
    bring(row("S1", town, village), actor=cast.tuo_fuying)
    assert db.session.scalars(select(Declaration)).one().village_code.startswith(code)


def test_number_imported_before_is_left_out(app):
    bring(row("S1"))
    batch = bring(row("S1"), row("S2", who=id_number()), sha="c" * 64)
    assert problems(batch) == [(2, "already_declared", False)]
    assert db.session.scalar(select(func.count()).select_from(Declaration)) == 2


def test_row_without_a_time_takes_the_day_of_the_file(app):
    batch = bring(row("S1", at=""))
    assert problems(batch) == [(2, "time_missing", True)]


def test_roster_people_come_in_with_their_roles(app, cast):
    wife = id_number()
    batch = bring_roster(["D1", "恭门镇", "毛山村", "马占福", MA, "整户保", "李玉兰", wife], actor=cast.tuo_fuying)
    entries = db.session.scalars(select(RosterEntry).order_by(RosterEntry.role)).all()
    assert [(e.role, e.name, e.id_number, e.is_whole_household, e.month) for e in entries] == [
        ("head", "马占福", MA, True, "2024-02"), ("member", "李玉兰", wife, True, "2024-02"),
    ]  # fmt: skip
    assert (batch.roster_kinds, batch.roster_month, batch.row_count, batch.kept_count) == (["dibao"], "2024-02", 1, 1)
    assert entries[0].household_key == entries[1].household_key != "D1"
    assert db.session.scalars(select(Event)).one().tag == "roster:imported"


def test_roster_is_refused_a_second_time(app):
    rows = ["D1", "恭门镇", "毛山村", "马占福", MA, "整户保", "", ""]
    bring_roster(rows)
    with pytest.raises(Problem):
        bring_roster(rows)


def test_error_sheet_names_row_column_and_what_to_do(app):
    batch = bring(row("=1+1", who="62059919650312"), row("S2", "恭门镇", "没有村"))
    content = row_error_sheet(batch)
    from backend.domain.tabular.workbook import read_workbook

    (sheet,) = read_workbook(content)
    text = "\n".join(str(cell) for line in sheet.rows for cell in line)
    assert "第 2 行“身份证号”" in text
    assert "没有村" in text
    assert "62059919650312" not in text
    assert plain_cell("=cmd()") == "'=cmd()"


def test_every_sentence_can_be_said():
    for code in ROW_SENTENCES:
        said = row_sentence(code, row=7, column="身份证号", seen="x", sheet="低保")
        assert "{" not in said
        assert said.endswith("。")
