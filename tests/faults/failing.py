"""The N-th operation fails: an SQL statement, a commit before or after it happened, a call to the file system."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from backend.models import db

FILE_CALLS = ("open", "write", "fsync", "ftruncate", "replace", "rename", "unlink", "link", "mkdir")


class Failing:
    """Counts the operations of one app; `fail_at` arms the one that is to fail."""

    def __init__(self, app: Flask) -> None:
        self.count, self._fail_at, self._is_armed = 0, 0, False
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *_: self._sql())
            dialect: Any = db.engine.dialect
        commit = dialect.do_commit

        def do_commit(connection: Any) -> None:
            self._sql()
            commit(connection)
            # Here the line to the database breaks: it is committed, and nobody is told.
            self._sql()

        dialect.do_commit = do_commit

    def _is_next(self) -> bool:
        if self._is_armed:
            self.count += 1
        return self._is_armed and self.count == self._fail_at

    def _sql(self) -> None:
        if self._is_next():
            raise OperationalError("the database does not answer", None, OSError(errno.EIO, "injected"))

    @contextmanager
    def fail_at(self, number: int) -> Iterator[None]:
        """What is done inside meets a failure at operation `number`."""
        kept = {name: getattr(os, name) for name in FILE_CALLS}
        for name, call in kept.items():
            setattr(os, name, self._watched(name, call))
        self.count, self._fail_at, self._is_armed = 0, number, True
        try:
            yield
        finally:
            self._is_armed = False
            for name, call in kept.items():
                setattr(os, name, call)

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            if self._is_next():
                if name == "write":
                    call(given[0], given[1][: len(given[1]) // 2])
                raise OSError(errno.ENOSPC, "injected")
            return call(*given, **named)

        return watched
