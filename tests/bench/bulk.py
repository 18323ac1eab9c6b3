"""Rows by the million: what a table's own defaults give is filled in, the rest comes as plain values."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, text

from backend.models import db

AT_ONCE = 20_000
EPOCH, DAY, OFFICE = date(1970, 1, 1).toordinal(), 86_400, 8 * 3600


def instant(seconds: float) -> str:
    """An instant of the epoch as both databases read it in a session that is set to UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(" ", "microseconds")[:26]


def day(seconds: float) -> str:
    """The day in the office of an instant."""
    return date.fromordinal(EPOCH + int((seconds + OFFICE) // DAY)).isoformat()


def _usual(table: Table, given: Sequence[str]) -> dict[str, Any]:
    """Values of the columns that nobody names and that may not be empty."""
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.name in given or column.nullable or column.server_default is not None or column.default is None:
            continue
        if column.default.is_scalar:
            found[column.name] = getattr(column.default.arg, "value", column.default.arg)
        elif column.default.is_callable:
            found[column.name] = json.dumps(column.default.arg(None))
    return found


class Bulk:
    """Collects rows of several tables and writes them in the order in which the tables were named."""

    def __init__(self, columns: dict[str, Sequence[str]]) -> None:
        self._columns = {name: list(given) for name, given in columns.items()}
        self._usual = {name: _usual(db.metadata.tables[name], given) for name, given in columns.items()}
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def add(self, table: str, *values: Any) -> None:
        self._rows[table].append(values)

    @property
    def is_full(self) -> bool:
        return any(len(rows) >= AT_ONCE for rows in self._rows.values())

    def write(self) -> None:
        """Write what was collected, in a transaction of its own."""
        with db.engine.connect() as line:
            line.execute(text("SELECT 1"))  # begins the transaction
            raw: Any = line.connection.driver_connection
            for name in self._columns:
                if rows := self._rows.pop(name, []):
                    usual = tuple(self._usual[name].values())
                    columns = [*self._columns[name], *self._usual[name]]
                    write = _copy if db.engine.dialect.name == "postgresql" else _insert
                    write(raw, name, columns, (row + usual for row in rows) if usual else rows)
            line.commit()


def _insert(raw: Any, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _copy(raw: Any, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET TIME ZONE 'UTC'")
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row([int(value) if value is True or value is False else value for value in row])
        cursor.execute("RESET session_replication_role")


def settle() -> None:
    """Numbers go on after what was copied, and PostgreSQL's planner knows what there is, as after its own upkeep."""
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect() as line:
        for table in db.metadata.sorted_tables:
            key = list(table.primary_key.columns)
            if len(key) == 1 and key[0].autoincrement and key[0].type.python_type is int:
                line.execute(text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key[0].name}'),"
                    f" coalesce((SELECT max({key[0].name}) FROM {table.name}), 1))"
                ))  # fmt: skip
        line.commit()
        line.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


@contextmanager
def unindexed(tables: Iterable[str]) -> Iterator[None]:
    """Take the indexes of these tables away and make them again at the end: sorted once instead of a leaf at a time."""
    names = {f"'{name}'" for name in tables}
    where = f"IN ({', '.join(sorted(names))})"
    if db.engine.dialect.name == "postgresql":
        known = (
            f"SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename {where}"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    else:
        known = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name {where}"
    with db.engine.connect() as line:
        kept = line.execute(text(known)).all()
        for name, _ in kept:
            line.execute(text(f"DROP INDEX {name}"))
        line.commit()
    yield
    with db.engine.connect() as line:
        if db.engine.dialect.name == "postgresql":
            line.execute(text("SET maintenance_work_mem = '1GB'"))
        for _, sql in kept:
            line.connection.driver_connection.execute(sql)
        line.commit()


def fast_loading() -> None:
    """SQLite: nothing is kept safe while the database is made; forgotten with the connection."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as line:
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-800000", "temp_store=MEMORY"):
                line.connection.driver_connection.execute(f"PRAGMA {pragma}")
