"""SQLite lets one write at a time, and lets whoever comes meanwhile sleep between two looks. Here they stand in line.

The line is a file lock beside the database: the next one goes at once, and a process that dies gives its
turn back. Whoever does not stand in it (a backup, the sqlite3 shell) still meets SQLite's own lock.
"""

import fcntl
import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

PATIENCE = 15.0
LINE, HELD = "ruhu_write_line", "ruhu_write_turn"


class WriteTurn:
    """The line of all who write to one database file: threads of this process, and its neighbours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line = Lock()
        self._descriptor, self._pid = -1, 0

    def take(self) -> None:
        """Wait for the turn. Raises OperationalError when somebody here keeps it for too long."""
        if not self._line.acquire(timeout=PATIENCE):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        try:
            fcntl.flock(self._open(), fcntl.LOCK_EX)
        except BaseException:
            self._line.release()
            raise

    def give(self) -> None:
        """The next one's turn."""
        fcntl.flock(self._open(), fcntl.LOCK_UN)
        self._line.release()

    def _open(self) -> int:
        # A forked process needs a lock of its own, not a share in its parent's.
        if self._pid != os.getpid():
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._pid = os.getpid()
        return self._descriptor


def stand_in_line(engine: Engine) -> None:
    """Have every writing transaction of `engine` take its turn in `take_turn`, until its connection rests again."""
    name = engine.url.database
    turn = WriteTurn(Path(f"{name}.turn")) if name and name != ":memory:" else None

    def give_back(_connection: Any, record: Any, *_: Any) -> None:
        held = record.info.pop(HELD, None)
        if held:
            held.give()

    for moment in ("checkin", "invalidate", "soft_invalidate"):
        event.listen(engine, moment, give_back)
    event.listen(engine, "engine_connect", lambda connection: connection.info.setdefault(LINE, turn))


def take_turn(connection: Connection) -> None:
    """Called where a transaction begins that writes."""
    turn = connection.info.get(LINE)
    if turn and HELD not in connection.info:
        turn.take()
        connection.info[HELD] = turn
