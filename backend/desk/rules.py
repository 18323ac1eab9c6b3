"""规则: the rules of the hints that hold on a day, with clause and source. Read only: they come with the program."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from backend import access_parameters, rulebook
from backend.access import policy
from backend.desk.forms import Form
from backend.desk.parameters import asked_day
from backend.domain import parameters
from backend.domain.suggestion import in_force, rules_off

pages = Blueprint("rules", __name__, url_prefix="/rules")


@pages.get("/")
@policy("parameter:see")
def index() -> str | tuple[str, int]:
    """What asks what, by which document, and what the county has switched off."""
    area, form = access_parameters.area_in_sight(current_user, request.args.get("area", "")), Form(request.args)
    day, book = asked_day(form), rulebook.rulebook()
    off = rules_off(
        {key: one.value for key, one in parameters.standing(("rules_off",), on=day, area_code=area.code).items()}
    )
    page = render_template(
        "rules/index.html", area=area, day=day, form=form, tests=book["tests"], off=off,
        rules=in_force(book["rules"], {}, day), all_rules=book["rules"],
    )  # fmt: skip
    return page if form.is_good else (page, 422)
