"""The parts that a Flask app is made of, and how the database engine is set."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, has_request_context, request
from flask_login import LoginManager
from flask_migrate import Migrate
from sqlalchemy import Engine, event

from backend.config import Settings
from backend.models.base import db
from backend.storage.jobs import start_jobs
from backend.storage.keys import KeyRing
from backend.storage.objects import Objects
from backend.storage.precedence import Precedence
from backend.storage.write_turn import stand_in_line, take_turn

login_manager = LoginManager()
migrate = Migrate()

READ_METHODS = {"GET", "HEAD", "OPTIONS"}


def settings() -> Settings:
    """Settings of the running app."""
    return current_app.extensions["ruhu_settings"]


def key_ring() -> KeyRing:
    """Key ring of the running app."""
    return current_app.extensions["ruhu_keys"]


def objects() -> Objects:
    """Object store of the running app."""
    return current_app.extensions["ruhu_objects"]


def phones() -> Precedence:
    """Who goes first in the running app's data folder."""
    return current_app.extensions["ruhu_precedence"]


def _set_sqlite(connection, _record) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=15000",
        "cache_size=-32000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection) -> None:
    reads = has_request_context() and not g.get("is_writing", request.method not in READ_METHODS)
    if not reads:
        take_turn(connection)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def reading() -> Iterator[None]:
    """Look at the database inside a request that will write, without keeping other writers waiting (SQLite)."""
    before = g.get("is_writing", request.method not in READ_METHODS)
    g.is_writing = False
    try:
        yield
    finally:
        db.session.rollback()
        g.is_writing = before


def tune_engine(engine: Engine) -> None:
    """SQLite: write-ahead log, durable commits, writers queue at BEGIN instead of failing late."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_sqlite)
        stand_in_line(engine)
        event.listen(engine, "begin", _begin_sqlite)


def start_extensions(app: Flask, chosen: Settings) -> None:
    """Attach settings, keys, objects, database, login and migrations to `app`."""
    chosen.data.mkdir(parents=True, exist_ok=True)
    ring = KeyRing.open(chosen.data / "keyring.json")
    app.extensions["ruhu_settings"] = chosen
    app.extensions["ruhu_keys"] = ring
    app.extensions["ruhu_objects"] = Objects(chosen.data / "objects", ring)
    app.extensions["ruhu_precedence"] = Precedence(chosen.data / "phones.turn")
    start_jobs(app, chosen.data, is_kept=chosen.mode != "test")
    db.init_app(app)
    migrate.init_app(app, db, directory="migrations")
    login_manager.init_app(app)
    with app.app_context():
        tune_engine(db.engine)
