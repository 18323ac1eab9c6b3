"""A foreign file may kill its reader, never the server."""

import io
from datetime import date

import pytest
import xlsxwriter

from backend.problems import Problem
from backend.storage import sandbox
from tests.domain.files import DIBAO_TITLE, book, comma, id_number

TODAY = date(2024, 5, 1)
ROWS = [["户主姓名", "身份证号", "保障方式"], ["马占福", id_number(), "整户保"]]


def refused(content: bytes) -> str:
    with pytest.raises(Problem) as caught:
        sandbox.parse_roster(content, "x.xlsx", TODAY)
    return caught.value.code


def test_what_the_child_read_comes_back_whole():
    reading = sandbox.parse_roster(book({"低保": [DIBAO_TITLE, *ROWS]}), "x.xlsx", TODAY)
    (person,) = reading.people
    assert (person.name, person.month, person.is_whole_household, reading.counts) == (
        "马占福",
        "2024-02",
        True,
        {"dibao": 1},
    )
    heads = ["申报编号", "申请人姓名", "身份证号", "申报时间", "困难情况", "推送时间"]
    declared = sandbox.parse_declarations(
        comma(heads, ["S1", "马占福", id_number(), "2024-03-05 10:20", "病", "2024-03-06"]), "申报.csv", TODAY
    )
    assert declared.rows[0].submitted_at.isoformat() == "2024-03-05T10:20:00"
    assert declared.rows[0].pushed_on == date(2024, 3, 6)


def test_a_cell_at_the_far_corner_of_the_sheet():
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = workbook.add_worksheet("x")
    sheet.write_string(0, 0, "姓名")
    sheet.write_string(1_048_575, 16_383, "x")
    workbook.close()
    assert refused(out.getvalue()) in {"too_slow", "too_many_rows"}


def test_refusals_keep_their_names():
    assert refused(b"") == "empty_file"
    assert refused(comma(["1", "2"])) == "no_header"


def test_no_time_left(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    assert refused(b"a,b") == "too_slow"
