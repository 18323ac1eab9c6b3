"""督导: how the areas stand on their deadlines. Townships are compared, persons never."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from backend.access import policy
from backend.desk.area_figures import COUNTY_LENGTH, figures
from backend.models import Area, db
from backend.problems import Problem

pages = Blueprint("oversight", __name__, url_prefix="/oversight")


def _area() -> Area:
    """The area asked for, within the user's own; else the user's first. Problem not_found when there is none."""
    mine = current_user.area_codes
    wanted = request.args.get("area", "")
    code = wanted if any(wanted.startswith(one) for one in mine) and wanted else (mine or [""])[0]
    area = db.session.get(Area, code)
    if area is None:
        raise Problem("not_found")
    return area


@pages.get("/")
@policy("oversight:see")
def overview() -> str:
    """Figures by township of a county, or by county above it."""
    area = _area()
    total, rows = figures(area.code)
    order = request.args.get("order", "")
    behind = sorted((r for r in rows if r["overdue"]), key=lambda r: -r["overdue"])
    if order == "share":
        rows = sorted(rows, key=lambda r: 2 if r.in_time_share is None else r.in_time_share)
    return render_template(
        "oversight/index.html", area=area, total=total, rows=rows, behind=behind, order=order,
        by_county=len(area.code) < COUNTY_LENGTH,
    )  # fmt: skip
