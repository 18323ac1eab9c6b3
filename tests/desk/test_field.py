"""The phone's shell, served by the desk."""

import json

import pytest

from backend.desk import field


def test_the_shell_starts_what_was_built(app, tmp_path, monkeypatch):
    chunks = {
        "src/main.ts": {
            "file": "assets/main-1.js",
            "css": ["assets/main-1.css"],
            "imports": ["_shared.js"],
            "isEntry": True,
        },
        "_shared.js": {"file": "assets/shared-2.js", "css": ["assets/shared-2.css"], "imports": ["src/main.ts"]},
        "_form.js": {"file": "assets/form-3.js", "css": ["assets/form-3.css"], "imports": ["_shared.js"]},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(chunks), encoding="utf-8")
    with app.test_request_context():
        files = field.built_files(tmp_path)
    assert files["script"] == "/static/field/assets/main-1.js"
    assert files["scripts_ahead"] == ["/static/field/assets/shared-2.js"]
    assert files["styles"] == ["/static/field/assets/main-1.css", "/static/field/assets/shared-2.css"]


def test_before_the_first_build_it_says_what_to_do(client, monkeypatch, tmp_path):
    monkeypatch.setattr(field, "built_files", lambda: {})
    answer = client.get("/field/")
    assert answer.status_code == 200
    assert "make run" in answer.text


def test_every_screen_is_the_same_page_for_everybody(client, desk, cast):
    first = client.get("/field/")
    assert first.text == client.get("/field/cases/1/S2").text == desk(cast.mi_jianjun).get("/field/").text
    assert first.headers["Cache-Control"] == "no-cache"
    assert "manifest.webmanifest" in first.text


def test_the_manifest_names_icons_that_are_there(client):
    manifest = json.loads(client.get("/static/icons/manifest.webmanifest").text)
    assert manifest["scope"] == manifest["start_url"] == "/field/"
    purposes = {icon["purpose"] for icon in manifest["icons"]}
    assert purposes == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).mimetype == "image/png"


@pytest.mark.parametrize(
    ("asked", "told"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
def test_parts_travel_packed_to_who_can_read_that(client, monkeypatch, tmp_path, asked, told):
    (tmp_path / "assets").mkdir()
    for ending in ("", ".br", ".gz"):
        (tmp_path / f"assets/main-AAAAAAAA.js{ending}").write_bytes(f"as{ending}".encode())
    monkeypatch.setattr(field, "BUILD", tmp_path)
    answer = client.get("/static/field/assets/main-AAAAAAAA.js", headers={"Accept-Encoding": asked})
    assert answer.headers.get("Content-Encoding") == told
    assert answer.data == {"br": b"as.br", "gzip": b"as.gz", None: b"as"}[told]
    assert answer.mimetype == "text/javascript"
    assert (answer.headers["Vary"], answer.cache_control.immutable) == ("Accept-Encoding", True)
