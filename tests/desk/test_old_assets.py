"""Parts of earlier versions of the phone app: served 90 days past their last day, and nothing else with them."""

from datetime import date, timedelta

import pytest

from backend.desk import field
from backend.storage.old_assets import keep_current

MONDAY = date(2026, 6, 1)
FIRST = {"main-AAAAAAAA.js": b"first", "form-BBBBBBBB.css": b"css"}
SECOND = {"main-CCCCCCCC.js": b"second", "form-BBBBBBBB.css": b"css"}


@pytest.fixture
def build(tmp_path, monkeypatch):
    """`build(files)` is a new build, which leaves nothing of the one before."""
    folder = tmp_path / "build"
    monkeypatch.setattr(field, "BUILD", folder)

    def make(files):
        assets = folder / "assets"
        assets.mkdir(parents=True, exist_ok=True)
        for old in assets.iterdir():
            old.unlink()
        for name, content in files.items():
            (assets / name).write_bytes(content)
        return assets

    return make


@pytest.fixture
def folder(app):
    return app.extensions["ruhu_settings"].data


def got(client, name):
    answer = client.get(f"/static/field/assets/{name}")
    return answer.data if answer.status_code == 200 else answer.status_code


def test_a_phone_of_yesterday_finds_the_parts_of_yesterday(client, build, folder):
    keep_current(build(FIRST), folder, MONDAY)
    assert got(client, "main-AAAAAAAA.js") == b"first"
    keep_current(build(SECOND), folder, MONDAY + timedelta(days=1))
    assert got(client, "main-AAAAAAAA.js") == b"first"
    assert got(client, "main-CCCCCCCC.js") == b"second"
    answer = client.get("/static/field/assets/main-AAAAAAAA.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/javascript"


def test_ninety_days_after_its_last_day_a_part_goes(client, build, folder):
    keep_current(build(FIRST), folder, MONDAY)
    assets = build(SECOND)
    keep_current(assets, folder, MONDAY + timedelta(days=90))
    assert got(client, "main-AAAAAAAA.js") == b"first"
    assert keep_current(assets, folder, MONDAY + timedelta(days=91)) == 2
    assert got(client, "main-AAAAAAAA.js") == 404
    assert got(client, "form-BBBBBBBB.css") == b"css"


def test_a_day_without_a_build_loses_nothing(client, build, folder, tmp_path):
    keep_current(build(FIRST), folder, MONDAY)
    assert keep_current(tmp_path / "nowhere", folder, MONDAY + timedelta(days=2)) == 2
    build({})
    assert got(client, "main-AAAAAAAA.js") == b"first"


def test_a_disk_without_links_gets_copies(client, build, folder, monkeypatch):
    def refuse(*_):
        raise OSError(18, "cross-device link")

    monkeypatch.setattr("backend.storage.old_assets.os.link", refuse)
    keep_current(build(FIRST), folder, MONDAY)
    build({})
    assert got(client, "main-AAAAAAAA.js") == b"first"


def test_only_hashed_files_are_kept(client, build, folder):
    assert keep_current(build(FIRST | {"secret.txt": b"x", ".built": b""}), folder, MONDAY) == 2


@pytest.mark.parametrize(
    "name",
    [
        "../assets.json",
        "..%2fassets.json",
        "%2e%2e/keyring.json",
        "..%2f..%2fkeyring.json",
        "..\\keyring.json",
        "%00",
        ".",
        "..",
        "assets.json",
    ],
)
def test_nothing_but_the_parts_can_be_asked_for(client, build, folder, name):
    keep_current(build(FIRST), folder, MONDAY)
    assert got(client, name) in (400, 404, 308)


def test_the_switch_changes_the_worker_that_phones_get(app, client, tmp_path, monkeypatch):
    monkeypatch.setattr(field, "BUILD", tmp_path)
    (tmp_path / "sw.js").write_text("keeps")
    (tmp_path / "sw-kill.js").write_text("ends")
    seen, said = [], []
    for word in ("status", "off", "status", "on", "status"):
        said.append(app.test_cli_runner().invoke(args=["service-worker", word]).output)
        answer = client.get("/field/sw.js")
        seen.append((answer.text, answer.headers["Cache-Control"]))
    assert seen == [(word, "no-cache") for word in ("keeps", "ends", "ends", "keeps", "keeps")]
    assert ["已关" in line for line in said] == [False, True, True, False, False]
