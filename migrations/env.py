"""Runs migrations inside the Flask app, on whatever database it is set to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app

from backend.models import db


@contextmanager
def loose_foreign_keys(connection: Any) -> Iterator[None]:
    """SQLite changes a table by copying it; what points to it must not mind (sqlite.org/lang_altertable)."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"a migration left {len(broken)} rows that point nowhere")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Bring the database to the asked version, each migration in one transaction."""
    with db.engine.connect() as connection, loose_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
