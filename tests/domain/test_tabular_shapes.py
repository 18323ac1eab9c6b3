"""Shapes of tables that offices send, one question each."""

from datetime import date

import pytest

from backend.domain.tabular import read_declaration_file, read_roster_file
from tests.domain.files import DIBAO_TITLE, book, comma, id_number

TODAY = date(2024, 5, 1)
HEADS = ["序号", "村", "户主", "身份证号", "保障人口", "类型"]


def household(name: str = "马占福") -> list:
    return [1, "付川村", name, id_number(), 1, "整户"]


def people(content: bytes, name: str = "x.xlsx", kind: str | None = None) -> list:
    return read_roster_file(content, name, TODAY, kind).people


def test_one_sheet_per_township_and_a_summary_before_them():
    sheets = {"汇总": [["乡镇", "户数", "人数"], ["恭门镇", 2, 3]]}
    sheets |= {town: [[f"{town}农村低保花名册"], HEADS, household()] for town in ("恭门镇", "龙山镇")}
    assert [one.township for one in people(book(sheets))] == ["恭门镇", "龙山镇"]


def test_one_sheet_per_month_keeps_both_months():
    sheets = {month: [["农村低保花名册"], HEADS, household()] for month in ("1月", "2月")}
    reading = read_roster_file(book(sheets), "低保2024年.xlsx", TODAY)
    assert ([one.month for one in reading.people], reading.month) == (["2024-01", "2024-02"], "2024-02")


def test_sheet_of_those_who_were_stopped():
    sheets = {
        "在享": [["农村低保花名册"], HEADS, household()],
        "停发人员": [["低保停发人员名单"], HEADS, household()],
    }
    assert [one.is_stopped for one in people(book(sheets))] == [False, True]


def test_hidden_sheet_does_not_count():
    sheets = {name: [["农村低保花名册"], HEADS, household(name)] for name in ("马有才", "李有才")}
    assert [one.name for one in people(book(sheets, hidden=("李有才",)))] == ["马有才"]


def test_two_tables_below_each_other_keep_their_kinds():
    rows = [
        ["孤儿花名册"], ["序号", "乡镇", "姓名", "身份证号"], [1, "恭门镇", "马子涵", id_number("20140101")], ["合计", "", "1人"], [],
        ["事实无人抚养儿童花名册"], ["序号", "乡镇", "姓名", "身份证号", "父亲", "父亲身份证"],
        [1, "恭门镇", "李子涵", id_number("20140101"), "李建军", id_number()],
    ]  # fmt: skip
    assert [(one.kind, one.role) for one in people(book({"儿童": rows}))] == [
        ("orphan", "self"), ("unsupported", "self"), ("unsupported", "father"),
    ]  # fmt: skip


def test_township_lines_between_the_rows():
    heads = ["序号", "户主姓名", "身份证号码", "施保类型"]
    rows = [DIBAO_TITLE, heads, ["一、恭门镇（1户）"], [1, "马占福", id_number(), "整户保"], ["恭门镇小计", "", "1户"]]
    rows += [["龙山镇"], [2, "李有才", id_number(), "整户保"], ["填报人：张三"]]
    assert [(one.row, one.township) for one in people(book({"x": rows}))] == [(4, "恭门镇"), (7, "龙山镇")]


def test_header_repeated_on_every_printed_page():
    page = [HEADS, household(), ["第1页 共3页"]]
    assert len(people(book({"低保": [DIBAO_TITLE, *page, *page, *page]}))) == 3


def test_three_levels_of_headings():
    rows = [
        ["农村低保花名册"], ["填报单位：恭门镇人民政府", "", "", "", "2024年3月15日"], ["基本信息", "", "", "家庭成员信息"],
        ["序号", "户主", "", "成员一", "", "成员二"], ["", "姓名", "证件号码", "姓名", "证件号码", "姓名", "证件号码"],
        [1, "马占福", id_number(), "李玉兰", id_number(), "马小明", id_number()],
    ]  # fmt: skip
    seen = people(book({"x": rows}))
    assert [(one.role, one.name, one.township) for one in seen] == [
        ("head", "马占福", "恭门镇"), ("member", "李玉兰", "恭门镇"), ("member", "马小明", "恭门镇"),
    ]  # fmt: skip


def test_two_lists_side_by_side():
    heads = ["序号", "姓名", "身份证号", "金额", "发放时间"] * 2
    row = [1, "马占福", id_number(), 500, "2024-03-01", 2, "李有才", id_number(), 600, "2024-03-02"]
    seen = people(book({"x": [["临时救助名单"], heads, row]}))
    assert [(one.role, one.name, one.paid_on) for one in seen] == [
        ("self", "马占福", date(2024, 3, 1)), ("self", "李有才", date(2024, 3, 2)),
    ]  # fmt: skip


def test_swapped_columns_are_read_by_their_contents():
    rows = [["序号", "身份证号", "户主姓名", "保障方式"], *[[n, "马占福", id_number(), "整户"] for n in range(6)]]
    assert all(one.name == "马占福" and one.id_number for one in people(book({"低保": [DIBAO_TITLE, *rows]})))


