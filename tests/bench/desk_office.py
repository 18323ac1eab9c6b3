"""The province's office under measurement: its database made, its people signed in, its server started."""

import hashlib
import hmac
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from flask_migrate import upgrade
from sqlalchemy import select

from backend import clock, create_app
from backend.config import Settings
from backend.desk.moment import moment_word
from backend.domain import figures_snapshots, sessions
from backend.models import Case, FiguresSnapshot, db
from tests.bench import province
from tests.bench.service import TICK, Service, serving
from tests.cast import COUNTY, GONGMEN, PASSWORD, PEOPLE, hire_everybody
from tests.house import ROOT
from tests.served import free_port, surroundings

AREAS = (GONGMEN, COUNTY, COUNTY[:4], COUNTY[:2])


class Prepared(NamedTuple):
    """{person: session cookie}, {area: its newest case number}, {area: the moment of its figures}."""

    cookies: dict[str, str]
    numbers: dict[str, str]
    words: dict[str, str]


def prepare(folder: Path, url: str, count: int) -> Prepared:
    """Fill the database at `url` with `count` households, unless it has been, and sign the cast in."""
    folder.mkdir(parents=True, exist_ok=True)
    app, mark = create_app(Settings(mode="test", data=folder, database_url=url)), folder / "filled"
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        if not mark.exists():
            hire_everybody()
            db.session.commit()
            with told("made"):
                province.fill(count)
            mark.touch()
        words = _counted()
        cookies = {name: sessions.sign_in(name, PASSWORD)[1] for name in PEOPLE}
        numbers = {area: _newest(area) for area in AREAS}
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return Prepared(cookies, numbers, words)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say on the side how long something took."""
    began = time.perf_counter()
    yield
    print(f"  {what} in {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def _newest(area: str) -> str:
    query = select(Case.number).where(Case.county_code.startswith(area[:6]), Case.township_code.startswith(area))
    return db.session.scalar(query.order_by(Case.published_at.desc()).limit(1)) or "YJ620525"


def _counted() -> dict[str, str]:
    """What the worker keeps of large areas, once for a kept database; for the others the moment is now."""
    words = dict.fromkeys(AREAS, moment_word(clock.now()))
    for area in AREAS[1:]:
        if figures_snapshots.is_large(area):
            if figures_snapshots.newest(area) is None:
                with told(f"figures of {area} counted"):
                    figures_snapshots.take_snapshot(area)
                    db.session.commit()
            words[area] = moment_word(db.session.get_one(FiguresSnapshot, area).as_of_at)
    return words


@contextmanager
def office(folder: Path, url: str) -> Iterator[Service]:
    """The server as deploy/run.sh starts it, on a database of its own."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", ROOT / "deploy/gunicorn.conf.py", "wsgi:app"]
    env = surroundings(folder, port, RUHU_MODE="demo", RUHU_DATABASE_URL=url)
    with serving(
        command, port=port, health="/healthz", folder=ROOT, log=folder.parent / "desk.log", env=env
    ) as service:
        yield service


def books_cpu(postmaster: int | None) -> float:
    """Seconds that the database server and its children have used; 0 for SQLite, which works inside ours."""
    if postmaster is None:
        return 0.0
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if postmaster in (int(fields[1]), int(stat.parent.name)):
            # Those that have ended are in the postmaster's own count of its children.
            own = int(fields[11]) + int(fields[12])
            ended = int(fields[13]) + int(fields[14]) if int(stat.parent.name) == postmaster else 0
            used += (own + ended) / TICK
    return used


def form_token(cookie: str) -> str:
    """The word against forgery that this session's forms carry."""
    return hmac.new(cookie.encode(), b"ruhu form", hashlib.sha256).hexdigest()
