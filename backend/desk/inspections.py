"""督导检查: what teams found in townships, problem by problem, until each is struck off."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from backend.access import policy
from backend.access_supervision import find_finding, find_inspection, visible_inspections
from backend.desk import typed
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import inspection
from backend.models import Area, Inspection, db

pages = Blueprint("inspections", __name__, url_prefix="/inspections")
SHOWN, COUNTY_DIGITS = 60, 6
FIELD_OF = {
    "inspection_day": "inspected_on", "inspection_team": "team", "inspection_counts": "found_real",
    "inspection_village": "village", "not_found": "township", "finding_unfit": "problem", "finding_due": "due_on",
    "finding_result": "result",
}  # fmt: skip


def _counties() -> list[Area]:
    """The counties to choose from, for those who oversee more than one."""
    wide = [code for code in current_user.area_codes if len(code) < COUNTY_DIGITS]
    below_wide = or_(false(), *(Area.code.startswith(code) for code in wide))
    return list(db.session.scalars(select(Area).where(Area.level == "county", below_wide).order_by(Area.code)))


def _townships(county: str) -> list[Area]:
    """The townships of the user's own counties and of the `county` chosen; out of sight there are none."""
    own = [code for code in current_user.area_codes if len(code) >= COUNTY_DIGITS]
    if len(county) == COUNTY_DIGITS and any(county.startswith(code) for code in current_user.area_codes):
        own.append(county)
    here = or_(false(), *(Area.code.startswith(code) for code in own))
    return list(db.session.scalars(select(Area).where(Area.level == "township", here).order_by(Area.code)))


def _index(form: Form) -> str:
    parts = (joinedload(Inspection.township), joinedload(Inspection.village), selectinload(Inspection.findings))
    newest = (
        visible_inspections(current_user).options(*parts).order_by(Inspection.inspected_on.desc(), Inspection.id.desc())
    )
    return render_template(
        "inspections/index.html", inspections=list(db.session.scalars(newest.limit(SHOWN))), form=form,
        townships=_townships(form.value("county")), counties=_counties(),
    )  # fmt: skip


@pages.get("/")
@policy("supervision:see")
def index() -> str:
    """The newest first, and a form for the next; whoever oversees many counties chooses one first."""
    return _index(Form(start={"county": request.args.get("county", "")}))


@pages.post("/")
@policy("inspection:record")
def create() -> Response | tuple[str, int]:
    """A team came back."""
    form = Form(request.form, most={"team": 80})
    given = _inspection(form)
    return carry_out(
        form, lambda: inspection.record_inspection(actor=current_user, **given), page=lambda: _index(form),
        go=lambda made: done(url_for("inspections.show", inspection_id=made.id), "inspection-recorded"), beside=FIELD_OF,
    )  # fmt: skip


def _inspection(form: Form) -> dict[str, Any]:
    township = db.session.get(Area, form.value("township"))
    if township is None:
        form.fail("township", "choose")
    numbers = {}
    for name in ("households_checked", "found_real"):
        text = form.value(name)
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            form.fail(name, "people")
        numbers[name] = int(text) if form.is_good else 0
    village = form.value("village")
    near = select(Area).where(Area.level == "village", Area.parent_code == form.value("township"))
    found = next((one for one in db.session.scalars(near) if village in (one.name, one.short_name)), None)
    if village and found is None:
        form.fail("village", "village_unknown")
    return {"township": township, "village": found, "inspected_on": typed.any_day(form, "inspected_on"),
            "team": form.value("team"), **numbers}  # fmt: skip


def _show(made: Inspection, form: Form) -> str:
    return render_template("inspections/show.html", inspection=made, form=form)


@pages.get("/<int:inspection_id>")
@policy("supervision:see")
def show(inspection_id: int) -> str:
    """One inspection with its problems."""
    return _show(find_inspection(current_user, inspection_id), Form())


@pages.post("/<int:inspection_id>/findings")
@policy("inspection:record")
def add(inspection_id: int) -> Response | tuple[str, int]:
    """One problem more."""
    made, form = find_inspection(current_user, inspection_id), Form(request.form)
    told = {name: form.value(name) for name in ("kind", "problem", "rectification")}
    due_on = typed.any_day(form, "due_on")
    return carry_out(
        form, lambda: inspection.add_finding(made, due_on=due_on, actor=current_user, **told), beside=FIELD_OF,
        page=lambda: _show(made, form), go=lambda _: _done(inspection_id, "finding-added"),
    )  # fmt: skip


def _done(inspection_id: int, word: str) -> Response:
    return done(url_for("inspections.show", inspection_id=inspection_id), word)


@pages.post("/<int:inspection_id>/findings/<int:finding_id>/closing")
@policy("inspection:record")
def close(inspection_id: int, finding_id: int) -> Response | tuple[str, int]:
    """销号 with the result."""
    form, made = Form(request.form), find_inspection(current_user, inspection_id)
    form.also("result", f"result-{finding_id}")
    finding = find_finding(current_user, inspection_id, finding_id)
    return carry_out(
        form, lambda: inspection.close_finding(finding, result=form.value("result"), actor=current_user),
        page=lambda: _show(made, form), go=lambda _: _done(inspection_id, "finding-closed"), beside=f"result-{finding_id}",
    )  # fmt: skip
