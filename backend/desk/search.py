"""找一户: one box for name, village, number and, kept out of the address, whatever may be somebody's number."""

import json
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user

from backend import clock
from backend.access import policy, visible_cases
from backend.desk import case_list, kept_words
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import case_search
from backend.extensions import key_ring
from backend.models import Case, db
from backend.problems import Problem
from backend.storage.keys import UnreadableSeal

pages = Blueprint("search", __name__, url_prefix="/search")
KEPT_FOR = timedelta(minutes=15)


def _key_of(found: list[Case], by: str) -> str:
    """What was found, and by what (id, number), sealed for this person and a quarter of an hour: the address says nothing."""
    told = {"found": [case.id for case in found], "by": by, "until": clock.iso(clock.now() + KEPT_FOR)}
    return key_ring().seal(json.dumps(told), aad=f"search:{current_user.id}")


def _found_by(key: str) -> dict[str, Any] | None:
    """{found: case ids, by} behind a key; None when it is another's, too old or none."""
    try:
        told: dict[str, Any] = json.loads(key_ring().unseal(key, aad=f"search:{current_user.id}"))
    except (UnreadableSeal, ValueError):
        return None
    return told if datetime.fromisoformat(told["until"]) > clock.now() else None


def _list_of(words: str) -> str:
    return kept_words.address("cases", {"q": words, "state": "all"}) if words else url_for("search.index")


def _page(form: Form, *, rows: list[Case] | None = None, by: str = "", is_over: bool = False) -> str:
    is_cut = by == "number" and rows is not None and len(rows) == case_search.MOST_FOUND
    return render_template("search/index.html", form=form, rows=rows, by=by, is_over=is_over, is_cut=is_cut)


@pages.before_app_request
def refuse_numbers() -> Response | None:
    """What may be somebody's number goes on in no address, whichever page's box it was typed into."""
    if request.method != "GET" or not case_search.is_private(request.args.get("q", "")):
        return None
    return done(url_for("search.index") if request.endpoint == "cases.index" else request.path, "number-refused")


@pages.before_app_request
def keep_names_out() -> Response | None:
    """An address with somebody's name in it becomes one with a key; a key that opens no more is taken out."""
    name = kept_words.BY_ENDPOINT.get(request.endpoint or "")
    if name is None or not current_user.is_authenticated:
        return None
    if (key := request.args.get(kept_words.KEY, "")) and not kept_words.read_key(key):
        return done(kept_words.address(name, request.args), "words-over")
    if not key and not kept_words.may_stand(name, request.args.get("q", "").strip()):
        return redirect(kept_words.address(name, request.args), code=303)
    return None


@pages.post("/<any(cases, users, people, liaisons):name>")
@policy("session:use")
def narrow(name: str) -> Response:
    """The filter of a list, typed: go to the list, with a name behind a key."""
    if case_search.is_private(request.form.get("q", "")):
        return done(url_for("search.index" if name == "cases" else kept_words.LISTS[name].endpoint), "number-refused")
    return redirect(kept_words.address(name, request.form), code=303)


@pages.get("/")
@policy("case:list")
def index() -> str:
    """The box by itself, and behind a key what a number found."""
    key = request.args.get("key", "")
    told = _found_by(key) if key else None
    if told is None:
        return _page(Form(), is_over=bool(key))
    query = case_list.with_parts(visible_cases(current_user).where(Case.id.in_(told["found"])))
    rows = list(db.session.scalars(query.order_by(Case.published_at.desc(), Case.id)))
    return _page(Form(), rows=rows, by=told["by"])


@pages.post("/")
@policy("case:list")
def find() -> Response | tuple[str, int]:
    """Go to the household, or to the list: what may be somebody's number goes no further than this request."""
    words = request.form.get("q", "").strip()[:60]
    found, by = case_search.find_by_number(words, actor=current_user), "number"
    if not found and not case_search.is_private(words):
        return redirect(_list_of(words), code=303)
    form = Form(request.form)
    try:
        if not found:
            found, by = case_search.find_by_person(words, actor=current_user), "id"
    except Problem as problem:
        form.take(problem, "q")
        return _page(form), problem.status
    db.session.commit()
    if len(found) == 1:
        return redirect(url_for("cases.show", case_id=found[0].id), code=303)
    return redirect(url_for("search.index", key=_key_of(found, by)), code=303)
