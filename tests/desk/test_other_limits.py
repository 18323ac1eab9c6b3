"""The second, quieter clock on the desk: on the case, its lists and the board, never in the five days' place."""

from datetime import date, timedelta

import pytest

from backend import clock
from backend.codebook import Stage
from backend.desk.other_limits import OtherLimits
from backend.domain import review
from backend.models import Parameter, db
from tests.desk.browser import visit
from tests.factories import MONDAY, assigned_case, declare, publish
from tests.postgres import on_both

TUESDAY = MONDAY + timedelta(days=1)
DECLARED_AT = MONDAY - timedelta(days=3)


def set_to(key: str, days: int, since: date, area: str = "620525") -> None:
    row = Parameter(key=key, area_code=area, value=days, valid_from_on=since, source="张政办发〔2026〕1号")
    db.session.add(row)


def said(month: int, day: int) -> str:
    """A day of 2026 in the words of a page."""
    year = "" if clock.local(clock.now()).year == 2026 else "2026年"
    return f"{year}{month}月{day}日"


@on_both
def test_both_clocks_stand_on_the_case_the_list_and_the_board(desk, cast):
    case = assigned_case(cast, name="马占福", at=MONDAY)
    mine = desk(cast.bai_caixia)
    own = OtherLimits([case])
    assert own.declared(case).visit_on == date(2026, 6, 5)
    page = mine.text(f"/cases/{case.id}")
    assert f"入户期限 {said(6, 6)} 24:00" in page
    assert f"一键报贫的期限 {said(6, 5)}前入户、{said(6, 19)}前办完" in page
    for address in ("/cases/", "/today/"):
        assert f"一键报贫 {said(6, 5)}前入户，过了" in mine.text(address), address
    visit(case, author=cast.mi_jianjun)
    assert "前告诉本人" in mine.text(f"/cases/{case.id}")
    assert f"一键报贫 {said(6, 19)}前办完，过了" in mine.text("/cases/")


def test_a_county_s_value_holds_from_its_day_and_for_its_households(cast):
    set_to("bp_visit_days", 3, date(2026, 5, 1))
    set_to("bp_visit_days", 2, date(2026, 5, 30))
    early, late = (publish(declare(submitted_at=at), at=MONDAY) for at in (DECLARED_AT, MONDAY))
    limits = OtherLimits([early, late])
    assert (limits.declared(early).visit_on, limits.declared(late).visit_on) == (date(2026, 6, 3), date(2026, 6, 3))


def test_a_found_and_a_closed_household_have_no_second_clock(cast):
    found, closed = publish(at=MONDAY), publish(at=MONDAY)
    found.is_found = True
    closed.stage, closed.closed_at = Stage.CLOSED, TUESDAY
    limits = OtherLimits([found, closed])
    assert limits.declared(found) is None
    assert limits.next_declared(found) is None
    assert limits.next_declared(closed) is None
    assert limits.declared(closed).total_on == date(2026, 6, 19)


def test_the_township_s_turn_has_a_day(desk, cast):
    case = publish(name="马占福", at=MONDAY)
    mine = desk(cast.bai_caixia)
    assert OtherLimits([case]).office(case).on == date(2026, 6, 2)
    assert f"{said(6, 2)}前派单，过了" in mine.text("/assignments/")
    assert f"镇上自己定的 {said(6, 2)}前派单，过了" in mine.text(f"/cases/{case.id}")
    seen = visit(assigned_case(cast, name="惠阿西"), author=cast.mi_jianjun).case
    today = clock.local(clock.now()).date()
    assert OtherLimits([seen]).office(seen).on == today + timedelta(days=2)
    assert f"{(today + timedelta(days=2)).day}日前研判" in mine.text("/reviews/")
    review.approve(seen, actor=cast.bai_caixia)
    assert OtherLimits([seen]).office(seen).on == today + timedelta(days=1)
    assert f"{(today + timedelta(days=1)).day}日前转出去" in mine.text("/reviews/")
    seen.stage = Stage.ROUTED
    assert OtherLimits([seen]).office(seen) is None


@pytest.mark.parametrize("key", ["bp_visit_days", "bp_total_days", "bp_feedback_days", "office_assign_days"])
def test_a_county_may_propose_another_value(desk, cast, key):
    page = desk(cast.mao_zhiqiang).text(f"/parameters/{key}")
    assert "产品默认，县里可改" in page or "没有文号，待县里确认" in page
