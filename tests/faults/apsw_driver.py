"""SQLAlchemy on apsw: as much of a DBAPI module as the app needs, so that its database can lie on a VFS."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw
from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import StaticPool

from tests.faults.power import VFS_NAME

apilevel, threadsafety, paramstyle = "2.0", 1, "qmark"
sqlite_version_info = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
Binary = bytes
# Small, so that a short day's work moves pages from the log into the database, too.
PAGES_BEFORE_CHECKPOINT = 30


class Error(Exception):
    pass


class InterfaceError(Error):
    pass


class DatabaseError(Error):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        raise IntegrityError(str(error)) from error
    except apsw.Error as error:
        raise OperationalError(str(error)) from error


class Cursor:
    """Rows are fetched at once."""

    arraysize = 1

    def __init__(self, raw: apsw.Connection) -> None:
        self._raw, self._rows = raw, iter(())
        self.description: Any = None
        self.rowcount, self.lastrowid = -1, None

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "Cursor":
        cursor, self.description = self._raw.cursor(), None
        cursor.exec_trace = self._note_description
        before = self._raw.total_changes()
        with _translated():
            self._rows = iter(cursor.execute(sql, tuple(values)).fetchall())
        is_change = sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE")
        self.rowcount = self._raw.total_changes() - before if is_change else -1
        self.lastrowid = self._raw.last_insert_rowid()
        return self

    def executemany(self, sql: str, many: Sequence[Sequence[Any]]) -> "Cursor":
        changed = 0
        for values in many:
            changed += self.execute(sql, values).rowcount
        self.rowcount = changed
        return self

    def _note_description(self, cursor: apsw.Cursor, _sql: str, _values: Any) -> bool:
        found = cursor.get_description()
        self.description = [(name, None, None, None, None, None, None) for name, _ in found] or None
        return True

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [row for row, _ in zip(self._rows, range(size or self.arraysize), strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def close(self) -> None:
        self._rows = iter(())


class Connection:
    """The only one: without shared memory in the VFS the log needs an exclusive lock."""

    isolation_level: str | None = None

    def __init__(self, path: str) -> None:
        with _translated():
            self._raw = apsw.Connection(path, vfs=VFS_NAME)
            self._raw.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._raw.wal_autocheckpoint(PAGES_BEFORE_CHECKPOINT)

    def cursor(self) -> Cursor:
        return Cursor(self._raw)

    def commit(self) -> None:
        self._end("COMMIT")

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def _end(self, how: str) -> None:
        if self._raw.in_transaction:
            with _translated():
                self._raw.execute(how)

    def close(self) -> None:
        with _translated():
            self._raw.close(True)

    def create_function(self, name: str, count: int, called: Callable[..., Any], *, deterministic: bool) -> None:
        self._raw.create_scalar_function(name, called, count, deterministic=deterministic)


class ApswDialect(SQLiteDialect_pysqlite):
    """`sqlite+apsw:///path`"""

    driver, supports_statement_cache = "apsw", True

    @classmethod
    def import_dbapi(cls) -> Any:
        import sys

        return sys.modules[__name__]

    @classmethod
    def get_pool_class(cls, url: URL) -> Any:
        return StaticPool

    def create_connect_args(self, url: URL) -> Any:
        return [url.database], {}


def connect(path: str) -> Connection:
    return Connection(path)


registry.register("sqlite.apsw", __name__, "ApswDialect")
