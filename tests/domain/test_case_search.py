"""找一户 by ID number: within sight, remembered, limited, and the number nowhere."""

import json

import pytest

from backend.domain import case_search
from backend.models import Case, Event, db
from backend.problems import Problem
from tests.cast import LISHAN
from tests.factories import compare, declare, id_number, publish
from tests.postgres import on_both

NUMBER = id_number(order=901)


def last_event() -> Event:
    return db.session.scalars(db.select(Event).order_by(Event.id.desc())).first()


@on_both
def test_a_household_is_found_by_its_number_and_by_a_later_declaration(app, cast):
    first = publish(id_number=NUMBER)
    again = declare(id_number=id_number(order=902))
    compare(again, code="DUP", is_warned=False, into_declaration_id=first.declaration_id)
    for typed in (NUMBER, f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", id_number(order=902)):
        assert list(case_search.find_by_id(typed, actor=cast.bai_caixia)) == [first]
    assert (last_event().tag, last_event().facts, last_event().case_id) == ("search:by_id", {"found": 1}, None)
    assert NUMBER not in json.dumps([event.facts for event in db.session.scalars(db.select(Event))])


@pytest.mark.parametrize("typed", ["620525199001011234", "12345678901", "1" * 18])
def test_a_wrong_number_is_refused(cast, typed):
    with pytest.raises(Problem, match="id_number_invalid"):
        case_search.find_by_id(typed, actor=cast.bai_caixia)


def test_it_is_asked_for_a_few_times_only(cast):
    for _ in range(case_search.MOST_ASKED):
        case_search.find_by_id(NUMBER, actor=cast.bai_caixia)
        db.session.flush()
    with pytest.raises(Problem, match="too_many_searches"):
        case_search.find_by_id(NUMBER, actor=cast.bai_caixia)
    assert case_search.find_by_id(NUMBER, actor=cast.tuo_fuying) == []


def test_what_is_out_of_sight_is_not_found(cast):
    publish(id_number=NUMBER, village=LISHAN)
    assert case_search.find_by_id(NUMBER, actor=cast.bai_caixia) == []
    assert len(case_search.find_by_id(NUMBER, actor=cast.mao_zhiqiang)) == 1
    assert case_search.find_by_id(NUMBER, actor=cast.zhao_shengfu) == []
    for who in (cast.liu_yulan, cast.mi_jianjun, cast.tie_jianhua):
        with pytest.raises(Problem, match="forbidden"):
            case_search.find_by_id(NUMBER, actor=who)


@pytest.mark.parametrize(
    ("words", "expected"),
    [(NUMBER, True), ("６２０５２５１９９００１０１１２３４", True), ("62052519900101123x", True), ("13800000000", True),
     ("YJ620525-20260601-0001", False), ("fx620525-20260601-0001", False),
     ("马占福 13800000000", True), (f"身份证{NUMBER}", True), ("马占福", False), ("毛山村三社", False), ("0012", False), ("19900101", True), ("1380000", True), ("620525-20260601-0001", True),
     ("0101 1234", True), ("6205–2519", True), ("YJ620525 20260601 0001", False)],
)  # fmt: skip
def test_what_must_not_stand_in_an_address(words, expected):
    assert case_search.is_private(words) is expected


def numbered(number: str, **other) -> Case:
    case = publish(**other)
    case.number = number
    return case


@on_both
def test_a_case_number_is_known_without_its_letters(app, cast):
    case = numbered("YJ620525-20260601-0009941")
    found = numbered("FX620525-20260601-0009942")
    numbered("YJ620525-20260601-0007777", village=LISHAN)
    for typed in (
        "620525-20260601-0009941", "６２０５２５－２０２６０６０１－０００９９４１", "yj620525202606010009941", " YJ 620525-20260601-0009941",
        "0601-0009941", "620525–20260601–0009941",
    ):  # fmt: skip
        assert case_search.find_by_number(typed, actor=cast.bai_caixia) == [case], typed
    assert case_search.find_by_number("620525-20260601-0009942", actor=cast.bai_caixia) == [found]
    assert case_search.find_by_number("20260601-000994", actor=cast.bai_caixia) == [case, found]
    assert case_search.find_by_number("620525-20260601-0007777", actor=cast.bai_caixia) == []
    assert case_search.find_by_number("620525-20260601-0009941", actor=cast.mi_jianjun) == []
    assert case_search.find_by_number("马占福", actor=cast.bai_caixia) == []


def test_what_is_no_whole_number_says_so_and_is_not_looked_up(cast):
    for typed in ("19900101", "12000000077", "2026060100"):
        with pytest.raises(Problem, match="number_part"):
            case_search.find_by_person(typed, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="case_number_unknown"):
        case_search.find_by_person("620525-20260601-0009999", actor=cast.bai_caixia)
    assert db.session.scalar(db.select(Event.id).where(Event.tag == "search:by_id")) is None


def test_an_id_number_may_have_the_hyphens_of_a_case_number(cast):
    case = publish(id_number=NUMBER)
    typed = f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}"
    assert case_search.find_by_number(typed, actor=cast.bai_caixia) == []
    assert case_search.find_by_person(typed, actor=cast.bai_caixia) == [case]
