"""导入 from the desk: looked at first, whole or not at all, and the rows to mend as a sheet."""

import io
import os
import re
from time import time

import pytest
from sqlalchemy import func, select

from backend.desk import import_previews
from backend.models import Declaration, ImportBatch, RosterEntry, db
from tests.desk.browser import words
from tests.factories import id_number

HEAD = "申报编号,县(区),乡镇,村,申请人姓名,身份证号,联系电话,家庭困难情况,申报时间\n"
GOOD = f"A001,张家川县,恭门镇,毛山村,马占福,{id_number()},12000000001,住院花了三万六,2023-06-05 10:00\n"
SHORT = "A002,张家川县,恭门镇,毛山村,妥哈三,6205991971063,12000000002,房子裂了,2023-06-05 11:00\n"
ROSTER = (
    "序号,乡镇,村,户主姓名,身份证号码,保障类别,起始享受时间\n"
    f"1,恭门镇,毛山村,苏占存,{id_number(order=9)},二类,2021-10\n"
)


def upload(browser, text: str = HEAD + GOOD, name: str = "第1批.csv", **other):
    file = (io.BytesIO(text.encode() if isinstance(text, str) else text), name)
    fields = {"subject": "declarations", "kind": "", "file": file} | other
    return browser.post("/imports/", fields)


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def county(desk, cast):
    return desk(cast.tuo_fuying)


def test_a_file_is_looked_at_before_anything_is_written(county):
    answer = upload(county, HEAD + GOOD + SHORT)
    assert re.fullmatch(r"/imports/previews/[0-9a-f-]{36}", answer.location)
    text = county.text(answer.location)
    for said in (
        "9 列，认出 9 列",
        "申请人姓名 申请人姓名",
        "身份证号 身份证号",
        "2 件 申报进库",
        "现在还没写进库",
        "位数不对",
    ):
        assert said in text, said
    assert count(Declaration) == 0
    done = county.post(answer.location)
    assert done.location == "/imports/1"
    assert count(Declaration) == 2
    shown = county.text(done.location)
    assert "导入了，2 行进了库" in shown
    assert "1 处有问题" in shown
    assert "6205991971063" not in shown
    assert county.get(answer.location).status_code == 404


def test_a_roster_says_how_many_do_not_receive(county):
    more = ROSTER.replace("起始享受时间", "起始享受时间,监护人姓名,监护人身份证号").replace(
        "2021-10", f"2021-10,马玉花,{id_number(order=11)}"
    )
    answer = upload(county, more, "农村低保花名册.csv", subject="roster", kind="dibao")
    text = county.text(answer.location)
    assert "1 行 进农村低保名册" in text
    assert "监护人姓名 监护人姓名 不算在享，只作参考" in text
    county.post(answer.location)
    assert count(RosterEntry) == 2


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        (b"", "空的.csv", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "照片.xlsx", "这不是表格文件"),
        ("马占福\n妥哈三\n", "没表头.csv", "没有找到表头"),
        (ROSTER, "农村低保花名册.csv", "不是申报信息"),
    ],
)
def test_a_useless_file_says_what_to_do(county, text, name, sentence):
    answer = upload(county, text, name)
    assert 400 <= answer.status_code < 500
    assert sentence in words(answer)
    assert 'id="err-file"' in answer.text
    assert count(ImportBatch) == 0


def test_a_declaration_file_is_no_roster(county):
    answer = upload(county, subject="roster")
    assert "像是申报信息，不是名册" in words(answer)
    assert 'value="roster" checked' in answer.text


def test_the_same_file_does_not_come_in_twice(county):
    first = upload(county)
    second = upload(county)
    county.post(first.location)
    assert "已经导入过（第1批.csv）" in words(upload(county))
    assert "已经导入过" in words(county.post(second.location))
    assert count(Declaration) == 1


def test_no_file_at_all(county):
    assert "先选一个文件" in words(county.post("/imports/", {"subject": "declarations"}))


def test_a_file_may_be_left(county):
    answer = upload(county)
    assert county.post(f"{answer.location}/discard").location == "/imports/"
    assert county.get(answer.location).status_code == 404
    assert list(import_previews._folder().iterdir()) == []


