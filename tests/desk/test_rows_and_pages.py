"""Every number and day in a row of T3 to T7 and T11, and in the text for the group, stands on its page, too."""

import re
from datetime import date, datetime

import pytest

from backend.documents.ledgers import statistics
from tests.desk import story
from tests.desk.test_documents_and_pages import PAIRS
from tests.desk.test_liaisons import CARD

pytestmark = pytest.mark.slow


@pytest.fixture
def told(cast):
    return story.tell(cast)


def said(cell: object) -> str:
    """A cell of a ledger in the words of a page."""
    if isinstance(cell, date):
        return f"{cell.month}月{cell.day}日"
    return f"{cell:,.2f}".removesuffix(".00") if isinstance(cell, int | float) else str(cell)


def test_no_heading_of_the_table_is_left_uncompared():
    compared = {label for pairs in PAIRS.values() for label in pairs.values()}
    counted = {f"{one.group}/{one.label}" for one in statistics.COLUMNS if one.group}
    assert counted - compared == set()


def test_the_text_for_the_group_says_what_the_page_says(desk, cast, told):
    mine = desk(cast.mao_zhiqiang)
    for days in (0.0, 2.5, 8.5):
        word = story.word_at(told, days)
        text = re.search(r'id="chat">([^<]+)<', mine.get(f"/ledgers/?as_of={word}").text)[1]
        assert len(text) <= 150
        lines = story.page_table(mine, "time", word)
        total = lines["合计"]
        for words in (
            f"预警{total['申报和比对/预警']}户", f"已核查{total['入户核查/已核查']}户",
            f"按期率{total['入户核查/按期核查率'].rstrip('*')}，", f"超期没去{total['入户核查/超期未核']}户",
            f"还没到期{total['入户核查/未到期']}户",
        ):  # fmt: skip
            assert words in text, (days, words)
        late = {name: line["入户核查/超期未核"] for name, line in lines.items() if name != "合计"}
        assert dict(re.findall(r"(恭门镇|龙山镇)(\d+)户，", text)) == {
            name: number for name, number in late.items() if number != "0"
        }


def test_a_row_of_a_queue_says_what_its_page_says(desk, cast, told):
    good, looked = told.cases["good"], 0
    for kind, who in (
        ("assistance", cast.tuo_fuying),
        ("monitoring", cast.mao_zhiqiang),
        ("referrals", cast.mao_zhiqiang),
    ):
        queues = {"assistance": ("social_assistance",), "monitoring": ("relapse_prevention",), "referrals": ("water",)}[
            kind
        ]
        rows = [row for row in story.sheet_rows(desk(cast.mao_zhiqiang), kind, story.word_at(told, 0))
                if row["户主"] == "马**" or row["村"] == "毛山村"]  # fmt: skip
        routing = next(one for one in good.routings if one.queue in queues)
        reader = desk(cast.bai_caixia if kind == "referrals" else who)
        for row in rows:
            if row.get("问题类别", "饮水安全") != "饮水安全":
                continue
            category = {"农村低保": "dibao", "残疾人两项补贴": "disability", "临时救助": "temporary"}.get(
                row.get("拟纳入类别"), ""
            )
            page = reader.text(f"/routings/{routing.id}?category={category}")
            page += reader.text(f"/routings/{routing.id}/support") + reader.text(f"/cases/{good.id}")
            for heading, cell in row.items():
                if heading.startswith(("序号", "要求办结")) or not isinstance(cell, datetime | date | int | float):
                    continue
                assert said(cell) in page, (kind, heading, cell)
                looked += 1
    assert looked > 20


def test_the_list_of_late_ones_and_the_workload_say_what_their_pages_say(desk, cast, told):
    mine = desk(cast.mao_zhiqiang)
    word = story.word_at(told, 0)
    page, rows = mine.text("/oversight/late"), story.sheet_rows(mine, "late", word)
    over = [row for row in rows if row["超期天数"]]
    assert over
    for row in over:
        assert f"{row['超期天数']} 天 {row['预警编号']} {said(row['预警发布时间'])} 发布" in page, row
    town = desk(cast.bai_caixia)
    in_hand = dict(re.findall(r"(米建军|丁志强|惠阿西) \S+ (\d+) 户", town.text("/handovers/")))
    loads = {row["姓名"]: row for row in story.sheet_rows(town, "workloads", word, "620525102") if row.get("姓名")}
    for name, number in in_hand.items():
        sent = sum(n for key, n in loads.get(name, {}).items() if key in ("派单数/主责", "派单数/同行") and n)
        assert int(number) <= sent, name


def test_a_row_of_the_explained_says_what_the_household_page_says(desk, cast, told):
    page = desk(cast.bai_caixia).text(f"/cases/{told.cases['refused'].id}")
    (row,) = story.sheet_rows(desk(cast.mao_zhiqiang), "explanations", story.word_at(told, 0))
    at = row["告知时间"]
    for words in (
        f"{row['告知方式']}，{said(at)} {at:%H:%M}，{row['告知人']}", row["不符合原因"], row["怎么说的"], row["签收"], row["村"],
        f"{said(row['核查时间'])} {row['核查时间']:%H:%M}",
    ):  # fmt: skip
        assert words in page, words


def test_a_row_of_the_liaisons_says_what_their_page_says(desk, cast, told):
    for number, duty in enumerate("AB"):
        card = CARD | {
            "duty": duty,
            "name": f"马联络{'甲乙'[number]}",
            "mobile": f"1200000090{number}",
            "note": f"第{number}排",
        }
        assert desk(cast.mao_zhiqiang).post("/liaisons/", card).status_code == 303
    city = desk(cast.liu_yulan)
    page, rows = city.text("/liaisons/"), story.sheet_rows(city, "liaisons", story.word_at(told, 0), "6205")
    assert [row["AB角"] for row in rows] == ["A角", "B角"]
    for row in rows:
        cells = [row[name] for name in ("序号", "姓名", "单位", "职务", "办公电话", "手机", "AB角", "备注")]
        assert " ".join(str(cell or "—") for cell in cells) in page, row
