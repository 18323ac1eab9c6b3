"""Ledgers list what the figures of the same moment count: void, found, extended and moved households included."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from backend import clock
from backend.desk.moment import moment_word
from backend.documents.catalogue import LEDGERS
from backend.models import db
from tests.desk import story
from tests.factories import assigned_case, visit_case

pytestmark = pytest.mark.slow
TOWNS = {"恭门镇": "620525102", "龙山镇": "620525101"}


@pytest.fixture
def told(cast):
    return story.tell(cast)


def test_every_ledger_has_the_households_that_its_figure_counts(desk, cast, told):
    mine = desk(cast.mao_zhiqiang)
    for days in story.MOMENTS:
        word = story.word_at(told, days)
        page = story.page_numbers(mine, word)
        county = Counter({key: n for (area, key), n in page.items() if area == "620525"})
        rows = {kind: story.sheet_rows(mine, kind, word) for kind in
                ("visits", "comparison", "assistance", "monitoring", "referrals", "explanations", "late")}  # fmt: skip
        over = [row for row in rows["late"] if row["超期天数"]]
        visits = rows["visits"]
        seen = Counter(
            {
                "warned": len(visits),
                "overdue": sum(row["入户核查/是否超期"] == "是" and not row["入户核查/入户时间"] for row in visits),
                "late": sum(row["入户核查/是否超期"] == "是" and bool(row["入户核查/入户时间"]) for row in visits),
                "visited": sum(bool(row["入户核查/入户时间"]) for row in visits),
                "declared": len(rows["comparison"]),
                "invalid": sum(row["比对结论"] == "证号无效" for row in rows["comparison"]),
                "receiving": sum(row["比对结论"] == "本人在享" for row in rows["comparison"]),
                "social_assistance": len({row["户主"] for row in rows["assistance"]}),
                "dibao": sum(row["结果"] == "纳入" and row["拟纳入类别"] == "农村低保" for row in rows["assistance"]),
                "relapse_prevention": len(rows["monitoring"]),
                "referral": len(rows["referrals"]),
                "solved": sum(row["是否解决"] == "已解决" for row in rows["referrals"]),
                "explained": len(rows["explanations"]),
            }
        )
        assert {key: county[key] for key in seen} == dict(seen), days
        for name, code in TOWNS.items():
            assert sum(row["乡镇"] == name for row in visits) == page[code, "warned"], (days, name)
            assert sum(row["乡镇"] == name for row in over) == page[code, "overdue"], (days, name)


def test_a_row_says_what_was_known_then(desk, cast, told):
    mine = desk(cast.mao_zhiqiang)
    numbers = {name: case.number for name, case in told.cases.items()}

    def row(kind: str, days: float, name: str) -> dict[str, object]:
        found = story.sheet_rows(mine, kind, story.word_at(told, days))
        return next(one for one in found if one.get("预警编号") == numbers[name])

    seen = row("visits", 0, "longer_seen")
    assert (seen["入户核查/是否超期"], seen["核查截止时间"]) == ("否", f"{told.day(3)} 24:00")
    first_limit = f"{told.day(7)} 24:00"
    assert row("visits", 8.5, "longer_seen")["核查截止时间"] == first_limit
    assert row("visits", 8.5, "longer")["核查截止时间"] == first_limit
    assert [row("visits", days, "moved")["乡镇"] for days in (5.5, 0)] == ["恭门镇", "龙山镇"]
    assert [row("late", days, "moved")["村"] for days in (5.5, 0)] == ["毛山村", None]
    (mz,) = [
        one for one in story.sheet_rows(mine, "assistance", story.word_at(told, 9.5)) if one["拟纳入类别"] == "农村低保"
    ]
    assert (mz["受理时间"], mz["核对时间"], mz["结果"]) == (None, None, "在办")
    (mz,) = [
        one for one in story.sheet_rows(mine, "assistance", story.word_at(told, 8.5)) if one["拟纳入类别"] == "农村低保"
    ]
    assert (mz["受理时间"] is None, mz["核对时间"].date(), mz["结果"]) == (False, told.day(9), "在办")
    (water,) = [
        one for one in story.sheet_rows(mine, "referrals", story.word_at(told, 8.5)) if one["问题类别"] == "饮水安全"
    ]
    assert (water["措施"], water["资金（元）"], water["是否解决"]) == (None, None, "在办")
    assert row("visits", 9.5, "longer")["派单/主责核查人"] == "米建军"


def test_a_visit_counts_from_when_the_office_had_it(desk, cast):
    """A phone that was offline brings a visit of five days ago today."""
    case = assigned_case(cast, at=clock.now() - timedelta(days=12))
    made = visit_case(case, author=cast.mi_jianjun, **story.SIGNED)
    made.visited_at = made.ended_at = case.visited_at = clock.now() - timedelta(days=5)
    db.session.commit()
    mine = desk(cast.mao_zhiqiang)
    for word, went in ((moment_word(clock.now()), True), (moment_word(clock.now() - timedelta(days=4)), False)):
        (row,) = story.sheet_rows(mine, "visits", word)
        assert (row["入户核查/入户时间"] is not None, row["入户核查/是否超期"]) == (went, "是")


def test_the_columns_of_the_guide_are_filled(desk, cast, told):
    """DOMAIN §5.2, column by column, of the households that have something to say."""
    mine, now = desk(cast.mao_zhiqiang), story.word_at(told, 0)
    rows = {kind: story.sheet_rows(mine, kind, now) for kind in LEDGERS if kind not in ("liaisons", "inspections")}
    good = next(row for row in rows["visits"] if row["预警编号"] == told.cases["good"].number)
    assert (good["推送时间"].date(), good["是否重复申报"]) == (told.day(13), "是")
    assert {row["是否重复申报"] for row in rows["visits"]} == {"是", "否"}
    page = mine.text(f"/cases/{told.cases['good'].id}")
    for heading in ("防返贫口径", "低保口径"):
        cell = good[f"年人均收入（元）/{heading}"]
        assert cell is None or f"人均 {cell:,.2f}".removesuffix(".00") in page
    assert good["核查意见/核查结论"]
    held = next(row for row in rows["comparison"] if row["姓名"] == "铁生福")
    assert (held["在哪本名册上/护理补贴"], held["在哪本名册上/生活补贴"]) == (
        f"护理补贴，{told.day(400)} 起，100 元",
        None,
    )
    (water,) = [row for row in rows["referrals"] if row["问题类别"] == "饮水安全"]
    assert water["要求办结时间"].date() > told.day(9)
    (watched,) = story.sheet_rows(mine, "monitoring", story.word_at(told, 8.5))
    assert (watched["年人均纯收入（元）"], watched["合规自付支出（元）"]) == (6740, 36000)
    (talk,) = rows["explanations"]
    assert (talk["政策依据"], talk["是否申诉"], talk["复核结果"]) == ("民发〔2021〕57号 第13条", "是", "复核中")
    missed = next(row for row in rows["late"] if row["预警编号"] == told.cases["missed"].number)
    assert missed["整改情况"] == "已回复：明天去"
    assert missed["整改时限"].date() >= told.day(-1)
    near = [row for row in story.sheet_rows(mine, "late", story.word_at(told, 7.9)) if not row["超期天数"]]
    assert {row["备注"] for row in near} <= {"还剩 1 天", "今天到期"}
    assert len(near) == page_near(mine, story.word_at(told, 7.9))


def page_near(mine, word: str) -> int:
    return int(re.search(r"(\d+) 户 截至", mine.text(f"/oversight/late?kind=near&as_of={word}"))[1])
