"""What every desk page has at hand: formats, the menu's facts, and the word said after a redirect."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from flask import Flask, Response, g, redirect, request, url_for
from flask_login import current_user

from backend import clock, codebook
from backend.access import can, visible_cases
from backend.desk import answers
from backend.desk.icons import icon, icon_sprite
from backend.desk.overseeing import as_seen, is_overseeing, seen_witness
from backend.desk.span import local_day, span_of
from backend.domain import identity
from backend.domain.stated_times import started_apart
from backend.extensions import settings
from backend.models import Case, db

STATIC = Path(__file__).parents[2] / "frontend" / "static"
WORD_COOKIE = "ruhu-word"
USUAL_PAPER = "300 150"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@cache
def _mark_of(filename: str) -> str:
    return sha256((STATIC / filename).read_bytes()).hexdigest()[:10]


def asset(filename: str) -> str:
    """Address of a static file that changes with its content."""
    return address("static", filename=filename, v=_mark_of(filename))


@lru_cache(1024)
def _address(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def address(endpoint: str, **values: Any) -> str:
    """`url_for` of a template, remembered: a menu has the same forty addresses on every page."""
    told = tuple(values.items())
    if endpoint.startswith(".") or any(key[0] == "_" or type(value) not in (str, int) for key, value in told):
        return url_for(endpoint, **values)
    return _address(request.script_root, endpoint, told)


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


def own_address(wanted: str, otherwise: str) -> str:
    """`wanted` when it is a page of this site, else `otherwise`: nobody is sent elsewhere by a form."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not CONTROL.search(wanted)
    return wanted if is_ours and not urlsplit(wanted).netloc else otherwise


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


def shown_name(case: Case) -> str:
    """The applicant's name for those who work on the case; masked for those who only oversee. Templates have the same."""
    return identity.mask_name(case.applicant_name) if is_overseeing() else case.applicant_name


def choices(codes: Iterable[Any]) -> list[tuple[str, str]]:
    """Codes of the codebook as (code, label), for a field of a form."""
    return [(str(code), code.label) for code in codes]


def step_choices(steps: Iterable[str]) -> list[tuple[str, str]]:
    """Formal steps as (code, label), for a field of a form."""
    return choices(codebook.Step(step) for step in steps)


def pairs(things: Iterable[Any], key: str, words: str) -> list[tuple[Any, Any]]:
    """Two attributes of each thing, for a field of a form."""
    return [(getattr(thing, key), getattr(thing, words)) for thing in things]


def stroke_path(stroke: list[float]) -> str:
    """A signature's stroke [x, y, x, y, …] as the path of an SVG."""
    try:
        numbers = [f"{float(n):.1f}" for n in stroke]
    except (TypeError, ValueError):
        return ""
    points = [f"{x} {y}" for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
    return "M" + "L".join(points) if points else ""


def paper_size(signature: Mapping[str, Any]) -> str:
    """Width and height of what a signature was drawn on, for an SVG; a usual one where it does not say."""
    try:
        return f"{round(float(signature['width']))} {round(float(signature['height']))}"
    except (KeyError, TypeError, ValueError, OverflowError):
        return USUAL_PAPER


def may_see_case(case: Case) -> bool:
    """Whether the person at the page may know of a case that another one points to."""
    return db.session.scalar(visible_cases(current_user).where(Case.id == case.id)) is not None


def _forget_word(response: Response) -> Response:
    if g.get("word_was_said"):
        response.delete_cookie(WORD_COOKIE)
    return response


def _keep_marked(response: Response) -> Response:
    """A static file asked for with its content's mark never changes, so browsers need not ask again."""
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _at_hand() -> dict[str, Any]:
    # Who reads the page is looked up once for all names on it.
    named = identity.mask_name if is_overseeing() else (lambda name: name)
    return {
        "me": current_user._get_current_object(), "is_demo": settings().is_demo, "endpoint": request.endpoint or "",
        "masked_name": named, "shown_name": lambda case: named(case.applicant_name),
    }  # fmt: skip


def start_pages(app: Flask) -> None:
    """Give templates their formats and names."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "local": clock.local, "local_day": local_day, "last_day": last_day, "day_of": date.fromisoformat,
        "masked_id": identity.mask_id, "masked_phone": identity.mask_phone, "started_apart": started_apart,
        "choices": choices, "step_choices": step_choices, "pairs": pairs, "stroke_path": stroke_path, "paper_size": paper_size, "in_yuan": answers.in_yuan,
        "category_words": lambda code, queue: answers.category_label(queue, code),
    }  # fmt: skip
    app.jinja_env.globals |= {
        "asset": asset, "url_for": address, "icon": icon, "icon_sprite": icon_sprite, "today": today, "now": clock.now,
        "last_word": last_word, "can": can, "book": codebook, "may_see_case": may_see_case, "as_seen": as_seen, "seen_witness": seen_witness, "is_overseeing": is_overseeing, "span_of": span_of,
        "label_of": answers.label_of, "key_label": answers.key_label, "key_unit": answers.key_unit, "category_label": answers.category_label, "fact_lines": answers.fact_lines,
    }  # fmt: skip
    app.context_processor(_at_hand)
    app.after_request(_forget_word)
    app.after_request(_keep_marked)
