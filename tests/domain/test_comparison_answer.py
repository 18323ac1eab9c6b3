"""人工比对: 同一人, 不是, 补正证号, 无法联系."""

import pytest
from sqlalchemy import select

from backend.codebook import ComparisonCode
from backend.domain import comparison_answer, publication
from backend.models import Comparison, Event, db
from backend.problems import Problem
from tests.cast import LISHAN
from tests.factories import compare, declare, id_number


def finding(code: ComparisonCode, **other) -> Comparison:
    found = compare(declare(**other), code)
    found.is_warned = False
    db.session.flush()
    return found


def say(found: Comparison, said: str, actor, **other) -> None:
    comparison_answer.answer(found, said=said, actor=actor, **other)
    db.session.flush()


def to_publish(actor) -> list[str]:
    return [one.declaration_id for one in db.session.scalars(publication.waiting(actor))]


@pytest.mark.parametrize(("said", "is_warned"), [("same_person", False), ("not_same", True)])
@pytest.mark.parametrize("code", [ComparisonCode.M2, ComparisonCode.M3])
def test_a_match_is_settled(cast, code, said, is_warned):
    found = finding(code)
    say(found, said, cast.tuo_fuying)
    assert (found.answer, found.is_warned, found.answered_by) == (said, is_warned, cast.tuo_fuying.id)
    assert to_publish(cast.tuo_fuying) == ([found.declaration_id] if is_warned else [])
    assert db.session.scalars(comparison_answer.waiting(cast.tuo_fuying)).all() == []


def test_it_leaves_one_event_without_the_number(cast):
    found, number = finding(ComparisonCode.MX, id_number=None), id_number("19580101", 7)
    declaration = found.declaration
    say(found, "corrected", cast.tuo_fuying, id_number=f" {number} ")
    event = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event.tag == "comparison:answered"
    assert event.facts == {"declaration": declaration.id, "code": "MX", "answer": "corrected"}
    assert declaration.id_number == number
    assert db.session.get(Comparison, declaration.id) is None


def test_a_number_that_is_not_whole_is_refused(cast):
    with pytest.raises(Problem, match="id_number_invalid"):
        say(finding(ComparisonCode.MX), "corrected", cast.tuo_fuying, id_number="62059919580101")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (ComparisonCode.MX, "same_person"),
        (ComparisonCode.M2, "corrected"),
        (ComparisonCode.M9, "not_same"),
        (ComparisonCode.M2, ""),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(cast, code, said):
    with pytest.raises(Problem, match="answer_unfit"):
        say(finding(code), said, cast.tuo_fuying)


def test_nothing_is_answered_twice(cast):
    found = finding(ComparisonCode.M2)
    say(found, "not_same", cast.tuo_fuying)
    with pytest.raises(Problem, match="answer_unfit"):
        say(found, "same_person", cast.tuo_fuying)


def test_out_of_sight_does_not_wait_here(cast):
    finding(ComparisonCode.M2, village=LISHAN)
    mine = finding(ComparisonCode.M2)
    seen = db.session.scalars(comparison_answer.waiting(cast.bai_caixia)).all()
    assert seen == [mine]
    with pytest.raises(Problem, match="forbidden"):
        say(mine, "same_person", cast.bai_caixia)
