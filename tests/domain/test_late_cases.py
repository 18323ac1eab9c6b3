"""超期、临期督办清单: each line says what was known 截至 the moment, and nothing of what came later."""

from datetime import timedelta

import pytest

from backend import clock
from backend.domain import assignment, transfer
from backend.domain.late_cases import late_cases
from backend.models import Area, Attempt, db
from tests.cast import COUNTY, LONGSHAN
from tests.factories import MONDAY, assigned_case, publish, visit_case


def on(days: int):
    return MONDAY + timedelta(days=days)


@pytest.fixture
def case(cast):
    """Published on Monday, sent the day after, in vain on the eighth day, moved on the tenth."""
    case = publish(at=MONDAY)
    with clock.standing_at(on(1)):
        assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    for day, result in ((8, "not_met"), (9, "moved")):
        db.session.add(
            Attempt(case=case, author=cast.mi_jianjun, attempted_at=on(day), received_at=on(day), result=result)
        )
    with clock.standing_at(on(10)):
        transfer.transfer(case, to=db.session.get(Area, LONGSHAN), reason="住在县城", actor=cast.bai_caixia)
    db.session.commit()
    return case


def line(days: int, *, near: bool = False):
    found = late_cases(COUNTY, on(days), is_near=near)
    assert len(found) == 1
    one = found[0]
    return one.township, one.village, one.stage, one.main, one.tried, one.days_over


def test_a_line_tells_its_moment(cast, case):
    here, there = ("恭门镇", "毛山村"), ("龙山镇", "")
    assert line(6) == (*here, "待入户", cast.mi_jianjun.name, "", 1)
    assert line(8)[4] == "没遇上人"
    assert line(9) == (*here, "待入户", cast.mi_jianjun.name, "已迁走", 4)
    assert line(11) == (*there, "待派单", "", "已迁走", 6)


def test_names_are_masked_and_nobody_was_sent_yet(cast):
    publish(name="马占福", at=MONDAY)
    db.session.commit()
    (one,) = late_cases(COUNTY, on(4), is_near=True)
    assert (one.applicant, one.main, one.tried, one.days_over) == ("马*福", "", "", -1)


def test_a_form_with_one_signature_has_been_handed_in(cast):
    case = assigned_case(cast, at=MONDAY)
    with clock.standing_at(on(12)):
        visit_case(case, author=cast.mi_jianjun).visitor_signatures = 1
    db.session.commit()
    assert line(11)[2] == "待入户"
    assert line(13)[2] == "待研判"


def test_one_after_the_other_by_its_end(cast, case):
    publish(at=on(1))
    db.session.commit()
    assert [one.days_over for one in late_cases(COUNTY, on(9))] == [4, 3]
