"""From received to stored: the worker develops what came in, and may be stopped at any point."""

import pytest
from flask import current_app

from backend import upkeep
from backend.domain import events, photos
from backend.extensions import objects
from backend.models import Event, Photo, db
from backend.storage import darkroom
from tests import phone


def lying(app):
    """The names in the object store."""
    return sorted(stored.name.partition(".")[2] or "picture" for stored in objects().listing("photos"))


@pytest.fixture
def received(mi, case, photo, raw):
    """A photo that has just come in."""
    phone.upload(mi, photo, raw, case)
    return photo["id"]


def test_what_came_in_counts_as_arrived_and_is_not_shown_as_it_came(mi, case, received, signed_in, cast):
    assert db.session.get(Photo, received).state == "received"
    assert phone.ask(mi)["photos"] == {received: "stored"}
    bai = signed_in(cast.bai_caixia)
    assert bai.get(f"/photos/{received}.jpg").status_code == 404
    assert "正在处理" in bai.get(f"/cases/{case.id}").text
    upkeep.do_what_waits()
    assert bai.get(f"/photos/{received}.jpg").data[:2] == b"\xff\xd8"
    assert "正在处理" not in bai.get(f"/cases/{case.id}").text


def test_the_received_copy_goes_once_the_developed_ones_are_there(app, received):
    assert lying(app) == [photos.received_name(db.session.get(Photo, received)).partition(".")[2]]
    assert upkeep.do_what_waits().developed == 1
    assert lying(app) == ["picture", "thumb"]
    assert upkeep.do_what_waits().developed == 0


def test_developing_is_the_program_s_act_and_wakes_no_phone(case, received):
    revision = case.revision
    upkeep.do_what_waits()
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "photo:developed"))
    assert (event.actor, event.case, event.facts["state"]) == (None, None, "stored")
    assert (case.revision, events.broken_link()) == (revision, None)


def test_a_photo_to_be_taken_again_is_told_to_the_case(mi, case):
    photo = phone.listed(b"no picture")
    phone.upload(mi, photo, b"no picture", case)
    upkeep.do_what_waits()
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "photo:developed"))
    assert (event.case, event.facts["state"]) == (case, "unreadable")
    assert objects().get(photos.received_name(db.session.get(Photo, photo["id"]))) == b"no picture"


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (objects, "get"),
        (objects, "put"),
        (objects, "delete"),
        (lambda: photos, "develop"),
        (lambda: db.session, "commit"),
    ],
    ids=["read", "keep", "remove", "say", "commit"],
)
@pytest.mark.parametrize("place", [0, 1])
def test_broken_off_anywhere_it_is_done_again(app, received, monkeypatch, owner, step, place):
    true, calls = getattr(owner(), step), []

    def breaks(*args, **kwargs):
        calls.append(step)
        if len(calls) == place + 1:
            raise OSError("power cut")
        return true(*args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(owner(), step, breaks)
        upkeep.develop_some(5)
    db.session.rollback()
    upkeep.do_what_waits()
    assert db.session.get(Photo, received).state == "stored"
    assert {"picture", "thumb"} <= set(lying(app))
    assert objects().get(f"photos/{received}")[:2] == b"\xff\xd8"
    assert len(db.session.scalars(db.select(Event).where(Event.tag == "photo:developed")).all()) == 1


def test_a_darkroom_that_dies_leaves_the_photo_for_the_next(received, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(darkroom, "sys", type("Nothing", (), {"executable": "/bin/false"}))
        assert upkeep.develop_some(5) == 0
    assert db.session.get(Photo, received).state == "received"
    assert upkeep.develop_some(5) == 1


def test_a_picture_that_takes_too_much_breaks_its_copy_only(monkeypatch):
    small = (
        "import backend.storage.darkroom as d; d.MEMORY = 1; import sys; d._serve(sys.stdin.buffer, sys.stdout.buffer)"
    )
    true = darkroom.subprocess.Popen
    monkeypatch.setattr(darkroom.subprocess, "Popen", lambda command, **o: true([command[0], "-c", small], **o))
    with darkroom.darkroom() as room:
        assert [room.develop(phone.jpeg()) for _ in range(2)] == [None, None]


def test_an_answer_never_waits_for_the_queue(mi, case, photo, raw, monkeypatch):
    def is_full(name):
        raise OSError("disk full")

    monkeypatch.setattr(current_app.extensions["ruhu_jobs"], "hint", is_full)
    assert phone.upload(mi, photo, raw, case)["outcome"] == "stored"


def test_the_worker_is_woken_once_for_many(mi, case):
    huey = current_app.extensions["ruhu_jobs"].huey
    for shade in (10, 20, 30):
        raw = phone.jpeg(shade=shade)
        phone.upload(mi, phone.listed(raw), raw, case)
    assert [task.name for task in huey.pending()] == ["develop"]
    huey.execute(huey.dequeue())
    states = set(db.session.scalars(db.select(Photo.state)))
    assert states == {"stored"}
