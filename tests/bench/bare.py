"""A Flask page around one indexed query and nothing else: what this machine gives, beside which the desk is measured."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from tests.bench.service import Service, serving
from tests.house import ROOT
from tests.served import free_port

ROWS = 40
PAGE = """<!doctype html><html lang="zh-CN"><title>案件</title><table>{}</table></html>"""


def create_bare() -> Flask:
    """The page: forty households of the database at RUHU_DATABASE_URL by their number."""
    app, engine = Flask(__name__), create_engine(os.environ["RUHU_DATABASE_URL"])
    query = text("SELECT number, stage FROM verification_case WHERE number > 'YJ' ORDER BY number LIMIT :most")

    @app.get("/")
    def page() -> str:
        with engine.connect() as books:
            rows = books.execute(query, {"most": ROWS}).all()
        return PAGE.format("".join(f"<tr><td>{number}<td>{stage}" for number, stage in rows))

    return app


@contextmanager
def bare(folder: Path, url: str) -> Iterator[Service]:
    """That page behind gunicorn, with as many processes and threads as ours."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "2",
        "--threads", "8", "--keep-alive", "15", "tests.bench.bare:create_bare()",
    ]  # fmt: skip
    log, env = folder.parent / "bare.log", {"RUHU_DATABASE_URL": url}
    with serving(command, port=port, health="/", folder=ROOT, log=log, env=env) as service:
        yield service
