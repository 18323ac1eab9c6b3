"""转派: a household goes to the township in which it lives, comes back, and is told to a village there."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from backend.access import find_case, policy, require
from backend.access_transfer import find_transfer, visible_transfers
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.page import done, may_see_case
from backend.domain import transfer
from backend.models import Case, Transfer, db
from backend.problems import Problem

pages = Blueprint("transfers", __name__)
SHOWN = 60


def _list(form: Form) -> str:
    query = visible_transfers(current_user).options(joinedload(Transfer.case))
    rows = list(db.session.scalars(query.order_by(Transfer.moved_at.desc(), Transfer.id.desc()).limit(SHOWN)))
    return render_template("transfers/index.html", rows=rows, form=form, last_of=transfer.last_of, sees=may_see_case)


@pages.get("/transfers/")
@policy("case:transfer")
def index() -> str:
    """What went out and came in, the newest first."""
    return _list(Form())


def _new(case: Case, form: Form) -> str:
    return render_template("transfers/new.html", case=case, towns=transfer.targets_of(case), form=form)


@pages.get("/cases/<case_id>/transfer")
@policy("case:transfer")
def new(case_id: str) -> str:
    """Where to, and why."""
    case = find_case(current_user, case_id)
    require(current_user, "case:transfer", case)
    return _new(case, Form())


@pages.post("/cases/<case_id>/transfer")
@policy("case:transfer")
def create(case_id: str) -> Response | tuple[str, int]:
    """It goes; who was sent is relieved."""
    case, form = find_case(current_user, case_id), Form(request.form)
    town = next((one for one in transfer.targets_of(case) if one.code == form.value("to")), None)
    if town is None:
        form.fail("to", "choose")
    return carry_out(
        form, lambda: transfer.transfer(case, to=town, reason=form.value("reason"), actor=current_user),
        page=lambda: _new(case, form), go=lambda _: done(url_for("transfers.index"), "transferred"),
    )  # fmt: skip


@pages.post("/transfers/<transfer_id>/undoing")
@policy("case:transfer")
def undo(transfer_id: str) -> Response | tuple[str, int]:
    """Taken back, or given back."""
    move, form = find_transfer(current_user, transfer_id), Form(request.form)
    try:
        form.stop()
        transfer.undo(move, reason=form.value("reason"), actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        form.errors = {transfer_id: form.errors.get("reason", problem.message)}
        return _list(form), problem.status
    db.session.commit()
    return done(url_for("transfers.index"), "transfer-undone")


def _choose(case: Case, form: Form) -> str:
    return render_template("transfers/place.html", case=case, villages=transfer.villages_of(case), form=form)


@pages.get("/cases/<case_id>/place")
@policy("case:place")
def choose(case_id: str) -> str:
    """In which village the household lives."""
    case = find_case(current_user, case_id)
    require(current_user, "case:place", case)
    return _choose(case, Form(start={"village": case.village_code or "", "group": case.group_text}))


@pages.post("/cases/<case_id>/place")
@policy("case:place")
def place(case_id: str) -> Response | tuple[str, int]:
    """The village is chosen; somebody is sent next."""
    case, form = find_case(current_user, case_id), Form(request.form)
    village = next((one for one in transfer.villages_of(case) if one.code == form.value("village")), None)
    if village is None:
        form.fail("village", "choose")
    return carry_out(
        form, lambda: transfer.place(case, village=village, group_text=form.value("group"), actor=current_user),
        page=lambda: _choose(case, form), go=lambda _: done(url_for("assignments.edit", case_id=case_id), "placed"),
    )  # fmt: skip
