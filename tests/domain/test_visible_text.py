"""What nobody sees goes neither through a file nor through a form."""

import pytest
from werkzeug.datastructures import MultiDict

from backend.desk.forms import Form
from backend.domain.tabular import read_declaration_file
from backend.domain.tabular.cells import text_of
from backend.domain.visible_text import visible
from tests.domain.files import comma, id_number
from tests.domain.test_bad_files import TODAY

HIDDEN = (
    "\u202e",
    "\u2066",
    "\u200f",
    "\u200b",
    "\x00",
    "\x07",
    "\x7f",
    "\x9b",
    "\u00ad",
    "\ufeff",
    "\u061c",
    "\u2060",
)


@pytest.mark.parametrize("mark", HIDDEN, ids=lambda mark: f"{ord(mark):04x}")
def test_marks_that_nobody_sees_are_dropped_everywhere(mark):
    typed = f"马{mark}占福"
    assert visible(typed) == text_of(typed) == "马占福"
    assert Form(MultiDict({"name": typed})).value("name") == "马占福"
    assert Form(MultiDict({"name": mark})).value("name") == ""


def test_lines_and_letters_of_every_script_stay():
    words = "一行\r\n两行\t隔开 · Ünal ئۇيغۇر བོད་ཡིག 𠮷"
    assert visible(words) == words
    assert Form(MultiDict({"text": words})).value("text") == words


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\x07"])
def test_a_file_brings_names_as_they_are_read(mark):
    heads = ["申报编号", "申请人姓名", "身份证号", "申报时间", "困难情况", "乡镇"]
    row = ["S1", f"马{mark}占福", id_number(), "2024-03-05", f"病{mark}了很久", f"恭{mark}门镇"]
    (read,) = read_declaration_file(comma(heads, row), "申报.csv", TODAY).rows
    assert (read.name, read.hardship, read.township) == ("马占福", "病了很久", "恭门镇")


@pytest.mark.parametrize("when", ["9999-12-31", "2999-01-01 08:00", "1900-01-01", "2014-12-31"])
def test_a_day_on_which_nobody_can_have_declared_is_named(when):
    heads = ["申报编号", "申请人姓名", "身份证号", "申报时间", "困难情况", "乡镇"]
    good, wrong = (
        [number, name, id_number(), day, "病", "恭门镇"]
        for number, name, day in (("S1", "马占福", "2024-03-05"), ("S2", "马玉林", when))
    )
    reading = read_declaration_file(comma(heads, good, wrong), "申报.csv", TODAY)
    bad = [(fault.row, fault.column, fault.code, fault.is_kept) for fault in reading.faults]
    assert bad == [(3, "申报时间", "date_impossible", True)]
    assert [row.submitted_at is None for row in reading.rows] == [False, True]


def test_a_row_with_only_a_number_is_not_taken_over():
    heads = ["申报编号", "申请人姓名", "身份证号", "联系电话", "申报时间", "困难情况", "乡镇"]
    rows = [
        ["S1", "", "", "", "", "", ""], ["S2", "", "", "", "2024-03-05", "", "恭门镇"],
        ["S3", "", "", "12000000001", "", "", ""], ["S4", "", "", "", "", "病了很久", ""],
        ["S5", "马占福", id_number(), "", "2024-03-05", "病", "恭门镇"],
    ]  # fmt: skip
    reading = read_declaration_file(comma(heads, *rows), "申报.csv", TODAY)
    assert [row.source_no for row in reading.rows] == ["S3", "S4", "S5"]
    left_out = [(fault.row, fault.column, fault.code) for fault in reading.faults if not fault.is_kept]
    assert left_out == [(2, "申请人姓名", "row_without_person"), (3, "申请人姓名", "row_without_person")]
