"""督导: how the areas stand on their deadlines. Townships are compared, persons never (DOMAIN §0.10)."""

from datetime import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, func, select

from backend.access import in_areas, policy, visible_declarations
from backend.desk.figures_view import view_of
from backend.desk.moment import asked_moment, moment_word
from backend.domain import figures_snapshots
from backend.domain.figures_declared import DECLARED_FIGURES, declarations_at, declarations_in
from backend.models import Area, Declaration, db
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


def _behind(area: Area, figure: str, moment: datetime, is_nowhere: bool) -> Select[tuple[Declaration]]:
    ids = declarations_in(figure, [area.code], moment)
    query = visible_declarations(current_user).where(Declaration.id.in_(ids), in_areas(Declaration, [area.code]))
    return query.where(_of_no_township(area)) if is_nowhere else query


def _of_no_township(area: Area) -> ColumnElement[bool]:
    """The line of the table without a township: none was said, or none that there is."""
    known = select(Area.code).where(Area.level == "township", Area.code.startswith(area.code))
    return func.coalesce(Declaration.township_code, "").not_in(known)


@pages.get("/declarations")
@policy("oversight:see")
def declarations() -> str:
    """The declarations behind a number, 截至 the same moment."""
    area, figure, moment = asked_area(), request.args.get("figure", "declared"), asked_moment(request.args)
    if figure not in DECLARED_FIGURES or moment is None:
        raise Problem("not_found")
    is_nowhere = "nowhere" in request.args
    query = _behind(area, figure, moment, is_nowhere)
    told = query.with_only_columns(Declaration.id, func.coalesce(Declaration.family_size, 1).label("people")).subquery()
    total, people = db.session.execute(select(func.count(), func.sum(told.c.people)).select_from(told)).one()
    after = query.where(Declaration.id > request.args.get("after", "")).order_by(Declaration.id).limit(PAGE + 1)
    rows = list(db.session.scalars(after))
    return render_template("oversight/declarations.html", area=area, figure=figure, moment=moment, total=total, people=people or 0,
                           word=moment_word(moment), rows=rows[:PAGE], is_nowhere=is_nowhere,
                           codes=_codes(rows, area, moment), has_more=len(rows) > PAGE)  # fmt: skip


def _codes(rows: list[Declaration], area: Area, moment: datetime) -> dict[str, str | None]:
    """What the rosters said of each declaration at the moment."""
    at = declarations_at([area.code], moment)
    query = select(at.c.id, at.c.code).where(at.c.id.in_([row.id for row in rows]))
    return {row.id: row.code for row in db.session.execute(query)}
