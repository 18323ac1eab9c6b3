"""找一户: one box for name, village, number and, kept out of the address, an ID number."""

import json
from datetime import datetime, timedelta

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user

from backend import clock
from backend.access import policy, visible_cases
from backend.desk import case_list
from backend.desk.forms import Form
from backend.domain import case_search
from backend.extensions import key_ring
from backend.models import Case, db
from backend.problems import Problem
from backend.storage.keys import UnreadableSeal

pages = Blueprint("search", __name__, url_prefix="/search")
KEPT_FOR = timedelta(minutes=15)


def _key_of(found: list[str]) -> str:
    """What was found, sealed for this person and a quarter of an hour: the address says nothing."""
    told = {"found": found, "until": clock.iso(clock.now() + KEPT_FOR)}
    return key_ring().seal(json.dumps(told), aad=f"search:{current_user.id}")


def _found_by(key: str) -> list[str] | None:
    """The case ids behind a key; None when it is another's, too old or none."""
    try:
        told = json.loads(key_ring().unseal(key, aad=f"search:{current_user.id}"))
    except (UnreadableSeal, ValueError):
        return None
    return told["found"] if datetime.fromisoformat(told["until"]) > clock.now() else None


def _page(form: Form, *, rows: list[Case] | None = None, is_over: bool = False) -> str:
    return render_template("search/index.html", form=form, rows=rows, is_over=is_over)


@pages.get("/")
@policy("case:list")
def index() -> str:
    """The box by itself, and behind a key what an ID number found."""
    key = request.args.get("key", "")
    found = _found_by(key) if key else None
    if found is None:
        return _page(Form(), is_over=bool(key))
    query = case_list.with_parts(visible_cases(current_user).where(Case.id.in_(found)))
    return _page(Form(), rows=list(db.session.scalars(query.order_by(Case.published_at.desc(), Case.id))))


@pages.post("/")
@policy("case:list")
def find() -> Response | tuple[str, int]:
    """Go to the household, or to the list: an ID number goes no further than this request."""
    words = request.form.get("q", "").strip()[:60]
    if not case_search.is_private(words):
        return redirect(_address_of(words), code=303)
    form = Form(request.form)
    try:
        found = case_search.find_by_id(words, actor=current_user)
    except Problem as problem:
        form.take(problem, "q")
        return _page(form), problem.status
    db.session.commit()
    if len(found) == 1:
        return redirect(url_for("cases.show", case_id=found[0].id), code=303)
    return redirect(url_for("search.index", key=_key_of([case.id for case in found])), code=303)


def _address_of(words: str) -> str:
    """The household of that number, or the list of what the words find, closed ones included."""
    if not words:
        return url_for("search.index")
    case = db.session.scalar(visible_cases(current_user).where(Case.number == words.upper()))
    return url_for("cases.show", case_id=case.id) if case else url_for("cases.index", q=words, state="all")
