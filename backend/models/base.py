"""What every table shares: the session, column types, sealed fields, ids."""

import os
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, MetaData, String, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.functions import FunctionElement

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)


def is_in_transaction() -> bool:
    """Whether the session holds one; who never needed a session is not given one for the question."""
    return db.session.registry.has() and db.session().in_transaction()


def written_past(model: Any, key: Any) -> None:
    """A row was written by a plain statement: what the session holds of it is read again when somebody asks."""
    held = db.session.identity_map.get(identity_key(model, key))
    if held is not None:
        db.session.expire(held)


def keep_and_commit() -> None:
    """Commit, and go on with what was read: for whoever only answers with it, and decides nothing by it any more."""
    session = db.session()
    session.expire_on_commit = False
    try:
        session.commit()
    finally:
        session.expire_on_commit = True


class Instant(TypeDecorator[datetime]):
    """Aware UTC in Python; SQLite keeps no zone, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        aware = value.astimezone(UTC)
        return aware if dialect.name == "postgresql" else aware.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class unix(FunctionElement[int]):
    """Whole seconds since 1970 of an instant, in SQL: instants can be subtracted in both databases."""

    type = BigInteger()
    inherit_cache = True


@compiles(unix, "sqlite")
def _unix_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **how)}) AS INTEGER)"


@compiles(unix)
def _unix(element: Any, compiler: Any, **how: Any) -> str:
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {compiler.process(element.clauses, **how)})) AS BIGINT)"


def new_id() -> str:
    """A UUIDv7 (RFC 9562): ordered by time, within a millisecond too (method 3), so that indexes grow at one end."""
    stamp, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    raw = bytearray(stamp.to_bytes(6, "big") + (0x7000 | fraction).to_bytes(2, "big") + os.urandom(8))
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return str(uuid.UUID(bytes=bytes(raw)))


class UuidKey:
    """Primary key as a UUIDv7 known before the row is written, so that seals can be bound to it."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or new_id()
        super().__init__(**values)


class Sealed:
    """A text attribute kept AES-256-GCM encrypted in `<name>_sealed`, bound to table, column and row.

    With `lookup=True` a keyed hash goes to `<name>_lookup`, so that equal values can be found.
    Reading another row's ciphertext raises UnreadableSeal.
    """

    def __init__(self, *, lookup: bool = False) -> None:
        self.lookup = lookup

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def _aad(self, row: Any) -> str:
        return f"{row.__tablename__}.{self.name}:{row.id}"

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        sealed = getattr(row, f"{self.name}_sealed")
        return None if sealed is None else _ring().unseal(sealed, aad=self._aad(row))

    def __set__(self, row: Any, value: str | None) -> None:
        setattr(row, f"{self.name}_sealed", _ring().seal(value, aad=self._aad(row)) if value else None)
        if self.lookup:
            setattr(row, f"{self.name}_lookup", _ring().lookup(value) if value else None)


def _ring() -> Any:
    return current_app.extensions["ruhu_keys"]


def in_list(column: str, values: Any) -> str:
    """SQL text of a CHECK that `column` holds one of the codes in `values` (an enum)."""
    return f"{column} IN ({', '.join(repr(str(v.value)) for v in values)})"
