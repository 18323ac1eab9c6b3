"""An office in a data folder: households, workers with signed-in phones, on SQLite or PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from flask import Flask

from backend import create_app
from backend.config import Settings
from backend.domain import assignment, sessions
from backend.extensions import key_ring
from backend.models import db
from tests.cast import PASSWORD, Cast
from tests.factories import publish
from tests.handset import Handset, enrolled

WORKERS = ("mi_jianjun", "ding_zhiqiang")
PHONES, ONE_IN_PLAIN = 8, 4


class Held(NamedTuple):
    """A phone in somebody's hand; `handset` None for an older one, which sends plainly under its session."""

    user_id: str
    token: str
    handset: Handset | None

    @property
    def cookie(self) -> dict[str, str]:
        """For a server in either mode."""
        return {"Cookie": f"ruhu={self.token}; __Host-ruhu={self.token}"}


class Office:
    """`cases` are what a phone knows of a household; `phones` are held by the workers in turn, most are enrolled."""

    def __init__(self, folder: Path, url: str | None = None, *, households: int = 6) -> None:
        self.folder, self.url = folder, url or f"sqlite:///{folder / 'ruhu.sqlite3'}"
        self.cases: list[SimpleNamespace] = []
        self.phones: list[Held] = []
        with self.opened():
            self.receipt_key = key_ring().receipt_jwk()
            self._fill(Cast(), households)

    @property
    def engine(self) -> str:
        return self.url.partition(":")[0].partition("+")[0]

    def _fill(self, cast: Cast, households: int) -> None:
        for _ in range(households):
            case = publish()
            assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
            db.session.flush()
            self.cases.append(SimpleNamespace(id=case.id, revision=case.revision))
        deposit_key = key_ring().deposit_jwk()
        for number in range(PHONES):
            user, token = sessions.sign_in(WORKERS[number % len(WORKERS)], PASSWORD)
            handset = enrolled(user) if (number + 1) % ONE_IN_PLAIN else None
            if handset:
                handset.deposit_key = deposit_key
            self.phones.append(Held(user.id, token, handset))
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
