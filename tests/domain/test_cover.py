"""AB 角: a stand-in sees and visits for some days, and then no longer, by itself."""

from datetime import timedelta

import pytest

from backend import access, access_township, clock
from backend.codebook import ItemKind, VerdictReason
from backend.domain import assignment, cover
from backend.domain.sync import changes, standing
from backend.models import Case, Event, db
from backend.problems import Problem
from tests.factories import assigned_case
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def case(cast) -> Case:
    return assigned_case(cast)


def day(days: int = 0):
    return clock.local(clock.now()).date() + timedelta(days=days)


def in_days(days: int):
    return clock.standing_at(clock.now() + timedelta(days=days))


def set_up(cast, first: int = 0, last: int = 3, **other):
    who = {"stand_in": cast.hui_axi} | other
    return cover.set_cover(cast.mi_jianjun, from_on=day(first), until_on=day(last), actor=cast.bai_caixia, **who)


def sees(user, case: Case) -> bool:
    return case in db.session.scalars(access.visible_cases(user)).all()


def judged(user, case: Case) -> standing.Standing:
    return standing.standing_of(user, case, ItemKind.VISIT, case.revision)


def test_the_stand_in_sees_what_the_other_was_sent_to_and_both_may_hand_in(cast, case):
    assert not sees(cast.hui_axi, case)
    set_up(cast)
    assert sees(cast.hui_axi, case)
    assert sees(cast.mi_jianjun, case)
    for user in (cast.hui_axi, cast.mi_jianjun):
        assert judged(user, case) == standing.Standing(True, None)


def test_it_begins_and_ends_by_itself(cast, case):
    set_up(cast, 1, 2)
    assert not sees(cast.hui_axi, case)
    assert judged(cast.hui_axi, case).reason == VerdictReason.FOREIGN_CASE
    for days in (1, 2):
        with in_days(days):
            assert sees(cast.hui_axi, case)
    with in_days(3):
        assert not sees(cast.hui_axi, case)
        assert judged(cast.hui_axi, case) == standing.Standing(True, VerdictReason.REASSIGNED)


def test_the_phone_gets_the_household_with_the_duty_and_loses_it_again(cast, case):
    made = set_up(cast)
    told = changes.changes_for(cast.hui_axi, {}, [])
    assert [(one["id"], one["my_duty"]) for one in told["cases"]] == [(case.id, "main")]
    cover.end_cover(made, actor=cast.bai_caixia)
    assert changes.changes_for(cast.hui_axi, {case.id: case.revision}, [])["gone"] == [case.id]


def test_what_was_given_to_others_meanwhile_is_no_longer_covered(cast, case):
    set_up(cast)
    assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    assert judged(cast.hui_axi, case).reason is None


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(2, 1, "cover_days"), (-3, -1, "cover_days"), (0, 92, "cover_too_long")],
)
def test_days_that_do_not_fit(cast, first, last, code):
    with pytest.raises(Problem, match=code):
        set_up(cast, first, last)


def test_people_who_do_not_fit(cast):
    with pytest.raises(Problem, match="same_person_twice"):
        set_up(cast, stand_in=cast.mi_jianjun)
    with pytest.raises(Problem, match="not_field_worker"):
        set_up(cast, stand_in=cast.bai_caixia)
    set_up(cast)
    with pytest.raises(Problem, match="cover_overlaps"):
        set_up(cast, 3, 5, stand_in=cast.ding_zhiqiang)
    with pytest.raises(Problem, match="stand_in_away"):
        cover.set_cover(
            cast.ding_zhiqiang, stand_in=cast.mi_jianjun, from_on=day(), until_on=day(), actor=cast.bai_caixia
        )
    assert set_up(cast, 4, 5).id


def test_only_the_township_arranges_and_sees_it(cast):
    with pytest.raises(Problem, match="forbidden"):
        cover.set_cover(cast.mi_jianjun, stand_in=cast.hui_axi, from_on=day(), until_on=day(), actor=cast.mi_jianjun)
    made = set_up(cast)
    assert access_township.find_cover(cast.bai_caixia, made.id) is made
    for who in (cast.li_zhanfu, cast.mi_jianjun, cast.tuo_fuying):
        with pytest.raises(Problem, match="not_found"):
            access_township.find_cover(who, made.id)
    with pytest.raises(Problem, match="forbidden"):
        cover.end_cover(made, actor=cast.hui_axi)


def test_ended_once(cast):
    made = cover.end_cover(set_up(cast), actor=cast.bai_caixia)
    with pytest.raises(Problem, match="cover_over"):
        cover.end_cover(made, actor=cast.bai_caixia)


def test_each_verb_leaves_one_event(cast):
    cover.end_cover(set_up(cast), actor=cast.bai_caixia)
    db.session.flush()
    tags = db.session.scalars(db.select(Event.tag).where(Event.tag.startswith("cover:")).order_by(Event.id)).all()
    assert tags == ["cover:set", "cover:ended"]
