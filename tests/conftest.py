"""A data folder of its own for every test: a migrated one is made once and copied."""

import shutil
from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings

from backend import create_app
from backend.config import Settings
from backend.memory import settle
from backend.models import User, db
from tests.apps import SharedApp, client_of, settings_of
from tests.cast import Cast, hire_everybody, quick_hash
from tests.house import ROOT
from tests.pace import long_ones_first, once_a_run
from tests.postgres import Postgres, name_in, running

# How long an example takes says something of the machine, not of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    long_ones_first(items)
    # Thousands of tests and all that they import stay until the end: the collector need not look at them again and again.
    settle()


class Client(FlaskClient):
    """A browser or phone: what the test arranged is committed before it calls.

    Each call runs outside the test's own app context, as it does on a server, so that neither the
    session nor the signed-in person leaks from one call into the next.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        call = super().open

        def outside() -> Any:
            _cv_app.set(None)  # type: ignore[arg-type]
            return call(*args, **kwargs)

        return copy_context().run(outside)


def _fill(chosen: Settings) -> None:
    """Every migration run and the cast hired."""
    app = create_app(chosen)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        hire_everybody(quick_hash())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every migration run and the cast hired; never opened by a test itself."""
    return once_a_run(tmp_path_factory, "migrated", lambda folder: _fill(settings_of(folder)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, for the whole run."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres, migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database filled like `migrated_folder`, under the same keys."""
    url = postgres.fresh()
    _fill(settings_of(shutil.copytree(migrated_folder, tmp_path_factory.mktemp("keys") / "var"), url))
    return name_in(url)


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> SharedApp:
    """The app on SQLite."""
    return SharedApp(tmp_path_factory.mktemp("shared"), Client)


@pytest.fixture(scope="session")
def shared_postgres(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, migrated_postgres: str) -> SharedApp:
    """The app on PostgreSQL."""
    return SharedApp(tmp_path_factory.mktemp("shared"), Client, postgres.fresh(migrated_postgres))


@pytest.fixture
def app(migrated_folder: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a fresh copy of the folder, with its context pushed; see `on_both` for PostgreSQL."""
    is_postgres = getattr(request, "param", "sqlite") == "postgresql"
    shared: SharedApp = request.getfixturevalue("shared_postgres" if is_postgres else "shared_app")
    app = shared.put_back(migrated_folder)
    if is_postgres:
        template = request.getfixturevalue("migrated_postgres")
        request.getfixturevalue("postgres").renew(app.config["SQLALCHEMY_DATABASE_URI"], template)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def cast(app: Flask) -> Cast:
    return Cast()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in, with the header that every phone sends."""
    client = app.test_client()
    client.environ_base["HTTP_X_RUHU"] = "1"
    return client


@pytest.fixture
def signed_in(app: Flask) -> Callable[[User], FlaskClient]:
    """`signed_in(cast.mi_jianjun)` is that person's browser or phone."""
    return lambda user: client_of(app, user)
