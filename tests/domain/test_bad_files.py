"""Files that cannot be used say why, and nothing they hold can hurt the reader."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.domain.tabular import TableError, read_declaration_file, read_roster_file
from backend.problems import SENTENCES
from backend.problems_in_files import ROW_SENTENCES
from tests.domain.files import DIBAO_TITLE, book, comma, id_number

TODAY = date(2024, 5, 1)
ROSTER = [["户主姓名", "身份证号", "保障方式"], ["马占福", id_number(), "整户保"]]


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(content: bytes, name: str = "x.xlsx", kind: str | None = None) -> str:
    with pytest.raises(TableError) as caught:
        read_roster_file(content, name, TODAY, kind)
    assert caught.value.code in SENTENCES
    return caught.value.code


def test_empty_file():
    assert refusal(b"") == refusal(b"\r\n \r\n") == refusal(book({"x": []})) == "empty_file"


def test_password_protected_workbook():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900
    assert refusal(ole) == "file_encrypted"


def test_things_that_are_no_tables():
    assert refusal(b"%PDF-1.7 ...") == refusal(b"\x89PNG\r\n") == "file_not_table"
    assert refusal(zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"})) == "file_not_table"
    assert refusal(zipped({"a.txt": b"x"})) == "file_not_table"
    assert refusal(b"<html><body>signed out</body></html>") == "file_not_table"
    assert refusal(bytes(range(256)) * 40) == "file_not_table"


def test_cut_off_file():
    whole = book({"低保": [DIBAO_TITLE, *ROSTER]})
    assert refusal(whole[: len(whole) // 2]) == "file_damaged"


def test_zip_bomb():
    bomb = zipped({"[Content_Types].xml": b"<t/>", "xl/worksheets/sheet1.xml": b"\0" * 50_000_000})
    assert refusal(bomb) == "zip_bomb"
    many = zipped({f"xl/{n}.xml": b"" for n in range(3000)} | {"[Content_Types].xml": b""})
    assert refusal(many) == "zip_bomb"


def test_too_many_rows():
    assert refusal(b"a,b\n" * 200_001) == "too_many_rows"


def test_no_header_no_people_no_rows():
    assert refusal(comma(["1", "恭门镇", "马占福", id_number()])) == "no_header"
    assert refusal(comma(["乡镇", "户数", "金额", "备注"], ["恭门镇", 3, 400, ""])) in {
        "no_header",
        "no_people_columns",
    }
    assert refusal(comma(DIBAO_TITLE, ROSTER[0], ["合计", "", ""])) in {"no_header", "no_rows"}


def test_wrong_kind_of_roster():
    dibao = comma(DIBAO_TITLE, *ROSTER)
    assert refusal(dibao, kind="tekun") == "wrong_kind"
    assert refusal(comma(["脱贫户花名册"], ["户主姓名", "身份证号"], ["马占福", id_number()])) == "other_list"
    assert refusal(comma(["姓名", "身份证号", "金额"], ["马占福", id_number(), 1])) == "kind_unknown"
    heads = ["申报编号", "申请人姓名", "身份证号", "申报时间", "困难情况"]
    declared = comma(["一键报贫申报明细"], heads, ["S1", "马占福", id_number(), "2024-03-05", "病"])
    assert refusal(declared) == "not_roster"
    with pytest.raises(TableError) as caught:
        read_declaration_file(dibao, "x.csv", TODAY)
    assert (caught.value.code, caught.value.facts) == ("not_declarations", {"seen": "dibao"})


@pytest.mark.parametrize("kind", ["dibao", "tekun", "temporary", "child", "disability"])
def test_a_told_kind_is_believed_when_nothing_speaks_against_it(kind):
    reading = read_roster_file(comma(["姓名", "身份证号", "金额"], ["马占福", id_number(), 1]), "x.csv", TODAY, kind)
    assert reading.counts == {"orphan" if kind == "child" else kind: 1}


def test_rows_that_are_wrong_are_named():
    heads = ["申报编号", "申请人姓名", "身份证号", "申报时间", "困难情况", "乡镇"]
    rows = [
        ["S1", "马占福", "6.20599E+17", "2024-03-05", "病", "恭门镇"], ["S2", "", id_number(), "某天", "病", "恭门镇"],
        ["", "李有才", "62059919650312", "2024-03-05", "病", "恭门镇"], ["", "", "", "", "病了很久", "恭门镇"],
    ]  # fmt: skip
    reading = read_declaration_file(comma(heads, *rows), "申报.csv", TODAY)
    assert [(fault.row, fault.code) for fault in reading.faults] == [
        (2, "id_precision_lost"), (3, "name_missing"), (3, "date_unreadable"), (4, "id_bad_length"),
        (4, "source_no_missing"), (5, "row_without_person"),
    ]  # fmt: skip
    assert [fault.is_kept for fault in reading.faults] == [True] * 5 + [False]
    assert all(fault.code in ROW_SENTENCES for fault in reading.faults)
    assert not any(fault.seen.isdecimal() and len(fault.seen) > 6 for fault in reading.faults)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table>"):
        with pytest.raises(TableError):
            read_roster_file(start + content, "x", TODAY)


CELLS = st.one_of(
    st.sampled_from(
        ["姓名", "身份证号", "户主", "低保证号", "乡镇", "停发时间", "合计", "家庭成员1", "恭门镇", "", " ", "/"]
    ),
    st.text(max_size=8),
    st.integers(-(10**18), 10**18),
    st.dates().map(str),
)


@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), st.sampled_from([None, "dibao", "child"]))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_is_read_or_refused(rows, kind):
    content = comma(
        ["姓名", "身份证号", "保障方式"], *[[str(c).replace(",", "").replace('"', "") for c in row] for row in rows]
    )
    for read in (
        lambda: read_roster_file(content, "x", TODAY, kind),
        lambda: read_declaration_file(content, "x", TODAY),
    ):
        with suppress(TableError):
            read()


def test_flipped_bytes_never_break_the_reader():
    whole, pick = book({"低保": [DIBAO_TITLE, *ROSTER]}), random.Random(5)
    for _ in range(60):
        torn = bytearray(whole)
        for _ in range(pick.randrange(1, 30)):
            torn[pick.randrange(len(torn))] = pick.randrange(256)
        with suppress(TableError):
            read_roster_file(bytes(torn), "x.xlsx", TODAY)
