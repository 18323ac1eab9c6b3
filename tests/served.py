"""The program as `make run` serves it, on a port and a data folder of its own."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house import ROOT

PATIENCE = 240


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def surroundings(folder: Path, port: int, **more: str) -> dict[str, str]:
    """Environment for deploy/run.sh; nothing of the caller's own settings gets in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RUHU_", "FLASK_"))}
    return kept | {"RUHU_DATA": str(folder), "PORT": str(port)} | more


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def served(folder: Path, *, port: int | None = None, **more: str) -> Iterator[str]:
    """The address of a running server; `more` are settings like RUHU_DEMO="staff"."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with (folder.parent / f"{folder.name}.log").open("w+") as log:
        server = subprocess.Popen(
            [ROOT / "deploy/run.sh"], env=surroundings(folder, port, **more), stdout=log, stderr=log, cwd=ROOT
        )
        try:
            until = time.monotonic() + PATIENCE
            while not _is_up(address):
                log.seek(0)
                assert server.poll() is None, log.read()
                assert time.monotonic() < until, log.read()
                time.sleep(0.2)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
