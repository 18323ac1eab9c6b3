"""预警发布: a case with a number and a clock."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from backend.codebook import Stage
from backend.domain import publication
from backend.domain.deadline import SHANGHAI
from backend.models import Parameter, db
from backend.problems import Problem
from tests.cast import GONGMEN, LISHAN
from tests.factories import MONDAY, compare, declare, publish


def test_a_warning_becomes_a_case_with_number_and_deadline(cast):
    case = publish(at=MONDAY)
    assert case.stage == Stage.WARNED
    assert case.number == "YJ620525-20260601-0001"
    assert case.due_at == datetime(2026, 6, 7, tzinfo=SHANGHAI)
    assert (case.count_mode, case.limit_days) == ("calendar", 5)
    assert case.township_code == GONGMEN


def test_numbers_go_on_within_a_day(cast):
    assert [publish(at=MONDAY).number[-4:] for _ in range(3)] == ["0001", "0002", "0003"]
    assert publish(at=MONDAY + timedelta(days=1)).number.endswith("20260602-0001")


def test_numbers_of_a_crowded_day_stay_apart_and_in_order(cast):
    first = publish(at=MONDAY)
    first.number = "YJ620525-20260601-9998"
    numbers = [publish(at=MONDAY).number[18:] for _ in range(3)]
    assert numbers == ["9999", "A0001", "A0002"]
    made = publication.publish_warnings([compare(declare()) for _ in range(2)], actor=None, at=MONDAY)
    made[0].number = "YJ620525-20260601-Z9998"
    assert [case.number[18:] for case in made] == ["Z9998", "A0004"]
    assert publish(at=MONDAY).number.endswith("-Z9999")
    with pytest.raises(Problem, match="numbers_used_up"):
        publish(at=MONDAY)
    assert publish(at=MONDAY + timedelta(days=1)).number.endswith("-0001")


def test_a_later_parameter_does_not_rewrite_an_open_case(cast):
    case = publish(at=MONDAY)
    db.session.add_all(
        Parameter(key=key, area_code="620525", value=value, valid_from_on=date(2026, 6, 2), source="县里定")
        for key, value in (("visit_limit_days", 3), ("visit_count_mode", "workdays"))
    )
    db.session.flush()
    later = publish(at=MONDAY + timedelta(days=1))
    assert (case.limit_days, case.count_mode) == (5, "calendar")
    assert (later.limit_days, later.count_mode) == (3, "workdays")


def test_nothing_to_publish_and_no_township_are_refused(cast):
    with pytest.raises(Problem, match="nothing_to_publish"):
        publication.publish_warnings([], actor=None)
    with pytest.raises(Problem, match="township_missing"):
        publish(village=None)


def test_only_warnings_within_sight_wait(cast):
    mine, other = declare("马占福"), declare("李占福", village=LISHAN)
    compare(mine)
    compare(other)
    compare(declare("已享受")).is_warned = False
    names = [c.declaration.applicant_name for c in db.session.scalars(publication.waiting(cast.mao_zhiqiang))]
    assert sorted(names) == ["李占福", "马占福"]
    assert db.session.scalars(publication.waiting(cast.li_zhanfu)).all() == [compare_of(other)]
    assert db.session.scalars(publication.waiting(cast.tie_jianhua)).all() == []
    publication.publish_warnings(db.session.scalars(publication.waiting(None)), actor=None)
    assert db.session.scalars(publication.waiting(None)).all() == []


def compare_of(declaration):
    return db.session.scalar(select(publication.Comparison).filter_by(declaration_id=declaration.id))


def test_publishing_leaves_one_event_for_each_case(cast):
    case = publish(at=MONDAY)
    db.session.flush()
    (event,) = case.events
    assert event.tag == "warning:published"
    assert event.facts == {"code": "M9", "due_at": "2026-06-06T16:00:00.000Z"}
    assert case.revision == 1
