"""Phones that hand in go before who judges: not for ever, and nobody dead keeps the others waiting."""

import os
import signal
import subprocess
import sys
import time
from threading import Event, Thread

import pytest
from sqlalchemy import event

from backend.extensions import phones
from backend.models import db
from backend.storage import precedence
from backend.storage.precedence import Precedence
from tests import phone
from tests.apps import client_of
from tests.factories import assigned_case

IS_SERVED = """
import sys, time
from pathlib import Path
from backend.storage.precedence import Precedence
with Precedence(Path(sys.argv[1])).first():
    print("served", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / "phones.turn"


def neighbour(place):
    """Another process that is serving a phone."""
    process = subprocess.Popen([sys.executable, "-c", IS_SERVED, str(place)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "served\n"
    return process


def standing_back(judge):
    done = Event()

    def work():
        judge.stand_back()
        done.set()

    Thread(target=work, daemon=True).start()
    return done


def test_nobody_waits_where_no_phone_is(place, monkeypatch):
    monkeypatch.setattr(precedence, "LONGEST", 60.0)
    assert standing_back(Precedence(place)).wait(5)


def test_who_judges_goes_on_when_the_last_phone_is_served(place, monkeypatch):
    monkeypatch.setattr(precedence, "LONGEST", 60.0)
    door, judge = Precedence(place), Precedence(place)
    with door.first():
        with door.first():
            done = standing_back(judge)
            assert not done.wait(0.2)
        assert not done.wait(0.2)
    assert done.wait(5)


def test_phones_without_a_pause_do_not_keep_judging_out(place, monkeypatch):
    monkeypatch.setattr(precedence, "LONGEST", 0.3)
    with Precedence(place).first():
        began = time.monotonic()
        Precedence(place).stand_back()
        assert 0.25 < time.monotonic() - began < 5


def test_a_killed_server_keeps_nobody_waiting(place, monkeypatch):
    monkeypatch.setattr(precedence, "LONGEST", 60.0)
    with neighbour(place) as process:
        done = standing_back(Precedence(place))
        assert not done.wait(0.2)
        os.kill(process.pid, signal.SIGKILL)
        assert done.wait(5)


def test_who_looks_keeps_no_phone_out(place):
    judge, door = Precedence(place), Precedence(place)
    judge.stand_back()
    with door.first(), Precedence(place).first():
        pass


def test_the_worker_stands_back_before_it_judges(app, monkeypatch):
    monkeypatch.setattr(precedence, "LONGEST", 60.0)
    done = Event()

    def work():
        app.extensions["ruhu_jobs"]._in_the_app(app.extensions["ruhu_jobs"]._apply)()
        done.set()

    with app.app_context(), phones().first():
        Thread(target=work, daemon=True).start()
        assert not done.wait(0.5)
    assert done.wait(10)


def test_a_phone_goes_first_until_its_items_are_committed(app, cast, monkeypatch):
    monkeypatch.setattr(precedence, "LONGEST", 0.0)
    phone_client, case = client_of(app, cast.mi_jianjun), assigned_case(cast)
    judge, seen = Precedence(app.extensions["ruhu_settings"].data / "phones.turn"), []

    def look(*_):
        seen.append(judge._is_somebody_first())

    event.listen(db.engine, "commit", look)
    try:
        phone.hand_in(phone_client, phone.envelope("visit", phone.visit(case)))
    finally:
        event.remove(db.engine, "commit", look)
    assert seen[-1] is True
    assert judge._is_somebody_first() is False