def test_row_per_member_with_the_head_written_once():
    heads = ["乡镇", "村", "户主姓名", "家庭成员姓名", "与户主关系", "身份证号", "类别"]
    rows = [
        ["恭门镇", "付川村", "马占福", "马占福", "户主", id_number(), "一类"],
        ["", "", "", "李玉兰", "配偶", id_number(), ""],
        ["", "", "", "马小明", "之子", id_number(), ""],
    ]
    seen = [one for one in people(comma(DIBAO_TITLE, heads, *rows)) if one.id_number]
    assert [(one.role, one.name, one.township) for one in seen] == [
        ("head", "马占福", "恭门镇"), ("member", "李玉兰", "恭门镇"), ("member", "马小明", "恭门镇"),
    ]  # fmt: skip


def test_person_column_says_who_of_the_household_is_covered():
    heads = ["户编号", "姓名", "与户主关系", "公民身份号码", "保障类型", "是否保障对象"]
    rows = [
        ["H1", "马占福", "户主", id_number(), "单人保", "否"],
        ["H1", "马小明", "之子", id_number(), "单人保", "是"],
    ]
    assert [one.role for one in people(comma(DIBAO_TITLE, heads, *rows))] == ["other", "self"]


@pytest.mark.parametrize(
    ("remark", "is_stopped", "ended_on"),
    [
        ("", False, None),
        ("死亡", True, None),
        ("2024年2月停发", True, date(2024, 2, 1)),
        ("丈夫去世", False, None),
        ("2023年12月停发后2024年2月恢复", False, None),
        ("2023.12转特困", True, date(2023, 12, 1)),
    ],
)
def test_remarks_about_stopping(remark, is_stopped, ended_on):
    heads = ["乡镇", "户主", "身份证", "备注"]
    (seen,) = people(comma(DIBAO_TITLE, heads, ["恭门镇", "马占福", id_number(), remark]))
    assert (seen.is_stopped, seen.ended_on) == (is_stopped, ended_on)


@pytest.mark.parametrize(
    ("heading", "cell", "is_stopped"),
    [
        ("停发时间", "", False), ("停发时间", "无", False), ("停发时间", "长期", False), ("停发时间", "2024-01-05", True),
        ("享受状态", "正常", False), ("享受状态", "取消", True), ("人员状态", "死亡", True), ("是否在享", "否", True),
        ("是否在享", "是", False), ("是否停发", "是", True), ("是否停发", "否", False), ("停发原因", "迁出", True),
        ("发放状态", "已转账", False), ("状态", "暂停", True), ("状态", "渐退期", False), ("享受起止时间", "2021.01-2023.12", True),
        ("享受起止时间", "2021年1月至今", False), ("停发时间", "1900-01-00", False),
    ],
)  # fmt: skip
def test_columns_about_stopping(heading, cell, is_stopped):
    heads = ["乡镇", "姓名", "身份证号", heading]
    title = ["特困人员供养名册"]
    (seen,) = people(comma(title, heads, ["恭门镇", "马占福", id_number(), cell]))
    assert seen.is_stopped is is_stopped


def test_refused_relief_is_no_relief():
    heads = ["乡镇", "申请人", "申请人身份证号码", "救助金额", "批准日期", "办理结果"]
    rows = [["恭门镇", "马占福", id_number(), 500, "2024.2.3", word] for word in ("同意", "不予救助", "审核中")]
    assert [one.role for one in people(comma(["临时救助台账"], heads, *rows))] == ["self", "other", "other"]


def test_number_of_the_collector_is_told_by_the_card():
    heads = ["乡镇", "姓名", "残疾证号", "代领人", "身份证号", "护理补贴"]
    rows = [["恭门镇", "马占福", id_number() + "41", "马小明", id_number(), 50] for _ in range(4)]
    seen = people(comma(["残疾人两项补贴名册"], heads, *rows))
    assert {one.role for one in seen} == {"self", "collector"}
    assert all(one.id_number for one in seen)


def test_declarations_with_counting_numbers_beside_the_real_ones():
    heads = ["编号", "申报单号", "户主", "证件号", "所在村", "诉求", "日期"]
    rows = [
        [n, f"GS2024{n:05d}", "马占福", id_number(), "恭门镇付川村三社", "病", "2024/3/5 10:20"] for n in range(1, 4)
    ]
    seen = read_declaration_file(comma(heads, *rows), "推送.csv", TODAY).rows
    assert [one.source_no for one in seen] == ["GS202400001", "GS202400002", "GS202400003"]


def test_declarations_without_any_number_say_so_once():
    heads = ["姓名", "身份证", "村", "电话", "家庭情况", "时间"]
    reading = read_declaration_file(
        comma(heads, ["马占福", id_number(), "付川村", "12900000001", "病", "2024.3.5"]), "x.csv", TODAY
    )
    assert [(fault.code, fault.is_kept) for fault in reading.faults] == [("source_no_column_missing", True)]
    assert reading.rows[0].source_no == ""


def test_number_given_twice():
    heads = ["申报编号", "申请人姓名", "身份证号", "申报时间", "困难情况"]
    first = ["S0001", "马占福", id_number(), "2024-03-05", "病"]
    other = ["S0001", "李有才", id_number(), "2024-03-06", "病"]
    reading = read_declaration_file(comma(heads, first, first, other), "申报.csv", TODAY)
    assert [one.source_no for one in reading.rows] == ["S0001", "S0001-2"]
    assert [fault.code for fault in reading.faults] == ["row_repeated", "source_no_repeated"]
