"""One app for all tests of a process; before each, its data folder and what it holds open are put back."""

import shutil
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from backend import create_app
from backend.api.guard import limiter
from backend.config import Settings
from backend.domain import sessions
from backend.models import User, db
from backend.storage.jobs import start_jobs
from backend.storage.keys import KeyRing
from backend.storage.objects import Objects
from tests.cast import PASSWORD

LINE = ".turn"


def settings_of(folder: Path, url: str | None = None) -> Settings:
    """How a test's app is set: in `folder`, on SQLite there unless `url` names another database."""
    return Settings(mode="test", data=folder, database_url=url or f"sqlite:///{folder / 'ruhu.sqlite3'}")


class SharedApp:
    """Making an app takes a third of a second, most of it for its addresses and its statements; a copy takes 5 ms."""

    def __init__(self, folder: Path, client: type[FlaskClient], url: str | None = None) -> None:
        self._chosen = settings_of(folder, url)
        self.app = create_app(self._chosen)
        self.app.test_client_class = client
        self._extensions, self._config = dict(self.app.extensions), dict(self.app.config)

    def put_back(self, filled: Path) -> Flask:
        """The app with a copy of `filled` as its data folder; nothing is left of the test before."""
        folder, app = self._chosen.data, self.app
        with app.app_context():
            db.engine.dispose()
        _empty(folder)
        shutil.copytree(filled, folder, dirs_exist_ok=True)
        ring = KeyRing.open(folder / "keyring.json")
        app.config.clear()
        app.config.update(self._config)
        app.extensions.clear()
        app.extensions.update(self._extensions, ruhu_keys=ring, ruhu_objects=Objects(folder / "objects", ring))
        start_jobs(app, folder, is_kept=False)
        limiter.reset()
        return app


def client_of(app: Flask, user: User) -> FlaskClient:
    """That person's browser or phone, signed in."""
    client = app.test_client()
    client.environ_base["HTTP_X_RUHU"] = "1"
    _, token = sessions.sign_in(user.username, PASSWORD)
    db.session.commit()
    client.set_cookie("ruhu", token)
    return client


def _empty(folder: Path) -> None:
    """All but the file in which those who write stand in line: the engine keeps it open."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix != LINE:
            path.unlink()
