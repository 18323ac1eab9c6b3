"""`make run`: up on an empty folder, kept data, one clear line when something is in the way."""

import socket
import sqlite3
import subprocess
import urllib.request

from tests.house import ROOT
from tests.served import free_port, served, surroundings


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
        assert _accounts(folder) == 58


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
