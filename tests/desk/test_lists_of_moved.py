"""D4: the list behind a number has as many as the number at any moment, also where households have moved since (转派)."""

import re
from datetime import timedelta

import pytest

from backend import clock
from backend.access import visible_cases
from backend.desk.moment import moment_word
from backend.domain import area_changes, figures_snapshots, transfer
from backend.domain.figures import figures
from backend.domain.figures_conditions import CASE_FIGURES
from backend.models import Area, Case, db
from tests.cast import COUNTY, GONGMEN, LISHAN, LONGSHAN, MAOSHAN
from tests.desk.story import MOMENTS, tell
from tests.factories import publish

WHOLE = re.compile(r"(\d+) 户，先到期的在前")
ELSEWHERE = re.compile(r"另有 (\d+) 户已转到(\S+?)，")
TAKEN_BACK = 8.0
OTHER = {GONGMEN: "龙山镇", LONGSHAN: "恭门镇"}


@pytest.fixture
def story(app, cast):
    """One household went to 龙山镇 five days ago; another went there and came back."""
    told = tell(cast)
    with told.back(TAKEN_BACK):
        away = transfer.transfer(
            told.cases["longer"], to=db.session.get(Area, LONGSHAN), reason="住在龙山镇", actor=cast.bai_caixia
        )
    with told.back(TAKEN_BACK - 0.7):
        transfer.undo(away, reason="又搬回来了", actor=cast.bai_caixia)
    db.session.commit()
    return told


def listed(mine, figure: str, area: str, moment, **more: str) -> tuple[int, int, dict[str, int]]:
    """(the number over the list, how many households stand in it, those said to be elsewhere)."""
    args = "".join(f"&{key}={value}" for key, value in more.items())
    answer = mine.get(f"/cases/?figure={figure}&area={area}&as_of={moment_word(moment)}{args}")
    text = re.sub(r"<[^>]+>", "", answer.text)
    told = {place: int(n) for n, place in ELSEWHERE.findall(text)}
    (number,) = WHOLE.findall(text)
    return int(number), answer.text.count('<td class="go">'), told


@pytest.mark.parametrize("days", [*MOMENTS[:2], 6.5, 7.5, 9.5])
def test_each_number_of_a_township_is_its_list_for_county_and_township(desk, cast, story, days):
    moment = story.begun - timedelta(days=days)
    viewers = {GONGMEN: (cast.mao_zhiqiang, cast.bai_caixia), LONGSHAN: (cast.mao_zhiqiang, cast.li_zhanfu)}
    for town, people in viewers.items():
        counted = figures(town, moment).total
        for person in people:
            mine = desk(person)
            for key in (key for key in CASE_FIGURES if counted[key] or key in ("found", "closed")):
                number, rows, elsewhere = listed(mine, key, town, moment)
                assert number == counted[key] == rows + sum(elsewhere.values()), (town, person.name, key)
                assert elsewhere in ({}, {} if person is cast.mao_zhiqiang else {OTHER[town]: 1}), (key, elsewhere)


def test_the_township_that_had_it_is_told_where_it_is_and_not_who(desk, cast, story):
    moment, moved = story.begun - timedelta(days=6), story.cases["moved"]
    answer = desk(cast.bai_caixia).get(f"/cases/?figure=warned&area={GONGMEN}&as_of={moment_word(moment)}")
    assert "另有 1 户已转到龙山镇，不在本乡镇名下" in answer.text
    assert moved.id not in answer.text
    assert moved.number not in answer.text
    county = desk(cast.mao_zhiqiang).get(f"/cases/?figure=warned&area={GONGMEN}&as_of={moment_word(moment)}")
    assert moved.id in county.text
    assert "另有" not in county.text


def test_where_all_have_gone_the_list_says_so(desk, cast):
    with clock.standing_at(clock.now() - timedelta(days=3)):
        case = publish()
    with clock.standing_at(clock.now() - timedelta(days=1)):
        transfer.transfer(case, to=db.session.get(Area, LONGSHAN), reason="住在龙山镇", actor=cast.bai_caixia)
    db.session.commit()
    moment = clock.now() - timedelta(days=2)
    assert listed(desk(cast.bai_caixia), "warned", GONGMEN, moment) == (1, 0, {"龙山镇": 1})
    assert "没有这样的户" not in desk(cast.bai_caixia).text(f"/cases/?figure=warned&as_of={moment_word(moment)}")


def test_nobody_hears_of_moves_beside_their_own_area_or_by_narrowing(desk, cast, story):
    moment = story.begun - timedelta(days=6)
    assert listed(desk(cast.li_zhanfu), "warned", GONGMEN, moment) == (1, 1, {}), "the one that is theirs now"
    with story.back(2):
        to = db.session.get(Area, "620525103")
        transfer.transfer(story.cases["missed"], to=to, reason="住在马鹿镇", actor=cast.li_zhanfu)
    db.session.commit()
    assert listed(desk(cast.li_zhanfu), "warned", LONGSHAN, moment)[2] == {"马鹿镇": 1}
    assert listed(desk(cast.bai_caixia), "warned", LONGSHAN, moment) == (0, 0, {})
    number, rows, elsewhere = listed(desk(cast.bai_caixia), "warned", GONGMEN, moment, due="overdue")
    assert (number, elsewhere) == (rows, {})


def test_a_part_of_a_figure_says_it_too(desk, cast, story):
    moment, day = story.begun - timedelta(days=6), story.day(12).isoformat()
    number, rows, elsewhere = listed(desk(cast.bai_caixia), "warned", GONGMEN, moment, within=f"published{day}.1")
    assert (number, elsewhere) == (rows + 1, {"龙山镇": 1})
    assert listed(desk(cast.bai_caixia), "warned", GONGMEN, moment, within="published2023-01-02.7") == (0, 0, {})


def test_a_snapshot_s_townships_are_their_lists_too(desk, cast, story, monkeypatch):
    """A crowded county is counted by the worker; households move afterwards."""
    monkeypatch.setattr(figures_snapshots, "MANY", 2)
    with story.back(6):
        kept = figures_snapshots.take_snapshot(COUNTY)
    db.session.commit()
    for row in kept.table["rows"]:
        for key in ("warned", "overdue", "visited", "not_due", "extended", "to_visit"):
            number, rows, _ = listed(desk(cast.mao_zhiqiang), key, row["code"], kept.as_of_at)
            assert number == rows == row["n"].get(key, 0), (row["code"], key)


def test_a_village_merged_into_another_township_s_moves_no_household(desk, cast, story):
    area_changes.merge_village(
        db.session.get(Area, MAOSHAN), db.session.get(Area, LISHAN), on=story.day(1), actor=cast.tie_jianhua
    )
    db.session.commit()
    for town in (GONGMEN, LONGSHAN):
        for days in (0.0, 6.5):
            moment = story.begun - timedelta(days=days)
            for key in ("warned", "visited", "late", "overdue", "closed"):
                number, rows, _ = listed(desk(cast.mao_zhiqiang), key, town, moment)
                assert number == rows == figures(town, moment).total[key]
    assert db.session.scalar(visible_cases(cast.bai_caixia).where(Case.village_code == MAOSHAN).limit(1))
