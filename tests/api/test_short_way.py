"""A photo that comes whole takes the short way: nobody who brings it can tell, and every guard stands on it, too."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from backend import clock
from backend.api import short_way
from backend.domain import events
from backend.models import Case, Event, LoginSession, Photo, Upload, db
from tests import phone
from tests.api.test_marks import go_back, hear
from tests.postgres import on_both

pytestmark = on_both
__all__ = ["go_back"]
SHORT = "/api/v1/uploads"
# What differs from one photo to the next.
OWN = {"Location", "Ruhu-Receipt", "Ruhu-Mark"}


@pytest.fixture
def ways(monkeypatch):
    """Which way each answer went."""
    told, say = [], short_way.Said.__call__

    def spoken(self, *environ):
        told.append("short")
        return say(self, *environ)

    monkeypatch.setattr(short_way.Said, "__call__", spoken)
    return told


def bring(client, photo, case, raw, *, is_short=True, **headers):
    """The POST that announces and brings; the ordinary way is the one for an address with a query."""
    told = phone.TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": phone.metadata(photo, case)}
    told |= {"Content-Type": phone.BYTES, "Ruhu-Mark": "none"} | headers
    return client.post(SHORT, data=raw, headers=told, query_string="" if is_short else "ordinary=1")


def test_nobody_can_tell_which_way_a_photo_took(mi, case, raw, ways):
    answers = [bring(mi, phone.listed(raw), case, raw, is_short=is_short) for is_short in (True, False)]
    assert ways == ["short"]
    short, ordinary = (dict(answer.headers) for answer in answers)
    assert [answer.status for answer in answers] == ["201 CREATED"] * 2
    assert short.keys() == ordinary.keys()
    assert {name for name in short if short[name] != ordinary[name]} <= OWN
    assert all(phone.receipt_in(answer)["outcome"] == "stored" for answer in answers)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Ruhu": ""},
        {"Origin": "https://elsewhere.example"},
        {"Tus-Resumable": "0.2.2"},
        {"Cookie": "ruhu=nobody"},
        {"Upload-Metadata": "photo_id eA=="},
        {"Upload-Length": "12"},
        {"Upload-Checksum": f"sha1 {'A' * 27}="},
        {"Upload-Checksum": "md5 eA=="},
    ],
)
def test_what_is_refused_is_refused_in_the_same_words(app, mi, case, raw, headers):
    client = app.test_client(use_cookies=False) if "Cookie" in headers else mi
    short, ordinary = (
        bring(client, phone.listed(raw), case, raw, is_short=is_short, **headers) for is_short in (True, False)
    )
    assert short.status_code == ordinary.status_code >= 400
    assert (short.json, dict(short.headers)) == (ordinary.json, dict(ordinary.headers))
    assert db.session.query(Upload).count() == 0


def test_a_surprise_is_said_like_any_other(app, mi, case, raw, monkeypatch):
    def stumble():
        raise ZeroDivisionError

    monkeypatch.setattr("backend.api.uploads.tus.read_announcement", stumble)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    short, ordinary = (bring(mi, phone.listed(raw), case, raw, is_short=is_short) for is_short in (True, False))
    assert (short.status_code, short.json, dict(short.headers)) == (500, ordinary.json, dict(ordinary.headers))


def test_a_hook_that_is_new_runs_on_the_short_way_too(app, mi, case, raw, ways):
    ran = []

    def newcomer():
        ran.append("before")

    app.before_request_funcs[None].append(newcomer)
    app._hooks = None
    try:
        bring(mi, phone.listed(raw), case, raw)
    finally:
        app.before_request_funcs[None].remove(newcomer)
        app._hooks = None
    assert (ran, ways) == (["before"], ["short"])


def test_what_is_done_after_an_answer_is_thought_of(app):
    """A name that is new here: does the short way need it, too?"""
    names = {getattr(hook, "__name__", "inject_headers") for hook in app.after_request_funcs[None]}
    assert names == {
        "_finish", "_note_use", "inject_headers", "_forget_word", "_keep_marked", "_update_remember_cookie",
    }  # fmt: skip
    assert {hook.__name__ for hook in app.after_request_funcs["uploads_api"]} == {
        "mark_version", "pack_answer", "tell_mark",
    }  # fmt: skip
    before = (*app.before_request_funcs[None], *app.before_request_funcs["uploads_api"])
    assert {hook.__name__ for hook in before} >= short_way.LEFT_OUT


def test_a_session_that_brings_photos_is_in_use(mi, case, raw):
    (session,) = db.session.scalars(db.select(LoginSession)).all()
    session.seen_at = long_ago = clock.now() - timedelta(minutes=20)
    db.session.commit()
    assert phone.receipt_in(bring(mi, phone.listed(raw), case, raw))
    db.session.refresh(session)
    assert session.seen_at > long_ago


def test_a_mark_that_is_lost_here_is_noticed(mi, case, raw, go_back, ways):
    first, _ = hear(mi)
    brought = bring(mi, phone.listed(raw), case, raw)
    go_back()
    bring(mi, phone.listed(raw), case, raw, **{"Ruhu-Mark": brought.headers["Ruhu-Mark"]})
    assert (ways, hear(mi)[0] != first) == (["short", "short"], True)


def test_a_photo_is_entered_in_the_writers_turn(app, mi, case, raw):
    """Else two who read first and write then would meet each other in the middle."""
    if db.engine.dialect.name != "sqlite":
        return
    said = []

    def listen(_connection, _cursor, statement, *_):
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        bring(mi, phone.listed(raw), case, raw)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert [one for one in said if one.startswith("BEGIN")][-1] == "BEGIN IMMEDIATE"
    assert db.session.query(Upload).count() == 1


def test_many_photos_at_once_are_each_entered_once(app, cast, case, hands):
    """Of one household, some of them twice; the chain is whole and the household hears of each photo once."""
    shots = [phone.jpeg(shade=20 * n) for n in range(6)]
    listed = [phone.listed(shot) for shot in shots]
    metadata, before, case_id = [phone.metadata(one, case) for one in listed], case.revision, case.id
    db.session.commit()
    db.session.remove()
    answers = hands([(shots[n % 6], metadata[n % 6]) for n in range(12)])
    assert [answer.status_code for answer in answers] == [201] * 12
    receipts = [phone.receipt_in(answer) for answer in answers]
    assert {one["outcome"] for one in receipts} == {"stored"}
    assert sorted({one["id"] for one in receipts}) == sorted(one["id"] for one in listed)
    assert db.session.query(Photo).filter_by(case_id=case_id, state="received").count() == 6
    assert db.session.query(Event).filter_by(tag="photo:stored").count() == 6
    assert db.session.get(Case, case_id).revision == before + 6
    assert events.broken_link() is None


@pytest.fixture
def hands(app, mi):
    """Photos that one person's phone brings, each by a thread of its own."""
    token = mi.get_cookie("ruhu").value

    def bring_one(shot):
        def once():
            client = FlaskClient(app)
            client.set_cookie("ruhu", token)
            told = {"X-Ruhu": "1", "Content-Type": phone.BYTES, "Upload-Length": str(len(shot[0]))}
            return client.post(SHORT, data=shot[0], headers=phone.TUS | told | {"Upload-Metadata": shot[1]})

        return Context().run(once)

    with ThreadPoolExecutor(6) as pool:
        yield lambda shots: list(pool.map(bring_one, shots))