def test_what_nobody_came_back_for_is_forgotten_and_was_never_readable(county):
    upload(county)
    for path in import_previews._folder().iterdir():
        assert "马占福".encode() not in path.read_bytes()
        os.utime(path, (0, time() - import_previews.KEPT_SECONDS - 60))
    second = upload(county, HEAD + SHORT)
    kept = {path.name.split(".")[0] for path in import_previews._folder().iterdir()}
    assert kept == {second.location.rsplit("/", 1)[1]}


def test_somebody_else_s_file_is_unknown(desk, cast, county):
    answer = upload(county)
    assert desk(cast.mao_zhiqiang).get(answer.location).status_code == 404
    for name in ("..", "x" * 36, "00000000-0000-0000-0000-000000000000"):
        assert county.get(f"/imports/previews/{name}").status_code == 404


def test_the_rows_to_mend_come_as_a_sheet(desk, cast, county):
    import openpyxl

    county.post(upload(county, HEAD + GOOD + SHORT).location)
    answer = county.get("/imports/1/errors.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert len(rows) == 2
    assert "位数不对" in rows[1][4]
    assert county.get("/imports/99/errors.xlsx").status_code == 404


def test_townships_see_but_do_not_import(desk, cast, county):
    county.post(upload(county).location)
    town = desk(cast.bai_caixia)
    assert "第1批.csv" in town.text("/imports/")
    assert upload(town, HEAD + SHORT).status_code == 403
    assert desk(cast.zhao_shengfu).get("/imports/").status_code == 403


def test_more_than_twenty_megabytes_is_too_much(county):
    answer = upload(county, b"x" * (21 * 1024 * 1024))
    assert answer.status_code == 413
    assert "20 MB" in words(answer)


@pytest.mark.parametrize(
    ("typed", "kept", "is_odd"),
    [("1200000000", "1200000000", True), ("120000000011", "120000000011", True), ("12000000001/0938-7881234", "12000000001", False),
     ("0938-7881234", "0938-7881234", False), ("7881234", "7881234", False), ("无", None, False), ("1200000O001", "1200000O001", True)],
)  # fmt: skip
def test_a_telephone_number_that_cannot_be_one_is_named_and_kept_as_typed(county, typed, kept, is_odd):
    answer = upload(county, HEAD + GOOD.replace("12000000001", typed))
    text = county.text(answer.location)
    assert ("第 2 行“联系电话”" in text) is is_odd
    assert (typed in text) is False or not is_odd, "numbers are masked"
    county.post(answer.location)
    assert db.session.scalars(select(Declaration)).one().phone == kept


def test_a_copy_of_a_roster_that_differs_in_some_byte_is_recognised_by_its_people(county):
    people = "".join(f"{n},恭门镇,毛山村,苏占存,{id_number(order=n * 2 + 1)},二类,2021-10\n" for n in range(1, 21))
    head = "截止2023年6月\n" + ROSTER.splitlines()[0] + "\n"
    first = upload(county, head + people, "6月低保.csv", subject="roster", kind="dibao")
    assert "几乎是同样的人" not in county.text(first.location)
    county.post(first.location)
    again = upload(
        county, head + people.replace("苏占存", "苏 占存", 1), "6月低保(1).csv", subject="roster", kind="dibao"
    )
    text = county.text(again.location)
    assert "几乎是同样的人" in text
    assert "6月低保.csv" in text
    assert "抽看 20 人里有 20 人" in text
    july = upload(county, head.replace("6月", "7月") + people, "7月低保.csv", subject="roster", kind="dibao")
    assert "几乎是同样的人" not in county.text(july.location)


def test_a_copy_of_declarations_without_numbers_is_recognised_too(county):
    head = HEAD.replace("申报编号,", "")
    rows = "".join(GOOD.replace("A001,", "").replace(id_number(), id_number(order=n * 2 + 1)) for n in range(1, 11))
    county.post(upload(county, head + rows).location)
    text = county.text(upload(county, head + rows.replace("三万六", "三万七"), "又一份.csv").location)
    assert "几乎是同样的人" in text
    assert "第1批.csv" in text
