"""An office in a data folder: households, workers with signed-in phones, on SQLite or PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from flask import Flask

from backend import create_app
from backend.config import Settings
from backend.domain import assignment, sessions
from backend.extensions import key_ring
from backend.models import db
from tests.cast import PASSWORD, Cast
from tests.factories import publish

WORKERS = ("mi_jianjun", "ding_zhiqiang")


class Office:
    """`cases` are what a phone knows of a household, `tokens` the session of each worker."""

    def __init__(self, folder: Path, url: str | None = None, *, households: int = 6) -> None:
        self.folder, self.url = folder, url or f"sqlite:///{folder / 'ruhu.sqlite3'}"
        self.cases: list[SimpleNamespace] = []
        self.tokens: dict[str, str] = {}
        with self.opened():
            self.receipt_key = key_ring().receipt_jwk()
            self._fill(Cast(), households)

    def _fill(self, cast: Cast, households: int) -> None:
        for _ in range(households):
            case = publish()
            assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
            db.session.flush()
            self.cases.append(SimpleNamespace(id=case.id, revision=case.revision))
        for name in WORKERS:
            self.tokens[name] = sessions.sign_in(name, PASSWORD)[1]
        db.session.commit()

    @contextmanager
    def opened(self) -> Iterator[Flask]:
        """The app in this process, with its context pushed."""
        app = create_app(Settings(mode="test", data=self.folder, database_url=self.url))
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def copied(migrated_folder: Path, to: Path) -> Path:
    """A copy of a migrated data folder, at `to`."""
    shutil.copytree(migrated_folder, to)
    return to
