"""报县批: 延期 and 作废, asked by the township or from a phone, answered by the county."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_case, policy, require
from backend.access_petition import find_extension, find_voiding
from backend.codebook import PetitionState, VoidReason
from backend.desk import petition_list, typed
from backend.desk.carrying_out import carry_out
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.domain import extension, voiding
from backend.models import Case, Extension, Voiding

pages = Blueprint("petitions", __name__)

VERBS: dict[str, Any] = {"extension": extension, "voiding": voiding}
FINDERS: dict[str, Any] = {"extension": find_extension, "voiding": find_voiding}


@pages.get("/petitions/")
@policy("petition:see")
def index() -> str:
    """What waits for the county's answer, and what it answered lately."""
    return render_template(
        "petitions/index.html", waiting=petition_list.waiting(), answered=petition_list.answered()
    )  # fmt: skip


@pages.get("/petitions/<any(extension, voiding):kind>/<petition_id>")
@policy("petition:see")
def show(kind: str, petition_id: str) -> str:
    """One request with its household, and the county's answer to it."""
    return _shown(kind, FINDERS[kind](current_user, petition_id), Form())


def _shown(kind: str, petition: Extension | Voiding, form: Form) -> str:
    return render_template("petitions/show.html", kind=kind, one=petition, view=CaseView(petition.case), form=form)


@pages.post("/petitions/<any(extension, voiding):kind>/<petition_id>")
@policy("petition:decide")
def answer(kind: str, petition_id: str) -> Response | tuple[str, int]:
    """The county agrees or does not."""
    petition, form = FINDERS[kind](current_user, petition_id), Form(request.form)
    agreed = form.value("answer") == PetitionState.APPROVED
    verb, said = (VERBS[kind].approve, "note") if agreed else (VERBS[kind].refuse, "reason")
    return carry_out(
        form, lambda: verb(petition, actor=current_user, **{said: form.value("note")}),
        page=lambda: _shown(kind, petition, form), beside={"reason_missing": "note"},
        go=lambda _: done(url_for("petitions.index"), f"{kind}-{'approved' if agreed else 'refused'}"),
    )  # fmt: skip


def _asked(kind: str, case: Case, form: Form) -> str:
    return render_template(f"petitions/{kind}.html", view=CaseView(case), form=form)


@pages.get("/cases/<case_id>/extension")
@policy("case:extend")
def new_extension(case_id: str) -> str:
    """Until when, and why."""
    case = find_case(current_user, case_id)
    require(current_user, "case:extend", case)
    return _asked("extension", case, Form())


@pages.post("/cases/<case_id>/extension")
@policy("case:extend")
def ask_extension(case_id: str) -> Response | tuple[str, int]:
    """Ask the county for more time."""
    case, form = find_case(current_user, case_id), Form(request.form)
    until_on = _later_day(form, "until_on")
    return carry_out(
        form,
        lambda: extension.request_extension(case, until_on=until_on, reason=form.value("reason"), actor=current_user),
        page=lambda: _asked("extension", case, form),
        go=lambda _: done(url_for("cases.show", case_id=case_id), "extension-asked"),
    )  # fmt: skip


@pages.get("/cases/<case_id>/voiding")
@policy("case:void")
def new_voiding(case_id: str) -> str:
    """Why the household needs no visit."""
    case = find_case(current_user, case_id)
    require(current_user, "case:void", case)
    return _asked("voiding", case, Form())


@pages.post("/cases/<case_id>/voiding")
@policy("case:void")
def ask_voiding(case_id: str) -> Response | tuple[str, int]:
    """Ask the county to void the case."""
    case, form = find_case(current_user, case_id), Form(request.form)
    codes = form.chosen("reason_code", VoidReason)
    if not codes:
        form.fail("reason_code", "choose")
    return carry_out(
        form,
        lambda: voiding.request_voiding(case, reason_code=codes[0], reason=form.value("reason"), actor=current_user),
        page=lambda: _asked("voiding", case, form),
        go=lambda _: done(url_for("cases.show", case_id=case_id), "voiding-asked"),
    )  # fmt: skip


def _later_day(form: Form, name: str) -> date | None:
    """A day from tomorrow to a year ahead, else None with the complaint beside the field."""
    found = typed.read_day(form.value(name))
    if found is None or not 0 < (found - today()).days <= 366:
        form.fail(name, "later_day")
        return None
    return found
