"""The phone's shell: one page that starts the built app, and the worker that keeps it offline."""

import json
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, send_from_directory, url_for

from backend.access import policy
from backend.desk.page import STATIC
from backend.extensions import settings
from backend.storage.old_assets import folder_of
from backend.storage.switches import is_service_worker_on

pages = Blueprint("field", __name__, url_prefix="/field")
assets = Blueprint("assets", __name__, url_prefix="/static/field/assets")

BUILD = STATIC / "field"
# As vite.config.ts names it.
ENTRY = "src/main.ts"
YEAR = 365 * 24 * 3600
# Content-Encoding → ending, the smallest first.
PACKED = {"br": ".br", "gzip": ".gz"}


def built_files(build: Path = BUILD) -> dict[str, Any]:
    """Addresses of the phone app as Vite built it; {} before the first build.

    `script` and `styles` are the first screen, and what stands before it (sign-in, PIN); `scripts_ahead` are what the
    script imports at once, so that nobody waits for it in turn.
    """
    manifest = build / "manifest.json"
    if not manifest.is_file():
        return {}
    chunks = json.loads(manifest.read_text(encoding="utf-8"))
    first = with_imports(chunks, ENTRY)
    return {
        "script": _address(chunks[ENTRY]["file"]),
        "styles": [_address(css) for name in first for css in chunks[name].get("css", [])],
        "scripts_ahead": [_address(chunks[name]["file"]) for name in first[1:]],
    }


def with_imports(chunks: dict[str, Any], root: str) -> list[str]:
    """The names of this chunk of Vite's manifest and of all that it imports at once."""
    waiting, seen = [root], []
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.append(name)
            waiting += chunks[name].get("imports", [])
    return seen


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
    response = _packed(folder, name) or send_from_directory(folder, name, max_age=YEAR)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.vary.add("Accept-Encoding")
    return response


def _packed(folder: Path, name: str) -> Response | None:
    """The file as the build packed it, in the best way that the caller can read."""
    for coding, ending in PACKED.items():
        if request.accept_encodings[coding] > 0 and (folder / f"{name}{ending}").is_file():
            response = send_from_directory(folder, f"{name}{ending}", mimetype=guess_type(name)[0], max_age=YEAR)
            response.content_encoding = coding
            return response
    return None
