"""另存待处理: what phones handed in and nobody has simply adopted, shown to those who decide on it."""

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_case, policy, visible_cases
from backend.access_inbox import find_conflict, find_item
from backend.desk import case_list
from backend.desk.case_words import matches
from backend.desk.deposit_list import WAITING, count_waiting, of_state, page_of
from backend.desk.deposit_view import ItemView
from backend.desk.forms import Form
from backend.desk.page import done
from backend.desk.photos import jpeg
from backend.domain import case_search, quarantine
from backend.models import Case, InboxItem, db
from backend.problems import Problem

pages = Blueprint("deposits", __name__, url_prefix="/deposits")

FEW = 20


@pages.get("/")
@policy("inbox:see")
def index() -> str:
    """Each item with its author, its receipt, who settles it and why it was not simply adopted."""
    state = of_state(request.args.get("state", ""))
    rows, next_key = page_of(state, request.args.get("device", ""), request.args.get("after", ""))
    return render_template("deposits/index.html", rows=rows, state=state, next_key=next_key, waiting=count_waiting())


def _view(item_id: str) -> ItemView:
    item = find_item(current_user, item_id)
    case = db.session.scalar(visible_cases(current_user).where(Case.id == item.case_id)) if item.case_id else None
    return ItemView(item, case)


def _page(view: ItemView, form: Form) -> str:
    return render_template("deposits/show.html", view=view, form=form, waits=view.item.verdict in WAITING)


@pages.get("/<item_id>")
@policy("inbox:see")
def show(item_id: str) -> str:
    """One item in full."""
    return _page(_view(item_id), Form())


@pages.get("/<item_id>/photos/<photo_id>.jpg")
@policy("inbox:see")
def picture(item_id: str, photo_id: str) -> Response:
    """A picture that the item lists, also when no household in sight has it yet."""
    photo = next((p for p in _view(item_id).photos if p.id == photo_id and p.state == "stored"), None)
    if photo is None:
        raise Problem("not_found")
    return jpeg(photo)


def _settled(item_id: str, word: str, settle: Callable[[InboxItem, str], object]) -> Response | tuple[str, int]:
    """Do what a person decided, go back to the list and say so; a refusal stays beside the reason."""
    view, form = _view(item_id), Form(request.form)
    try:
        form.stop()
        settle(view.item, form.value("note"))
    except Problem as problem:
        form.take(problem, "note")
        return _page(_view(item_id), form), problem.status
    db.session.commit()
    return done(url_for("deposits.index"), word)


@pages.post("/<item_id>/acceptance")
@policy("inbox:settle")
def accept(item_id: str) -> Response | tuple[str, int]:
    """采用."""
    return _settled(
        item_id, "item-accepted", lambda item, note: quarantine.accept(item, note=note, actor=current_user)
    )  # fmt: skip


@pages.post("/<item_id>/dismissal")
@policy("inbox:settle")
def discard(item_id: str) -> Response | tuple[str, int]:
    """不采用: it stays as it came."""
    return _settled(
        item_id, "item-discarded", lambda item, note: quarantine.discard(item, reason=note, actor=current_user)
    )  # fmt: skip


@pages.post("/<item_id>/restoration")
@policy("inbox:settle")
def restore(item_id: str) -> Response | tuple[str, int]:
    """撤回 of 不采用."""
    return _settled(
        item_id, "item-restored", lambda item, note: quarantine.restore(item, note=note, actor=current_user)
    )  # fmt: skip


def _attachment_page(view: ItemView, form: Form, chosen: Case | None = None, found: list[Case] | None = None) -> str:
    return render_template("deposits/attach.html", view=view, form=form, found=found, chosen=chosen)


def _households(words: str) -> list[Case]:
    """Those in sight that a name, village, number or ID number finds; the last is remembered, and stands nowhere."""
    if found := case_search.find_by_number(words, actor=current_user):
        return found
    if case_search.is_private(words):
        return case_search.find_by_person(words, actor=current_user)
    query = visible_cases(current_user).where(matches(words)).order_by(Case.ends_at.desc(), Case.id)
    return list(db.session.scalars(case_list.with_parts(query.limit(FEW))))


@pages.post("/<item_id>/household")
@policy("inbox:settle")
def look(item_id: str) -> str | tuple[str, int]:
    """找: what is typed may be somebody's number, so it never stands in an address."""
    view, form = _view(item_id), Form(request.form)
    words = form.value("q")[:60]
    try:
        found = _households(words) if words else None
    except Problem as problem:
        form.take(problem, "q")
        return _attachment_page(_view(item_id), form), problem.status
    db.session.commit()
    return _attachment_page(view, form, found=found)


@pages.get("/<item_id>/attachment")
@policy("inbox:settle")
def choose(item_id: str) -> str:
    """放到某一户: look for the household, then look at both before it is done."""
    view, wanted = _view(item_id), request.args.get("case", "")
    return _attachment_page(view, Form(), find_case(current_user, wanted) if wanted else None)


@pages.post("/<item_id>/attachment")
@policy("inbox:settle")
def attach(item_id: str) -> Response | tuple[str, int]:
    """Put it to the household that was chosen and looked at."""
    view, form = _view(item_id), Form(request.form)
    case = find_case(current_user, form.value("case"))
    try:
        form.stop()
        quarantine.attach(view.item, case=case, note=form.value("note"), actor=current_user)
    except Problem as problem:
        form.take(problem, "note")
        return _attachment_page(_view(item_id), form, find_case(current_user, case.id)), problem.status
    db.session.commit()
    return done(url_for("cases.show", case_id=case.id), "item-attached")


@pages.post("/conflicts/<conflict_id>/<decision>")
@policy("inbox:settle")
def settle_conflict(conflict_id: str, decision: str) -> Response | tuple[str, int]:
    """采用 or 不采用 for other content that came under the same id."""
    conflict, form = find_conflict(current_user, conflict_id), Form(request.form)
    first_id, note = conflict.item_id, form.value("note")
    form.also("note", f"note-{conflict_id}")
    try:
        form.stop()
        if decision == "acceptance":
            quarantine.adopt_conflict(conflict, note=note, actor=current_user)
        else:
            quarantine.discard_conflict(conflict, reason=note, actor=current_user)
    except Problem as problem:
        form.take(problem, f"note-{conflict_id}")
        return _page(_view(first_id), form), problem.status
    db.session.commit()
    return done(url_for("deposits.show", item_id=first_id), "conflict-settled")
