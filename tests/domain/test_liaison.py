"""联络员 and 通报: who keeps which row, who sees which number, what was told and answered."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from backend import clock
from backend.access_liaison import (
    find_exchange,
    find_kept_liaison,
    find_liaison,
    is_office,
    may_ring,
    visible_liaisons,
)
from backend.domain import exchange, liaison
from backend.models import Area, Event, Liaison, db
from backend.problems import Problem
from tests.cast import COUNTY, GONGMEN, LONGSHAN, MAOSHAN
from tests.postgres import on_both

CARD = {"unit": "恭门镇民政办", "name": "白彩霞", "title": "主任", "duty": "A", "office_phone": "0938-7881234",
        "mobile": "12000000901", "note": ""}  # fmt: skip


def today():
    return clock.local(clock.now()).date()


def card(**other) -> liaison.Card:
    return liaison.Card(**CARD | other)


def named(actor, *, area=GONGMEN, since=None, **other) -> Liaison:
    return liaison.add_liaison(db.session.get(Area, area), card(**other), valid_from_on=since or today(), actor=actor)


def last_event() -> Event:
    return db.session.scalars(db.select(Event).order_by(Event.id.desc())).first()


@on_both
def test_a_liaison_comes_changes_and_goes(app, cast):
    one = named(cast.bai_caixia)
    assert (last_event().tag, last_event().facts["duty"]) == ("liaison:added", "A")
    db.session.flush()
    assert "12000000901" not in one.mobile_sealed
    liaison.change_liaison(one, card(name="马小兰", mobile=""), actor=cast.bai_caixia)
    assert (one.name, one.mobile, one.office_phone, last_event().tag) == (
        "马小兰",
        None,
        "0938-7881234",
        "liaison:changed",
    )
    liaison.end_liaison(one, on=today(), actor=cast.bai_caixia)
    assert last_event().tag == "liaison:ended"
    assert "马小兰" not in str([event.facts for event in db.session.scalars(db.select(Event))])
    named(cast.bai_caixia)
    db.session.flush()


@pytest.mark.parametrize(
    ("given", "code"),
    [({"unit": ""}, "liaison_unit"), ({"name": ""}, "liaison_name"), ({"duty": "C"}, "liaison_duty"),
     ({"mobile": "", "office_phone": ""}, "liaison_phone"), ({"mobile": "123"}, "liaison_phone"),
     ({"office_phone": "不知道"}, "liaison_phone"), ({"area": MAOSHAN}, "liaison_area"), ({"area": LONGSHAN}, "liaison_area")],
)  # fmt: skip
def test_a_card_is_whole(cast, given, code):
    with pytest.raises(Problem, match=code):
        named(cast.bai_caixia, **given)


def test_a_unit_has_one_of_each(cast):
    one = named(cast.bai_caixia)
    named(cast.bai_caixia, duty="B")
    db.session.flush()
    with pytest.raises(Problem, match="liaison_taken"):
        named(cast.bai_caixia, name="马小兰")
    liaison.change_liaison(one, card(title="副主任"), actor=cast.bai_caixia)
    db.session.add(
        Liaison(area_code=GONGMEN, unit=one.unit, name="x", title="", duty="A", mobile_sealed="x", note="",
                valid_from_on=today(), changed_by=cast.bai_caixia.id, changed_at=clock.now())
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_end_is_after_the_start_and_final(cast):
    one = named(cast.bai_caixia, since=today() - timedelta(days=3))
    for day in (today() - timedelta(days=4), today() + timedelta(days=1)):
        with pytest.raises(Problem, match="liaison_days"):
            liaison.end_liaison(one, on=day, actor=cast.bai_caixia)
    liaison.end_liaison(one, on=today(), actor=cast.bai_caixia)
    for again in (
        lambda: liaison.end_liaison(one, on=today(), actor=cast.bai_caixia),
        lambda: liaison.change_liaison(one, card(), actor=cast.bai_caixia),
    ):
        with pytest.raises(Problem, match="liaison_ended"):
            again()


def test_a_county_knows_itself_and_keeps_its_own(cast):
    one, other = named(cast.bai_caixia), named(cast.tuo_fuying, area=COUNTY, unit="县民政局")
    db.session.flush()
    for who in (cast.bai_caixia, cast.li_zhanfu, cast.zhao_shengfu, cast.tie_jianhua):
        assert find_liaison(who, other.id) is other
        assert may_ring(who, one)
    assert find_liaison(cast.liu_yulan, one.id) is one
    assert not may_ring(cast.liu_yulan, one)
    assert db.session.scalars(visible_liaisons(cast.mi_jianjun)).all() == []
    assert find_kept_liaison(cast.tuo_fuying, one.id) is one
    for who, row in (
        (cast.li_zhanfu, one),
        (cast.bai_caixia, other),
        (cast.zhao_shengfu, other),
        (cast.liu_yulan, one),
    ):
        with pytest.raises(Problem, match="not_found"):
            find_kept_liaison(who, row.id)
    with pytest.raises(Problem, match="forbidden"):
        named(cast.zhao_shengfu, area=COUNTY)
    cast.bai_caixia.postings[0].area_code = "620521"
    with pytest.raises(Problem, match="not_found"):
        find_liaison(cast.bai_caixia, one.id)


def told(cast, **other):
    to = other.pop("to", None) or named(cast.bai_caixia)
    db.session.flush()
    words = {"matter": "上周核查进度落后，请说明", "reply_by_on": today(), "actor": cast.mao_zhiqiang} | other
    return exchange.record_exchange(to, **words)


@on_both
def test_something_is_told_and_answered(app, cast):
    made = told(cast)
    assert (made.is_open, made.to_words, last_event().tag) == (True, "恭门镇民政办 白彩霞", "exchange:recorded")
    exchange.answer_exchange(made, answer="明天补上", actor=cast.bai_caixia)
    db.session.flush()
    assert (made.is_open, last_event().tag, last_event().facts) == (False, "exchange:answered", {"exchange": made.id})


def test_an_exchange_says_what_and_holds_no_numbers(cast):
    to = named(cast.bai_caixia)
    for given, code in (
        ({"matter": " 短 "}, "exchange_matter"), ({"matter": "马占福 620599197106300050 没去"}, "exchange_private"),
        ({"matter": "给12000000077打电话"}, "exchange_private"), ({"reply_by_on": today() - timedelta(days=1)}, "exchange_due"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=code):
            told(cast, to=to, **given)
    made = told(cast, to=to)
    with pytest.raises(Problem, match="exchange_answer"):
        exchange.answer_exchange(made, answer=" ", actor=cast.bai_caixia)
    exchange.answer_exchange(made, answer="补上了", actor=cast.bai_caixia)
    with pytest.raises(Problem, match="exchange_answered"):
        exchange.answer_exchange(made, answer="又补了", actor=cast.bai_caixia)
    liaison.end_liaison(to, on=today(), actor=cast.bai_caixia)
    with pytest.raises(Problem, match="exchange_to"):
        told(cast, to=to)


def test_an_exchange_is_out_of_sight_elsewhere(cast):
    made = told(cast)
    for who in (cast.bai_caixia, cast.mao_zhiqiang, cast.liu_yulan):
        assert find_exchange(who, made.id) is made
    for who in (cast.li_zhanfu, cast.mi_jianjun, cast.tuo_fuying, cast.zhao_shengfu, cast.tie_jianhua):
        with pytest.raises(Problem, match="not_found"):
            find_exchange(who, made.id)
    with pytest.raises(Problem, match="forbidden"):
        exchange.answer_exchange(made, answer="x", actor=cast.liu_yulan)
    with pytest.raises(Problem, match="forbidden"):
        told(cast, to=made.liaison, actor=cast.tie_jianhua)


def test_only_the_office_that_was_told_answers(cast):
    made = told(cast, to=named(cast.tuo_fuying, area=COUNTY, unit="县教育局"), actor=cast.bai_caixia)
    for who in (cast.tuo_fuying, cast.zhao_shengfu, cast.li_zhanfu):
        with pytest.raises(Problem, match="not_found"):
            find_exchange(who, made.id)
    # The office that leads reads along and answers for nobody.
    assert find_exchange(cast.mao_zhiqiang, made.id) is made
    for who in (cast.bai_caixia, cast.mao_zhiqiang, cast.tuo_fuying, cast.zhao_shengfu):
        with pytest.raises(Problem, match="exchange_other_office"):
            exchange.answer_exchange(made, answer="替他们答复", actor=who)
    assert find_exchange(cast.chen_xiaohong, made.id) is made
    exchange.answer_exchange(made, answer="下周办好", actor=cast.chen_xiaohong)
    assert made.answerer is cast.chen_xiaohong


@pytest.mark.parametrize(
    ("named_so", "unit", "same"),
    [("县乡村振兴局", "县农业农村局（县乡村振兴局）", True), ("张家川县民政局", "县民政局", True), ("民政局", "县民政局", True),
     ("恭门镇民政办", "恭门镇乡村振兴办", False), ("县教育局", "县水务局", False), ("局", "县民政局", False), ("", "", False)],
)  # fmt: skip
def test_an_office_is_known_by_its_name(named_so, unit, same):
    assert is_office(named_so, unit) is same


def test_a_township_under_another_name_is_its_coordinators(cast):
    made = told(cast, to=named(cast.bai_caixia, unit="恭门镇"))
    exchange.answer_exchange(made, answer="明天补上", actor=cast.bai_caixia)


def test_who_told_writes_down_what_an_office_without_account_said(cast):
    made = told(cast, to=named(cast.tuo_fuying, area=COUNTY, unit="县残疾人联合会"), actor=cast.bai_caixia)
    with pytest.raises(Problem, match="exchange_other_office"):
        exchange.answer_exchange(made, answer="替他们答复", actor=cast.mao_zhiqiang)
    exchange.answer_exchange(made, answer="电话里说办好了", actor=cast.bai_caixia)
