"""Statements that are kept are asked anew each time: of that moment, that list, that person's sight."""

from datetime import timedelta

from sqlalchemy import Select, select

from backend import clock
from backend.access import visible_cases
from backend.models import Case, Posting, db
from backend.models.questions import Looker, Sight, each_told, kept, now, sight_of
from tests.cast import LISHAN
from tests.factories import publish

made: list[Sight] = []


@kept
def overdue(user: Looker, stage: str) -> Select:
    made.append(user)
    return visible_cases(user).where(Case.stage == stage, Case.due_at <= now()).with_only_columns(Case.applicant_name)


def names(query: Select) -> list[str]:
    return sorted(db.session.scalars(query))


def test_a_kept_question_is_asked_of_the_moment_at_which_it_is_asked(cast):
    publish(name="马占福", at=clock.now() - timedelta(days=7))
    publish(name="李占福", at=clock.now() - timedelta(days=1))
    db.session.flush()
    question = overdue(cast.bai_caixia, "warned")
    assert names(question) == ["马占福"]
    with clock.standing_at(clock.now() + timedelta(days=30)):
        assert overdue(cast.bai_caixia, "warned") is question
        assert names(question) == ["李占福", "马占福"]


def test_each_sight_has_its_own_and_a_new_posting_another(cast):
    publish(name="马占福", at=clock.now() - timedelta(days=7))
    publish(name="李占福", village=LISHAN, at=clock.now() - timedelta(days=7))
    db.session.flush()
    assert names(overdue(cast.bai_caixia, "warned")) == ["马占福"]
    assert names(overdue(cast.mao_zhiqiang, "warned")) == ["李占福", "马占福"]
    before = sight_of(cast.bai_caixia)
    for posting in cast.bai_caixia.postings:
        posting.area_code = LISHAN[:9]
    db.session.flush()
    assert sight_of(cast.bai_caixia) != before
    assert names(overdue(cast.bai_caixia, "warned")) == ["李占福"]


def test_it_is_put_together_once_unless_asked_for_afresh(cast):
    made.clear()
    first, second = overdue(cast.tuo_fuying, "warned"), overdue(cast.tuo_fuying, "warned")
    assert first is second
    assert overdue(cast.tuo_fuying, "assigned") is not first
    assert len(made) == 2
    assert overdue.afresh(cast.tuo_fuying, "warned") is not first


def test_a_list_is_read_when_the_question_is_asked(cast):
    one, other = publish(name="马占福"), publish(name="李占福")
    db.session.flush()
    wanted: list[str] = []
    question = select(Case.applicant_name).where(Case.id.in_(each_told(lambda: wanted)))
    assert names(question) == []
    wanted.append(one.id)
    assert names(question) == ["马占福"]
    wanted.append(other.id)
    assert names(question) == ["李占福", "马占福"]


def test_who_is_posted_today_is_asked_of_today(cast):
    held = select(Posting.user_id).where(Posting.held(), Posting.user_id == cast.bai_caixia.id)
    assert names(held) == [cast.bai_caixia.id]
    with clock.standing_at(clock.now() - timedelta(days=20_000)):
        assert names(held) == []
