"""SQLite's writers stand in line: nobody sleeps through his turn, nobody dead keeps it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from statistics import median
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from backend.extensions import tune_engine
from backend.storage import write_turn

HOLDS_IT = """
import sys, time
from pathlib import Path
from backend.storage.write_turn import WriteTurn
WriteTurn(Path(sys.argv[1])).take()
print("mine", flush=True)
time.sleep(60)
"""


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'books.sqlite3'}")
    tune_engine(engine)
    with engine.begin() as books:
        books.execute(text("CREATE TABLE line (who TEXT)"))
    yield engine
    engine.dispose()


@pytest.fixture
def neighbour(tmp_path):
    """Another process that has the turn to write to this database."""
    command = [sys.executable, "-c", HOLDS_IT, str(tmp_path / "books.sqlite3.turn")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "mine\n"
        yield process
        process.kill()


def writing(engine, done):
    def work():
        with engine.begin() as books:
            books.execute(text("INSERT INTO line VALUES ('late')"))
        done.set()

    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_who_waits_goes_as_soon_as_the_turn_is_free(engine):
    waits = []
    for _ in range(9):
        done = Event()
        with engine.begin() as books:
            books.execute(text("INSERT INTO line VALUES ('early')"))
            thread = writing(engine, done)
            assert not done.wait(0.25)
        began = time.perf_counter()
        thread.join(5)
        waits.append(time.perf_counter() - began)
    # SQLite's own wait is at its longest nap, 100 ms, by then.
    assert median(waits) < 0.03


def test_a_turn_ends_with_its_transaction_however_that_ends(engine):
    with pytest.raises(OperationalError, match="syntax"), engine.begin() as books:
        books.execute(text("no statement"))
    lost = engine.connect()
    lost.execute(text("INSERT INTO line VALUES ('cut')"))
    lost.invalidate()
    lost.close()
    with engine.connect() as books:
        for who in ("one", "two"):
            books.execute(text("INSERT INTO line VALUES (:who)"), {"who": who})
            books.commit()
    done = Event()
    writing(engine, done)
    assert done.wait(5)


def test_who_does_not_stand_in_line_cannot_come_between_reading_and_writing(engine):
    with engine.begin() as books, closing(sqlite3.connect(engine.url.database, timeout=0)) as outsider:
        books.execute(text("SELECT * FROM line")).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            outsider.execute("INSERT INTO line VALUES ('outside')")
        books.execute(text("INSERT INTO line VALUES ('inside')"))


def test_a_neighbour_is_waited_for(engine, neighbour):
    done = Event()
    writing(engine, done)
    assert not done.wait(0.5)
    neighbour.terminate()
    assert done.wait(5)


def test_who_is_killed_gives_the_turn_back(engine, neighbour):
    os.kill(neighbour.pid, signal.SIGKILL)
    done = Event()
    writing(engine, done)
    assert done.wait(5)


def test_who_waits_too_long_is_told_so(engine, monkeypatch):
    monkeypatch.setattr(write_turn, "PATIENCE", 0.05)
    with engine.begin() as books:
        books.execute(text("INSERT INTO line VALUES ('long')"))
        with pytest.raises(OperationalError, match="locked"), engine.begin():
            pass
