"""督办: ordered to one township, answered by it, closed by who ordered."""

from datetime import timedelta

import pytest

from backend import clock
from backend.access_supervision import find_notice
from backend.domain import running_numbers, supervision
from backend.models import Area, Event, db
from backend.problems import Problem
from tests.cast import GONGMEN, LISHAN, LONGSHAN
from tests.factories import assigned_case, publish, visit_case
from tests.postgres import on_both


def town(code=GONGMEN):
    return db.session.get(Area, code)


def late(**other):
    return publish(at=clock.now() - timedelta(days=9), **other)


def issue(cast, *cases, actor=None, **given):
    told = {"due_at": clock.now() + timedelta(days=2), "matter": "超期没有入户", "reply_wanted": "逐户写原因"} | given
    place = told.pop("township", None) or town()
    return supervision.issue_notice(place, cases=cases or [late()], actor=actor or cast.mao_zhiqiang, **told)


def last_event() -> Event:
    return db.session.scalars(db.select(Event).order_by(Event.id.desc())).first()


@on_both
def test_a_notice_goes_its_way(app, cast):
    notice = issue(cast, late(), late())
    year = clock.local(clock.now()).year
    assert (notice.number, notice.state, len(notice.cases)) == (f"DB620525-{year}-001", "issued", 2)
    assert (last_event().tag, last_event().facts["cases"]) == ("supervision:issued", 2)
    supervision.answer_notice(notice, answer="两户都去了", actor=cast.bai_caixia)
    assert (notice.state, last_event().tag) == ("answered", "supervision:answered")
    supervision.close_notice(notice, actor=cast.mao_zhiqiang)
    db.session.flush()
    assert (notice.state, last_event().tag) == ("closed", "supervision:closed")
    assert issue(cast).number.endswith("-002")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"due_at": clock.now()}, "supervision_due"),
        ({"matter": " "}, "supervision_matter"),
        ({"reply_wanted": ""}, "supervision_matter"),
    ],
)
def test_a_notice_needs_matter_and_time(cast, given, code):
    with pytest.raises(Problem, match=code):
        issue(cast, **given)


def test_a_notice_is_about_households_of_its_township(cast):
    with pytest.raises(Problem, match="supervision_other_township"):
        issue(cast, late(name="李占福", village=LISHAN))
    with pytest.raises(Problem, match="supervision_empty"):
        supervision.issue_notice(
            town(), cases=[], due_at=clock.now() + timedelta(days=1), matter="x", reply_wanted="y",
            actor=cast.mao_zhiqiang,
        )  # fmt: skip


def test_steps_come_in_their_order(cast):
    notice = issue(cast)
    with pytest.raises(Problem, match="supervision_state"):
        supervision.close_notice(notice, actor=cast.mao_zhiqiang)
    with pytest.raises(Problem, match="supervision_answer"):
        supervision.answer_notice(notice, answer=" ", actor=cast.bai_caixia)
    supervision.answer_notice(notice, answer="去了", actor=cast.bai_caixia)
    with pytest.raises(Problem, match="supervision_state"):
        supervision.answer_notice(notice, answer="又去了", actor=cast.bai_caixia)


def test_a_notice_is_out_of_sight_elsewhere(cast):
    notice = issue(cast)
    for who in (cast.bai_caixia, cast.mao_zhiqiang, cast.tuo_fuying, cast.liu_yulan):
        assert find_notice(who, notice.id) is notice
    for who in (cast.li_zhanfu, cast.mi_jianjun, cast.zhao_shengfu, cast.tie_jianhua):
        with pytest.raises(Problem, match="not_found"):
            find_notice(who, notice.id)
    with pytest.raises(Problem, match="forbidden"):
        issue(cast, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="forbidden"):
        supervision.answer_notice(notice, answer="x", actor=cast.mao_zhiqiang)
    cast.mao_zhiqiang.postings[0].area_code = LONGSHAN
    with pytest.raises(Problem, match="not_found"):
        issue(cast, actor=cast.mao_zhiqiang)


def test_a_notice_is_about_households_that_are_late_or_nearly(cast):
    now = clock.now()
    near = publish(at=now - timedelta(days=4))
    assert issue(cast, near).cases == [near]
    came_late = assigned_case(cast, at=now - timedelta(days=9))
    visit_case(came_late, author=cast.mi_jianjun)
    assert issue(cast, came_late).cases == [came_late]
    in_time = assigned_case(cast, at=now - timedelta(days=9))
    with clock.standing_at(now - timedelta(days=8)):
        visit_case(in_time, author=cast.mi_jianjun)
    for one in (publish(), in_time):
        with pytest.raises(Problem, match="supervision_not_late") as refused:
            issue(cast, late(), one)
        assert one.number in refused.value.message


def test_the_same_households_are_not_ordered_twice_at_once(cast):
    one, two = late(), late()
    first = issue(cast, one, two)
    with pytest.raises(Problem, match="supervision_twice") as refused:
        issue(cast, two, one)
    assert first.number in refused.value.message
    assert issue(cast, one).cases == [one]
    supervision.answer_notice(first, answer="还没去", actor=cast.bai_caixia)
    assert issue(cast, one, two).number != first.number


def test_the_thousandth_notice_of_a_year_has_a_number_of_its_own(cast):
    from_last = [running_numbers.following(last, width=3) for last in (None, "999", "A999", "H999", "N999", "Z001")]
    assert from_last == ["001", "A001", "B001", "J001", "P001", "Z002"]
    assert sorted(from_last, key=str) == ["001", "A001", "B001", "J001", "P001", "Z002"]
