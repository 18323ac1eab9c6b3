"""单位名称: what the six offices are called, since when."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from backend.access import policy
from backend.desk import typed
from backend.desk.carrying_out import carry_out
from backend.desk.first_run import county
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.domain import organisations
from backend.domain.organisations import organisation_name
from backend.models import OFFICES, OrganisationName, db

pages = Blueprint("organisations", __name__, url_prefix="/organisations")


def _page(form: Form) -> str:
    mine = select(OrganisationName).where(OrganisationName.area_code == county())
    rows = db.session.scalars(mine.order_by(OrganisationName.valid_from_on.desc())).all()
    now = {office: organisation_name(office, county(), today()) for office in OFFICES}
    return render_template("organisations/index.html", offices=OFFICES, now=now, rows=rows, form=form)


@pages.get("/")
@policy("organisation:name")
def index() -> str:
    """Each duty with its name and its past."""
    return _page(Form())


@pages.post("/<duty>")
@policy("organisation:name")
def create(duty: str) -> Response | tuple[str, int]:
    """The office is called so from a day on."""
    form = Form(request.form)
    on = typed.any_day(form, f"from-{duty}") if form.value(f"from-{duty}") else today()
    told = {"valid_from_on": on, "area_code": county(), "actor": current_user}
    return carry_out(
        form, lambda: organisations.name_organisation(duty, form.value(f"name-{duty}"), **told),
        page=lambda: _page(form), go=lambda _: done(url_for("organisations.index"), "organisation-named"),
    )  # fmt: skip
