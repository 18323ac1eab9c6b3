"""`make run`: up on an empty folder, kept data, one clear line when something is in the way."""

import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.served import free_port, served, surroundings

# Each brings a server up from nothing.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A running server, for questions that leave nothing behind."""
    with served(tmp_path_factory.mktemp("office") / "var", RUHU_DEMO="staff") as address:
        yield address


def _run(folder, port, **more):
    return subprocess.run(
        [ROOT / "deploy/run.sh"],
        env=surroundings(folder, port, **more), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def _accounts(folder) -> int:
    with sqlite3.connect(folder / "ruhu.sqlite3") as database:
        return database.execute("SELECT count(*) FROM user_account").fetchone()[0]


def test_an_empty_folder_becomes_the_demo_county_and_stays(tmp_path):
    folder = tmp_path / "var"
    for _ in range(2):
        with served(folder, RUHU_DEMO="staff") as address, urllib.request.urlopen(f"{address}/login") as page:
            assert "入户通" in page.read().decode()
        assert (folder / "mode").read_text().strip() == "demo"
        assert _accounts(folder) == 73


def _workers(folder) -> list[int]:
    """Process ids of the job workers of this data folder."""
    mine = f"RUHU_DATA={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            if {b"jobs", b"work"} <= set(command) and mine in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _until(is_so) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_worker_stands_beside_the_server_comes_back_and_goes_with_it(tmp_path):
    folder = tmp_path / "var"
    with served(folder, RUHU_DEMO="staff"):
        _until(lambda: len(_workers(folder)) == 1)
        (first,) = _workers(folder)
        os.kill(first, signal.SIGKILL)
        _until(lambda: _workers(folder) not in ([], [first]))
    _until(lambda: not _workers(folder))


@pytest.mark.parametrize(
    ("request_line", "status", "words"),
    [
        (f"GET /{'x' * 9000} HTTP/1.1", 414, "地址太长"),
        ("NONSENSE", 400, "读不懂"),
        (f"GET / HTTP/1.1\r\nA: {'x' * 9000}", 431, "太多"),
    ],
    ids=["address", "nonsense", "headers"],
)
def test_what_cannot_be_taken_apart_is_answered_in_chinese(office, request_line, status, words):
    with socket.create_connection(("127.0.0.1", int(office.rsplit(":", 1)[1]))) as line:
        line.sendall(f"{request_line}\r\n\r\n".encode())
        answer = b""
        while piece := line.recv(4096):
            answer += piece
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert words in answer.decode()
    assert "xxxx" not in answer.decode()


def test_a_busy_port_is_named_in_one_line(tmp_path):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        ended = _run(tmp_path / "var", port)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"Port {port} cannot be used" in ended.stderr
    assert not (tmp_path / "var").exists()


def test_production_does_not_serve_demo_people(tmp_path):
    folder = tmp_path / "var"
    with served(folder, RUHU_DEMO="staff"):
        pass
    ended = _run(folder, free_port(), RUHU_MODE="production")
    assert ended.returncode != 0
    assert "production refuses to start: the database holds demo accounts" in ended.stderr
