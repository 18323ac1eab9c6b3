"""督导检查: what a team found, problem by problem, until each is struck off."""

from datetime import date, timedelta

import pytest

from backend import clock
from backend.access_supervision import find_finding, find_inspection
from backend.domain import inspection
from backend.models import Area, db
from backend.problems import Problem
from tests.cast import GONGMEN, LISHAN, MAOSHAN
from tests.domain.test_supervision import last_event
from tests.postgres import on_both


def record(cast, **given):
    told = {"inspected_on": date(2026, 6, 3), "team": "县联合组", "households_checked": 5, "found_real": 4} | given
    place = told.pop("township", db.session.get(Area, GONGMEN))
    return inspection.record_inspection(place, actor=told.pop("actor", cast.mao_zhiqiang), **told)


def find(cast, made, **given):
    told = {"kind": "photo", "problem": "两户缺照片", "rectification": "补拍", "due_on": date(2026, 6, 10)} | given
    return inspection.add_finding(made, actor=cast.mao_zhiqiang, **told)


@on_both
def test_an_inspection_and_its_problem_until_struck_off(app, cast):
    made = record(cast, village=db.session.get(Area, MAOSHAN))
    assert last_event().tag == "inspection:recorded"
    finding = find(cast, made)
    assert (last_event().tag, last_event().facts["kind"]) == ("finding:added", "photo")
    inspection.close_finding(finding, result="补齐了", actor=cast.tuo_fuying)
    db.session.flush()
    assert last_event().tag == "finding:closed"
    assert finding.closed_at is not None
    with pytest.raises(Problem, match="finding_closed"):
        inspection.close_finding(finding, result="又补", actor=cast.tuo_fuying)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"inspected_on": clock.local(clock.now()).date() + timedelta(days=2)}, "inspection_day"),
        ({"team": ""}, "inspection_team"),
        ({"households_checked": 0, "found_real": 0}, "inspection_counts"),
        ({"found_real": 6}, "inspection_counts"),
    ],
)
def test_an_inspection_that_does_not_fit(cast, given, code):
    with pytest.raises(Problem, match=code):
        record(cast, **given)


def test_a_village_lies_in_its_township(cast):
    with pytest.raises(Problem, match="inspection_village"):
        record(cast, village=db.session.get(Area, LISHAN))


def test_a_problem_that_does_not_fit(cast):
    made = record(cast)
    for given, code in (
        ({"kind": "x"}, "finding_unfit"), ({"problem": ""}, "finding_unfit"), ({"due_on": date(2026, 6, 1)}, "finding_due"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=code):
            find(cast, made, **given)
    with pytest.raises(Problem, match="finding_result"):
        inspection.close_finding(find(cast, made), result=" ", actor=cast.mao_zhiqiang)


def test_an_inspection_is_out_of_sight_elsewhere(cast):
    made = record(cast)
    finding = find(cast, made)
    assert find_inspection(cast.bai_caixia, made.id) is made
    assert find_finding(cast.mao_zhiqiang, made.id, finding.id) is finding
    for who in (cast.li_zhanfu, cast.mi_jianjun, cast.chen_xiaohong):
        with pytest.raises(Problem, match="not_found"):
            find_inspection(who, made.id)
    with pytest.raises(Problem, match="forbidden"):
        record(cast, actor=cast.bai_caixia)
