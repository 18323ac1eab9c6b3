"""The N-th operation fails: an SQL statement, a commit before or after it happened, a call to the file system."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import obstore
from flask import Flask
from sqlalchemy.exc import OperationalError

from backend.models import db

# Whole files are read by pathlib, sealed objects by the library of the object store.
CALLS: tuple[tuple[Any, str], ...] = (
    *((os, name) for name in ("open", "write", "fsync", "ftruncate", "replace", "rename", "unlink", "link", "mkdir")),
    *((Path, name) for name in ("read_bytes", "read_text")),
    *((obstore, name) for name in ("get", "delete")),
)
READS = ("get", "read_bytes", "read_text")
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
AWAY = OperationalError("the database does not answer", None, OSError(errno.EIO, "injected"))


class Failing:
    """Counts the operations of one app; `fail_at` arms those that are to fail."""

    def __init__(self, app: Flask) -> None:
        self.count, self._fail_at, self._is_armed, self._error = 0, (0,), False, AWAY
        with app.app_context():
            dialect: Any = db.engine.dialect
        for name in ("do_execute", "do_executemany"):
            setattr(dialect, name, self._asked(getattr(dialect, name)))
        commit = dialect.do_commit

        def do_commit(connection: Any) -> None:
            self._sql("COMMIT")
            commit(connection)
            # Here the line to the database breaks: it is committed, and nobody is told.
            self._sql("COMMIT")

        dialect.do_commit = do_commit

    def _asked(self, call: Callable[..., None]) -> Callable[..., None]:
        def asked(cursor: Any, statement: str, *more: Any, **named: Any) -> None:
            self._sql(statement)
            call(cursor, statement, *more, **named)

        return asked

    def _is_next(self) -> bool:
        if self._is_armed:
            self.count += 1
        return self._is_armed and self.count in self._fail_at

    def _sql(self, statement: str) -> None:
        is_surprise = self._error is not AWAY
        if not (is_surprise and statement.startswith(CONTROL)) and self._is_next():
            raise self._error

    @contextmanager
    def fail_at(self, *numbers: int, error: Exception = AWAY) -> Iterator[None]:
        """What is done inside meets a failure at these operations.

        With an `error` of the caller's only statements count that read or write rows: it stands for a
        mistake in our own code, and the database does what it is told.
        """
        self._error = error
        kept = [(where, name, getattr(where, name)) for where, name in CALLS]
        for where, name, call in kept:
            setattr(where, name, self._watched(name, call))
        self.count, self._fail_at, self._is_armed = 0, numbers, True
        try:
            yield
        finally:
            self._is_armed = False
            for where, name, call in kept:
                setattr(where, name, call)

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            if self._error is AWAY and self._is_next():
                if name == "write":
                    call(given[0], given[1][: len(given[1]) // 2])
                raise OSError(errno.EIO if name in READS else errno.ENOSPC, "injected")
            return call(*given, **named)

        return watched
