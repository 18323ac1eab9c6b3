"""Statements that are put to the driver itself: phones bring so much that the way to it would cost ten times the work."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Insert, Select, Update, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from backend.models.base import db, is_in_transaction

# As many as a moment brings, nearly: a list of any length would be spelt anew each time.
_PLACES = tuple(f"place_{number}" for number in range(16))
_Turned = Sequence[tuple[Any, Callable[[Any], Any]]]


class _Spelt(NamedTuple):
    """A statement in one database's words; what turns Python's values into its own, by name, and back, by place."""

    text: str
    order: tuple[str, ...] | None
    writers: _Turned
    readers: _Turned

    def given(self, told: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them."""
        values = {**told, **{name: turn(told[name]) for name, turn in self.writers}} if self.writers else told
        return values if self.order is None else tuple([values[name] for name in self.order])

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row as Python's values."""
        values = list(row)
        for place, turn in self.readers:
            values[place] = turn(values[place])
        return tuple(values)


class _Statement:
    def __init__(self, statement: Insert | Select[Any] | Update, *columns: str) -> None:
        self._statement, self._columns = statement, columns
        self._spelt: dict[str, _Spelt] = {}

    def _spell(self, dialect: Dialect) -> _Spelt:
        found = self._spelt.get(dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns or None)
            writers = [
                (name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items()
            ]
            types = [column.type for column in getattr(self._statement, "selected_columns", ())]
            readers = [kind.dialect_impl(dialect).result_processor(dialect, None) for kind in types]
            found = self._spelt[dialect.name] = _Spelt(
                str(compiled),
                tuple(compiled.positiontup) if compiled.positional else None,
                [(name, turn) for name, turn in writers if turn],
                [(place, turn) for place, turn in enumerate(readers) if turn],
            )
        return found


class Question(_Statement):
    """A SELECT of columns; asked inside the transaction there is, else of what is committed."""

    def ask(self, **told: Any) -> list[tuple[Any, ...]]:
        """The rows, in the order of the columns."""
        if is_in_transaction():
            connection = db.session.connection()
            return self._asked(connection.dialect, connection.connection, told)
        engine = db.engine
        line = engine.raw_connection()
        try:
            return self._asked(engine.dialect, line, told)
        finally:
            line.close()

    def _asked(self, dialect: Dialect, line: Any, told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        spelt = self._spell(dialect)
        given = spelt.given(told)
        cursor = line.cursor()
        try:
            dialect.do_execute(cursor, spelt.text, given)
            rows = cursor.fetchall()
        except dialect.loaded_dbapi.Error as error:
            raise _said(error, dialect, spelt.text) from error
        finally:
            cursor.close()
        return [spelt.read(row) for row in rows] if spelt.readers else list(rows)

    def ask_among(self, those: Collection[str]) -> list[tuple[Any, ...]]:
        """The rows for any of `those`, which the question looks for with `among`; sixteen of them at a time, in their order."""
        named, rows = sorted(those), list[tuple[Any, ...]]()
        for start in range(0, len(named), len(_PLACES)):
            some = named[start : start + len(_PLACES)]
            rows += self.ask(**dict(zip_longest(_PLACES, some, fillvalue=some[-1])))
        return rows


class Order(_Statement):
    """An UPDATE, or an INSERT of the named columns, that is given many times at once inside the session's transaction."""

    def __init__(self, statement: Insert | Update, *columns: str) -> None:
        # Nobody asks for the rows' numbers.
        super().__init__(statement.inline(), *columns)

    def give(self, many: Sequence[Mapping[str, Any]]) -> None:
        """Once for each of `many`."""
        connection = db.session.connection()
        dialect, spelt = connection.dialect, self._spell(connection.dialect)
        given = [spelt.given(told) for told in many]
        cursor = connection.connection.cursor()
        try:
            dialect.do_executemany(cursor, spelt.text, given)
        except dialect.loaded_dbapi.Error as error:
            raise _said(error, dialect, spelt.text) from error
        finally:
            cursor.close()


def among(column: ColumnElement[str]) -> ColumnElement[bool]:
    """`column` is one of those that are told to `ask_among`."""
    return column.in_([bindparam(place) for place in _PLACES])


def _said(error: Exception, dialect: Dialect, text: str) -> BaseException:
    """What the driver says, as SQLAlchemy says it; of what was asked for or written, nothing."""
    driver: Any = dialect.loaded_dbapi
    return DBAPIError.instance(text, (), error, driver.Error, hide_parameters=True, dialect=dialect)
