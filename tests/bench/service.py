"""A server under measurement: started, waited for, its processor time read, stopped."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60


class Service:
    """A running server; `cpu` is what its processes have used so far, in seconds."""

    def __init__(self, address: str, leader: subprocess.Popen) -> None:
        self.address = address
        self._leader = leader

    def cpu(self) -> float:
        """User and system seconds of the leader and of everything in its group."""
        return sum(_used(stat) for stat in Path("/proc").glob("[0-9]*/stat") if _group(stat) == self._leader.pid)


def _fields(stat: Path) -> list[str]:
    try:
        return stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _group(stat: Path) -> int | None:
    told = _fields(stat)
    return int(told[2]) if told else None


def _used(stat: Path) -> float:
    told = _fields(stat)
    return (int(told[11]) + int(told[12])) / TICK if told else 0.0


def _is_up(address: str, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def serving(
    command: Sequence[str | Path],
    *,
    port: int,
    health: str,
    folder: Path,
    log: Path,
    env: Mapping[str, str] | None = None,
) -> Iterator[Service]:
    """Run `command` in a process group of its own in `folder` until the block ends."""
    address = f"http://127.0.0.1:{port}"
    with log.open("ab") as out:
        leader = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(env or {})}, stdout=out, stderr=out, start_new_session=True
        )
        try:
            until = time.monotonic() + PATIENCE
            while not _is_up(address, health):
                assert leader.poll() is None, log.read_text()[-2000:]
                assert time.monotonic() < until, log.read_text()[-2000:]
                time.sleep(0.1)
            yield Service(address, leader)
        finally:
            os.killpg(leader.pid, signal.SIGTERM)
            leader.wait(20)
