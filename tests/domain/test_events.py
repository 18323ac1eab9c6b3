"""The chain of events: whole when nobody touched it, broken where somebody did."""

from sqlalchemy import delete, select, update

from backend.domain import events
from backend.models import Event, db
from tests.factories import assigned_case, publish


def test_an_untouched_chain_is_whole(cast):
    for _ in range(3):
        assigned_case(cast)
    db.session.commit()
    assert events.broken_link() is None
    assert len(db.session.scalars(select(Event)).all()) == 6


def third_event_id() -> int:
    return db.session.scalars(select(Event.id).order_by(Event.id)).all()[2]


def test_a_changed_event_shows(cast):
    for _ in range(4):
        publish()
    db.session.commit()
    touched = third_event_id()
    db.session.execute(update(Event).where(Event.id == touched).values(facts={"code": "M7"}))
    db.session.commit()
    assert events.broken_link() == touched


def test_a_removed_event_shows_even_when_it_was_the_last(cast):
    for _ in range(3):
        publish()
    db.session.commit()
    db.session.execute(delete(Event).where(Event.id == third_event_id()))
    db.session.commit()
    assert events.broken_link() == -1


def test_an_event_raises_the_revision_of_its_case(cast):
    case = publish()
    before = case.revision
    events.record("case:seen", actor=cast.bai_caixia, case=case)
    assert case.revision == before + 1
