"""The phone's shell: one page that starts the built app, and the worker that keeps it offline."""

import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, render_template, send_from_directory, url_for

from backend.access import policy
from backend.desk.page import STATIC
from backend.extensions import settings
from backend.storage.old_assets import folder_of
from backend.storage.switches import is_service_worker_on

pages = Blueprint("field", __name__, url_prefix="/field")
assets = Blueprint("assets", __name__, url_prefix="/static/field/assets")

BUILD = STATIC / "field"
ENTRY = "src/main.ts"
YEAR = 365 * 24 * 3600


def built_files(build: Path = BUILD) -> dict[str, Any]:
    """{"script": address, "styles": [addresses]} of the phone app as Vite built it; empty before the first build."""
    manifest = build / "manifest.json"
    if not manifest.is_file():
        return {}
    chunks = json.loads(manifest.read_text(encoding="utf-8"))
    styles: list[str] = []
    waiting, seen = [ENTRY], set()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        styles += chunks[name].get("css", [])
        waiting += chunks[name].get("imports", [])
    return {"script": _address(chunks[ENTRY]["file"]), "styles": [_address(css) for css in styles]}


def _address(file: str) -> str:
    return url_for("static", filename=f"field/{file}")


@pages.get("/")
@pages.get("/<path:screen>")
@policy("public")
def shell(screen: str = "") -> Response:
    """The same page for every screen of the phone; it holds nobody's words, so it may be kept offline."""
    is_on = is_service_worker_on(settings().data)
    response = make_response(render_template("field/shell.html", files=built_files(), is_kept_offline=is_on))
    response.headers["Cache-Control"] = "no-cache"
    return response


@pages.get("/sw.js")
@policy("public")
def worker() -> Response:
    """The service worker, from inside the folder that it looks after; switched off, the one that ends itself."""
    name = "sw.js" if is_service_worker_on(settings().data) else "sw-kill.js"
    response = send_from_directory(BUILD, name, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@assets.get("/<name>")
@policy("public")
def asset(name: str) -> Response:
    """A part of the app by its hashed name; parts of earlier versions are at hand for 90 days."""
    current = BUILD / "assets"
    folder = current if (current / name).is_file() else folder_of(settings().data)
    response = send_from_directory(folder, name, max_age=YEAR)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
