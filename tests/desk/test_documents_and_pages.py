"""Every number on every document stands on the page it came from: files beside the rendered page, live and 截至 a past day."""

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook

from backend import clock
from backend.desk.answers import in_yuan
from backend.documents import bulletin_annex
from tests.desk import story
from tests.desk.browser import words
from tests.desk.test_printouts import text_of

# part of the page, its heading → heading of the workbook
PAIRS = {
    "declared": {"申报推送/件数": "申报推送/件数", "申报推送/户数": "申报推送/户数", "申报推送/人数": "申报推送/人数",
                 "已享受/合计": "比对/已享受", "已享受/低保": "比对/其中低保", "已享受/特困": "比对/其中特困",
                 "已享受/临时": "比对/其中临时", "已享受/孤儿事无": "比对/其中孤儿事无", "已享受/残补": "比对/其中残补",
                 "其他/重复": "比对/重复", "其他/无效": "比对/无效", "其他/预警": "比对/预警"},
    "time": {"入户核查/应核查": "入户核查/应核查", "入户核查/已核查": "入户核查/已核查", "入户核查/按期": "入户核查/按期",
             "入户核查/超期完成": "入户核查/超期完成", "入户核查/超期未核": "入户核查/超期未核", "入户核查/未到期": "入户核查/未到期待核",
             "入户核查/按期核查率": "入户核查/按期核查率", "入户核查/平均": "入户核查/平均响应时长（小时）",
             "入户核查/中位": "入户核查/中位数（小时）", "去向（一户可多个）/民政": "处置/转民政", "去向（一户可多个）/防返贫": "处置/转防返贫",
             "去向（一户可多个）/单项": "处置/转单项", "去向（一户可多个）/研判中": "处置/研判中"},
    "results": {"低保/户": "结果/纳入低保（户）", "低保/人": "结果/纳入低保（人）", "特困/户": "结果/特困（户）", "特困/人": "结果/特困（人）",
                "临时救助/人次": "结果/临时救助（人次）", "临时救助/元": "结果/临时救助（元）", "儿童、残补/孤儿事无": "结果/孤儿事无",
                "儿童、残补/残补": "结果/残疾人补贴", "儿童、残补/生活": "结果/其中生活补贴", "儿童、残补/护理": "结果/其中护理补贴",
                "纳入监测/户": "结果/纳入监测（户）", "纳入监测/人": "结果/纳入监测（人）", "单项、不符合/已解决": "结果/单项已解决",
                "单项、不符合/已告知": "处置/不符合已告知", "单项、不符合/申诉": "处置/申诉", "办结/纳入率": "结果/纳入率"},
    "quality": {"率/核查率": "入户核查/核查率", "率/超期率": "入户核查/超期率"},
}  # fmt: skip


@pytest.fixture
def told(cast):
    return story.tell(cast)


def printed(heading: str, value: object) -> str:
    """A cell of the workbook in the page's way of writing."""
    if isinstance(value, str):
        return value
    if heading.endswith("率"):
        return f"{value * 100:.1f}%"
    return f"{value:,.2f}".removesuffix(".00") if "元" in heading else f"{value:.1f}".removesuffix(".0")


@pytest.mark.slow
def test_table_and_bulletin_say_what_the_page_says(desk, cast, told):
    mine = desk(cast.mao_zhiqiang)
    for days in (0.0, 2.5, 8.5):
        word = story.word_at(told, days)
        sheet = {row["单位"] or "合计": row for row in story.sheet_rows(mine, "statistics", word)}
        pages = {part: story.page_table(mine, part, word) for part in PAIRS}
        for part, pairs in PAIRS.items():
            assert pages[part].keys() == sheet.keys()
            for name, line in pages[part].items():
                for heading, label in pairs.items():
                    assert line[heading].rstrip("*") == printed(label, sheet[name][label]), (days, name, label)
        _bulletin(mine, word, sheet, pages)
    assert pages["results"]["合计"]["临时救助/元"] == "0"
    last = story.page_table(mine, "results", story.word_at(told, 0))["合计"]
    known = ("临时救助/元", "儿童、残补/残补", "儿童、残补/生活", "儿童、残补/护理", "单项、不符合/申诉")
    assert [last[key] for key in known] == ["1,234.56", "1", "0", "1", "1"]


