"""督导: how the areas stand on their deadlines. Townships are compared, persons never (DOMAIN §0.10)."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import func, select

from backend.access import in_areas, policy, visible_declarations
from backend.desk.figures_view import view_of
from backend.desk.moment import asked_moment, moment_word
from backend.domain import figures_snapshots
from backend.domain.figures_declared import DECLARED_FIGURES, declarations_in
from backend.models import Area, Comparison, Declaration, db
from backend.problems import Problem

pages = Blueprint("oversight", __name__, url_prefix="/oversight")
PAGE = 60


def asked_area() -> Area:
    """The area asked for, within the user's own; else the user's first. Problem not_found when there is none."""
    mine = current_user.area_codes
    wanted = request.values.get("area", "")
    code = wanted if any(wanted.startswith(one) for one in mine) and wanted else (mine or [""])[0]
    area = db.session.get(Area, code)
    if area is None or area.level == "village":
        raise Problem("not_found")
    return area


@pages.get("/")
@policy("oversight:see")
def overview() -> str:
    """Figures by township of a county, by county of a city, by city of the province."""
    return render_template("oversight/index.html", view=view_of(asked_area(), request.args))


@pages.post("/snapshot")
@policy("oversight:see")
def recount() -> Response:
    """Count a large area now instead of waiting for the worker."""
    area = asked_area()
    if figures_snapshots.is_large(area.code):
        figures_snapshots.take_snapshot(area.code)
        db.session.commit()
    return redirect(url_for("oversight.overview", area=area.code), code=303)


@pages.get("/declarations")
@policy("oversight:see")
def declarations() -> str:
    """The declarations behind a number, 截至 the same moment."""
    area, figure, moment = asked_area(), request.args.get("figure", "declared"), asked_moment(request.args)
    if figure not in DECLARED_FIGURES or moment is None:
        raise Problem("not_found")
    ids = declarations_in(figure, [area.code], moment)
    query = visible_declarations(current_user).where(Declaration.id.in_(ids), in_areas(Declaration, [area.code]))
    total = db.session.scalar(select(func.count()).select_from(query.with_only_columns(Declaration.id).subquery()))
    after = query.where(Declaration.id > request.args.get("after", "")).order_by(Declaration.id).limit(PAGE + 1)
    rows = list(db.session.scalars(after))
    found = {one.declaration_id: one for one in db.session.scalars(
        select(Comparison).where(Comparison.declaration_id.in_([row.id for row in rows])))}  # fmt: skip
    return render_template("oversight/declarations.html", area=area, figure=figure, moment=moment, total=total or 0,
                           word=moment_word(moment), rows=rows[:PAGE], found=found, has_more=len(rows) > PAGE)  # fmt: skip
