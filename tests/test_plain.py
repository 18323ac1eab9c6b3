"""What is put to the driver itself is asked, written and refused as SQLAlchemy does it, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.models import Event, Photo, db
from backend.models.base import new_id
from backend.models.plain import Order, Question, among
from tests.postgres import on_both

pytestmark = on_both
NOON = datetime(2026, 7, 8, 4, 30, 0, 250_000, tzinfo=UTC)
COLUMNS = ("id", "author_id", "sha256", "kind", "source", "state", "size", "stored_at")
_PHOTOS = Photo.__table__
NOTE = Order(insert(_PHOTOS), *COLUMNS)
ONE = Question(select(_PHOTOS.c.id, _PHOTOS.c.stored_at, _PHOTOS.c.case_id).where(_PHOTOS.c.id == bindparam("photo")))
SEVERAL = Question(select(_PHOTOS.c.id).where(among(_PHOTOS.c.id)).order_by(_PHOTOS.c.id))


def row(cast, photo_id, **other):
    told = (photo_id, cast.mi_jianjun.id, "a" * 64, "house", "camera", "received", 7, NOON)
    return dict(zip(COLUMNS, told, strict=True)) | other


def test_values_come_back_as_they_were_given(cast):
    first, second = new_id(), new_id()
    NOTE.give([row(cast, first), row(cast, second, stored_at=None)])
    assert ONE.ask(photo=first) == [(first, NOON, None)]
    assert ONE.ask(photo=second) == [(second, None, None)]
    assert db.session.get(Photo, first).stored_at == NOON


def test_outside_of_a_transaction_only_what_is_committed_is_seen(cast):
    photo_id = new_id()
    NOTE.give([row(cast, photo_id)])
    assert ONE.ask(photo=photo_id)
    db.session.rollback()
    assert ONE.ask(photo=photo_id) == []
    NOTE.give([row(cast, photo_id)])
    db.session.commit()
    assert not db.session().in_transaction()
    assert ONE.ask(photo=photo_id)
    assert not db.session().in_transaction()


@pytest.mark.parametrize("count", [0, 1, 16, 17, 40])
def test_any_number_is_asked_for(cast, count):
    made = [new_id() for _ in range(40)]
    NOTE.give([row(cast, photo_id) for photo_id in made])
    assert SEVERAL.ask_among(made[:count]) == [(photo_id,) for photo_id in made[:count]]


def test_what_the_database_refuses_is_said_as_ever(cast):
    photo_id = new_id()
    NOTE.give([row(cast, photo_id)])
    with pytest.raises(IntegrityError):
        NOTE.give([row(cast, photo_id)])
    db.session.rollback()
    assert ONE.ask(photo=photo_id) == []


def test_facts_and_the_rest_of_an_event_are_written_as_the_mapper_reads_them(cast):
    columns = ("tag", "case_id", "actor_id", "happened_at", "facts", "previous_hash", "hash")
    told = ("photo:stored", None, cast.mi_jianjun.id, NOON, {"photo": "甲", "size": 7}, "0" * 64, "1" * 64)
    Order(insert(Event.__table__), *columns).give([dict(zip(columns, told, strict=True))])
    event = db.session.query(Event).filter_by(hash="1" * 64).one()
    assert tuple(getattr(event, name) for name in columns) == told


def test_an_update_meets_each_of_many(cast):
    made = [new_id() for _ in range(3)]
    NOTE.give([row(cast, photo_id) for photo_id in made])
    change = update(_PHOTOS).where(_PHOTOS.c.id == bindparam("its_id")).values(state=bindparam("its_state"))
    Order(change).give([{"its_id": photo_id, "its_state": "unreadable"} for photo_id in made[:2]])
    assert [db.session.get(Photo, photo_id).state for photo_id in made] == ["unreadable", "unreadable", "received"]
