"""The real server without a socket, for the phones of frontend/field/tests/model: frames on standard input and output.

A frame is two big-endian lengths, JSON, and raw bytes. The database lies in memory-backed storage and is not
synced: what survives a power cut is another row's subject, here it is the rules that are tried.
"""

import gc
import json
import logging
import os
import shutil
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import event

from backend import clock, create_app
from backend.api.guard import limiter
from backend.config import Settings
from backend.models import db
from tests.faults.pages_back import put_pages_back
from tests.faults.rules_office import RulesOffice, hire

LENGTHS = struct.Struct(">II")
Frame = tuple[dict[str, Any], bytes]


class RulesServer:
    """One app, its clock, and the backups that a schedule goes back to."""

    def __init__(self, folder: Path) -> None:
        self._ahead = timedelta(0)
        self.app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
        clock.now = lambda: datetime.now(UTC) + self._ahead  # type: ignore[assignment]
        with self.app.app_context():
            event.listen(db.engine, "connect", _unsynced)
            hire()
            self.office = RulesOffice()
            with _raw() as live:
                live.execute("VACUUM")
        self._file = folder / "ruhu.sqlite3"
        self._kept: dict[str, bytes] = {}
        self._began: datetime | None = None
        # What is here now stays: looking through it again and again costs a tenth.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)

    def answer(self, told: dict[str, Any], body: bytes) -> Frame:
        """One operation by its name."""
        if told["op"] == "http":
            return self._http(told, body)
        own: dict[str, Callable[..., Any]] = {
            "keep": self._keep, "back": self._back, "pass": self._pass, "spent": self._spent,
        }  # fmt: skip
        with self.app.app_context():
            verb = own.get(told["op"]) or getattr(self.office, told["op"])
            said = verb(**told.get("with", {}))
            db.session.commit()
            db.session.remove()
        return {"said": said}, b""

    def _keep(self, name: str) -> None:
        """A backup of the database."""
        self._began = self._began or clock.now()
        db.session.remove()
        self._kept[name] = self._file.read_bytes()

    def _back(self, name: str, *, is_fresh: bool = False) -> None:
        """The database as it was, the epoch untouched: phones have to notice. `is_fresh` begins the next schedule."""
        db.session.remove()
        put_pages_back(self._file, self._kept[name])
        if is_fresh:
            # Every schedule begins at the same moment, so that sessions do not age from one to the next.
            self._ahead = (self._began or datetime.now(UTC)) - datetime.now(UTC)
            limiter.reset()
            self.app.extensions["ruhu_jobs"].huey.storage.flush_queue()

    def _pass(self, seconds: int) -> None:
        self._ahead += timedelta(seconds=seconds)

    def _spent(self) -> int:
        """Milliseconds of this process's processor time."""
        return round(time.process_time() * 1000)

    def _http(self, told: dict[str, Any], body: bytes) -> Frame:
        path, _, query = told["path"].partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": told["method"], "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "ruhu.test", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "ruhu.test",
            "REMOTE_ADDR": told["from"], "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
            "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": False,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        for name, value in told["headers"].items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        head: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            said: dict[str, str] = {}
            for name, value in headers:
                said[name] = f"{said[name]}\n{value}" if name in said else value
            head.update(status=int(status[:3]), headers=said)

        parts = self.app(environ, start)
        try:
            return head, b"".join(parts)
        finally:
            with suppress(AttributeError):
                parts.close()  # type: ignore[attr-defined]


@contextmanager
def _raw() -> Iterator[Any]:
    """SQLite's own connection, outside of any transaction."""
    db.session.remove()
    connection = db.engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()


def _unsynced(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")


def _serve(server: RulesServer, questions: BinaryIO, answers: BinaryIO) -> None:
    while head := questions.read(LENGTHS.size):
        sizes = LENGTHS.unpack(head)
        told, body = json.loads(questions.read(sizes[0])), questions.read(sizes[1])
        said, bytes_back = server.answer(told, body)
        text = json.dumps(said).encode()
        answers.write(LENGTHS.pack(len(text), len(bytes_back)) + text + bytes_back)
        answers.flush()


def main() -> None:
    """Serve until the line ends."""
    logging.disable(logging.ERROR)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="ruhu-model-", dir=memory if memory.is_dir() else None))
    try:
        _serve(RulesServer(folder), sys.stdin.buffer, answers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