def _bulletin(mine, word, sheet, pages) -> None:
    paper = Document(io.BytesIO(mine.get(f"/ledgers/bulletin.docx?as_of={word}").data))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    d, t, r = (pages[part]["合计"] for part in ("declared", "time", "results"))
    share = {key: value.rstrip("*") for key, value in (t | pages["quality"]["合计"]).items()}
    for said in (
        f"推送申报信息 {d['申报推送/件数']} 件", f"已享受救助 {d['已享受/合计']} 件", f"重复、无效 {t['申报和比对/重复无效']} 件",
        f"发布预警 {t['申报和比对/预警']} 户", f"应核查 {t['入户核查/应核查']} 户，已核查 {t['入户核查/已核查']} 户",
        f"核查率 {share['率/核查率']}；按期核查 {t['入户核查/按期']} 户，按期核查率 {share['入户核查/按期核查率']}",
        f"转民政 {t['去向（一户可多个）/民政']} 户，转防返贫监测 {t['去向（一户可多个）/防返贫']} 户，转单项帮扶 {t['去向（一户可多个）/单项']} 户",
        f"解释宣传 {r['单项、不符合/已告知']} 户。已办结 {r['办结/户']} 户，其中纳入低保 {r['低保/户']} 户 {r['低保/人']} 人",
        f"特困 {r['特困/户']} 户 {r['特困/人']} 人，临时救助 {r['临时救助/人次']} 人次 {r['临时救助/元']} 元",
        f"残疾人补贴 {r['儿童、残补/残补']} 户（生活补贴 {r['儿童、残补/生活']} 户，护理补贴 {r['儿童、残补/护理']} 户）",
        f"纳入监测 {r['纳入监测/户']} 户 {r['纳入监测/人']} 人，单项解决 {r['单项、不符合/已解决']} 户。对结果提出申诉 {r['单项、不符合/申诉']} 户",
    ):  # fmt: skip
        assert said in text, said
    behind = {
        name: line["入户核查/超期未核"] for name, line in pages["time"].items() if line["入户核查/超期未核"] != "0"
    }
    assert all(f"{name} {n} 户" in text for name, n in behind.items() if name != "合计")
    *groups, late = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    for group in groups:
        for line in group[1:]:
            for heading, cell in list(zip(group[0], line, strict=True))[1:]:
                (label,) = [key for key in sheet["合计"] if key.endswith(f"/{heading}") and _is_of(group, key)]
                assert cell == printed(label, sheet[line[0]][label]), (line[0], label)
    rows = story.sheet_rows(mine, "late", word)
    assert [line[3] for line in late[1:]] == [row["预警编号"] for row in rows]
    assert [line[6] for line in late[1:]] == [str(row["超期天数"] or "") for row in rows]


def _is_of(group: list[list[str]], key: str) -> bool:
    upper = next(one for one, lines in GROUPS.items() if lines == group[0][1:])
    return key.startswith(f"{upper}/")


GROUPS = {
    group: [column.label for column in bulletin_annex.statistics.COLUMNS if column.group == group]
    for group in ("申报推送", "比对", "入户核查", "处置", "结果")
}


