"""The real server on an office's folder, without demo people, so that it is up again at once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from socket import create_connection

from tests.faults.office import Office
from tests.house import ROOT
from tests.served import free_port, surroundings

PATIENCE = 60


class Serving:
    """gunicorn and the job worker beside it, as deploy/run.sh starts them.

    `is_quick` lets a killed process be back within milliseconds: the app is loaded before the fork, and
    nobody works beside it, so that what waits is judged at the next pull.
    """

    def __init__(self, office: Office, *, is_quick: bool = False) -> None:
        self.port = free_port()
        self._office, self._is_quick = office, is_quick
        self._log = Path(f"{office.folder}.log")
        self._group: subprocess.Popen[bytes] | None = None
        self._beside: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Serving":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> None:
        """Up, and answering."""
        options = ["--preload"] if self._is_quick else []
        self._group = self._run("gunicorn", "--config", "deploy/gunicorn.conf.py", *options, "wsgi:app")
        if not self._is_quick:
            self._beside = self._run("flask", "--app", "wsgi", "jobs", "work")
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._group.poll() is None, self._log.read_text()
            assert time.monotonic() < until, self._log.read_text()
            time.sleep(0.02)

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        more = {"RUHU_MODE": "test" if self._is_quick else "production", "RUHU_DATABASE_URL": self._office.url}
        around = surroundings(self._office.folder, self.port, **more)
        with self._log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                env=around, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _answers(self) -> bool:
        try:
            with create_connection(("127.0.0.1", self.port), timeout=5) as line:
                line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                return b" 200 " in line.recv(64)
        except OSError:
            return False

    def workers(self) -> list[int]:
        """Process ids of the workers there are now."""
        children = Path(f"/proc/{self._group.pid}/task/{self._group.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_worker(self, number: int) -> bool:
        """SIGKILL for one worker; the others go on and gunicorn makes a new one. Whether there was one to kill."""
        found = self.workers()
        if not found:
            return False
        try:
            os.kill(found[number % len(found)], signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def end(self, how: int) -> None:
        """The whole group at once, as SIGKILL or in good order as SIGTERM."""
        for leader in (self._beside, self._group):
            if leader is not None:
                with suppress(ProcessLookupError):
                    os.killpg(leader.pid, how)
                leader.wait(30)
