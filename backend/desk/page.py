"""What every desk page has at hand: formats, the menu's facts, and the word said after a redirect."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, Response, g, redirect, request, url_for
from flask_login import current_user

from backend import clock, codebook
from backend.access import can
from backend.desk.icons import icon, icon_sprite
from backend.domain import identity
from backend.extensions import settings

STATIC = Path(__file__).parents[2] / "frontend" / "static"
WORD_COOKIE = "ruhu-word"


@cache
def _mark_of(filename: str) -> str:
    return sha256((STATIC / filename).read_bytes()).hexdigest()[:10]


def asset(filename: str) -> str:
    """Address of a static file that changes with its content."""
    return url_for("static", filename=filename, v=_mark_of(filename))


def local_day(value: date | datetime) -> date:
    """The day on the office's wall, of a day or an aware instant."""
    return clock.local(value).date() if isinstance(value, datetime) else value


def last_day(due_at: datetime) -> date:
    """The day whose 24:00 is `due_at`."""
    return clock.local(due_at - timedelta(seconds=1)).date()


def today() -> date:
    """Today in the office."""
    return clock.local(clock.now()).date()


def done(url: str, word: str, **facts: Any) -> Response:
    """Go on to `url` (POST, redirect, GET) and say there once what was done: a key of layouts/_word.html."""
    response = redirect(url, code=303)
    said = quote(json.dumps({"word": word} | facts, separators=(",", ":")))
    response.set_cookie(WORD_COOKIE, said, max_age=60, httponly=True, samesite="Lax", secure=settings().is_production)
    return response


def last_word() -> dict[str, Any] | None:
    """What the page before left to be said; asking for it uses it up."""
    said = request.cookies.get(WORD_COOKIE)
    if not said:
        return None
    g.word_was_said = True
    try:
        word = json.loads(unquote(said))
    except ValueError:
        return None
    return word if isinstance(word, dict) and isinstance(word.get("word"), str) else None


def _forget_word(response: Response) -> Response:
    if g.get("word_was_said"):
        response.delete_cookie(WORD_COOKIE)
    return response


def _at_hand() -> dict[str, Any]:
    return {"me": current_user, "is_demo": settings().is_demo, "endpoint": request.endpoint or ""}


def start_pages(app: Flask) -> None:
    """Give templates their formats and names."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "local": clock.local, "local_day": local_day, "last_day": last_day,
        "masked_id": identity.mask_id, "masked_phone": identity.mask_phone,
    }  # fmt: skip
    app.jinja_env.globals |= {
        "asset": asset, "icon": icon, "icon_sprite": icon_sprite, "today": today, "now": clock.now,
        "last_word": last_word, "can": can, "book": codebook,
    }  # fmt: skip
    app.context_processor(_at_hand)
    app.after_request(_forget_word)