def test_ledgers_say_what_the_household_s_page_says(desk, cast, told):
    mine, now = desk(cast.mao_zhiqiang), story.word_at(told, 0)
    visits = {row["预警编号"]: row for row in story.sheet_rows(mine, "visits", now)}
    for name in ("good", "late", "longer_seen", "refused"):
        case = told.cases[name]
        row, page = visits[case.number], mine.text(f"/cases/{case.id}")
        for heading in (
            "预警编号",
            "申请人",
            "身份证号",
            "联系电话",
            "申报困难原因",
            "看到的/住房等级",
            "核查意见/主要风险",
        ):
            assert str(row[heading]) in page, (name, heading)
        for heading in ("防返贫口径", "低保口径"):
            assert f"人均 {in_yuan(round(row[f'年人均收入（元）/{heading}'] * 100))}，" in page
        went = row["入户核查/入户时间"]
        assert f"{went.month}月{went.day}日 {went:%H:%M}" in page
        assert f"{'超期' if row['入户核查/是否超期'] == '是' else '按期'}" in page
        assert f"一起生活几个人 {row['家庭人口']} 人" in page
    listed = mine.text(f"/oversight/declarations?figure=declared&as_of={now}")
    declared = story.sheet_rows(mine, "comparison", now)
    for verdict in {row["比对结论"] for row in declared}:
        assert listed.count(verdict) >= sum(row["比对结论"] == verdict for row in declared), verdict
    (longer,) = [
        one for one in story.sheet_rows(mine, "attempts", now) if one["预警编号"] == told.cases["longer"].number
    ]
    page = mine.text(f"/cases/{told.cases['longer'].id}")
    assert f"延期到 {longer['延期至'].month}月{longer['延期至'].day}日 24:00" in page
    assert (longer["尝试次数"], longer["批准人"] in page, longer["原因"] in page) == (1, True, True)
    (checked,) = story.sheet_rows(mine, "inspections", now)
    (address,) = set(re.findall(r'href="(/inspections/\d+)"', mine.get("/inspections/").text))
    page = mine.text(address)
    for heading in ("督导组", "抽查户数", "核实入户真实户数", "发现问题", "整改要求"):
        assert str(checked[heading]) in page, heading


@pytest.mark.slow
def test_sheets_to_sign_say_what_the_pages_say(desk, cast, told):
    good, refused = told.cases["good"], told.cases["refused"]
    mine = desk(cast.bai_caixia)
    page = mine.text(f"/cases/{good.id}").replace(" ", "")
    numbers = re.findall(r"\d[\d,.]*(?:元|人|亩|头|个月)", text_of(mine.get(f"/cases/{good.id}/visit-sheet.pdf")))
    assert len(numbers) > 8
    assert [one for one in numbers if one not in page] == []
    adults = re.findall(
        r"\d([\u4e00-\u9fff]{2,4})(?=\d)", text_of(mine.get(f"/cases/{good.id}/authorisation.pdf")).split("经办人")[0]
    )
    assert adults
    assert [name for name in adults if name not in page] == []
    notice = text_of(mine.get(f"/cases/{refused.id}/notice.pdf"))
    figures, page = re.findall(r"([\d,.]+)元", notice), mine.text(f"/cases/{refused.id}")
    assert len(figures) == 2
    assert [one for one in figures if f" {one}" not in page] == []
    until = refused.explanations[-1].object_until_on
    assert f"在{until.month}月{until.day}日以前" in notice
    routing = next(one for one in good.routings if one.queue == "social_assistance")
    answer = desk(cast.tuo_fuying).get(f"/routings/{routing.id}")
    page, sheet = (
        words(answer).replace(" ", ""),
        text_of(desk(cast.tuo_fuying).get(f"/routings/{routing.id}/handover.pdf")),
    )
    found = re.findall(r"\d[\d,.]*(?:元|人|亩|头|个月)", sheet)
    assert found
    assert [one for one in found if one not in page] == []
    at = clock.local(routing.routed_at)
    for said in (f"{at.month}月{at.day}日{at:%H:%M}", good.number, routing.reason):
        assert said in page
        assert said in sheet


def test_the_workbook_says_its_moment_as_the_bulletin_does(desk, cast, told):
    """24:00 of a day is that day's, in both and in the date under the signatures."""
    mine, day = desk(cast.mao_zhiqiang), told.day(3)
    until = f"{day.year}年{day.month}月{day.day}日"
    book = load_workbook(io.BytesIO(mine.get(f"/ledgers/statistics.xlsx?day={day}").data)).active
    assert f"数据截止时间：{until} 24:00" in [cell.value for cell in book[2]]
    lines = [one.text for one in Document(io.BytesIO(mine.get(f"/ledgers/bulletin.docx?day={day}").data)).paragraphs]
    assert any(line.startswith(f"截至{until} 24:00，省上") for line in lines)
    assert lines.count(until) == 1
    place = lines.index(until)
    assert lines[place - 2 : place] == ["县农业农村局（县乡村振兴局）", "县民政局"]
    assert lines[place + 1].startswith("抄送：天水市")
    assert "0时" not in "".join(lines)
    assert [line for line in lines if re.fullmatch(r"附件\d", line)] == ["附件1", "附件2"]
