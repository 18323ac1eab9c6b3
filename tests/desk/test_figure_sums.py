"""People and yuan are numbers, too: the list behind one says what it adds up to, and what each household gives."""

import re

import pytest

from backend.desk.moment import moment_word
from backend.domain import figures_snapshots
from backend.domain.figures import figures
from backend.models import db
from tests.cast import COUNTY, GONGMEN
from tests.desk.story import tell

PARTS = {"dibao": r"<b>(\d+) 人</b>", "temporary": r"<b>\d+ 人次 ([\d,.]+) 元</b>"}


@pytest.fixture
def story(app, cast):
    return tell(cast)


def page(desk, person, figure: str, area: str, moment, more: str = "") -> str:
    return desk(person).get(f"/cases/?figure={figure}&area={area}&as_of={moment_word(moment)}{more}").text


@pytest.mark.parametrize("area", [GONGMEN, COUNTY])
def test_people_and_yuan_of_a_figure_add_up_over_its_list(desk, cast, story, area):
    moment = story.begun
    n = figures(area, moment).total
    assert (n["dibao"], n["temporary_times"], n["temporary_fen"]) == (1, 1, 123_456)
    low = page(desk, cast.mao_zhiqiang, "dibao", area, moment)
    assert f"1 户，先到期的在前，共 {n['dibao_people']} 人" in low
    assert sum(map(int, re.findall(PARTS["dibao"], low))) == n["dibao_people"] > 0
    aid = page(desk, cast.mao_zhiqiang, "temporary", area, moment)
    assert "，共 1 人次 1,234.56 元" in aid
    assert re.findall(PARTS["temporary"], aid) == ["1,234.56"]
    assert "，共" not in page(desk, cast.mao_zhiqiang, "warned", area, moment)


def test_a_part_and_a_narrowed_list_have_no_sum_and_keep_each_one_s(desk, cast, story):
    shown = page(desk, cast.mao_zhiqiang, "dibao", GONGMEN, story.begun, "&q=YJ")
    assert "，共" not in shown
    assert re.findall(PARTS["dibao"], shown)


def test_a_snapshot_s_sum_is_the_kept_one(desk, cast, story, monkeypatch):
    monkeypatch.setattr(figures_snapshots, "MANY", 2)
    kept = figures_snapshots.take_snapshot(COUNTY)
    db.session.commit()
    people = kept.table["total"]["n"]["dibao_people"]
    assert f"，共 {people} 人" in page(desk, cast.mao_zhiqiang, "dibao", COUNTY, kept.as_of_at)


def test_nobody_reads_the_sum_of_another_s_area(desk, cast, story):
    assert "，共" not in page(desk, cast.li_zhanfu, "dibao", GONGMEN, story.begun)


def test_declared_people_stand_over_the_declarations(desk, cast, story):
    moment = story.begun
    people = figures(GONGMEN, moment).total["declared_people"]
    url = f"/oversight/declarations?figure=declared_households&area={GONGMEN}&as_of={moment_word(moment)}"
    text = desk(cast.mao_zhiqiang).get(url).text
    assert f"共 {people} 人" in text
    assert sum(map(int, re.findall(r"<b>(\d+) 人</b>", text))) == people
