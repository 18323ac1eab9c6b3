"""区划: other names of villages, and villages that were merged into another."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import or_, select

from backend.access import policy
from backend.access_accounts import find_area, visible_areas
from backend.desk import typed
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import area_changes
from backend.domain.area_names import AreaNames
from backend.models import Area, AreaAlias, db
from backend.problems import Problem, sentence

pages = Blueprint("areas", __name__, url_prefix="/areas")
PAGE = 60


@pages.get("/")
@policy("area:manage")
def index() -> str:
    """The villages of a township or with a name, and all changes so far."""
    q, town = request.args.get("q", "").strip()[:40], request.args.get("township", "")[:9]
    mine = visible_areas(current_user)
    townships = list(db.session.scalars(mine.where(Area.level == "township").order_by(Area.code)))
    rows: list[Area] = []
    if q or town:
        called = select(AreaAlias.area_code).where(AreaAlias.name.contains(q, autoescape=True))
        named = or_(Area.name.contains(q, autoescape=True), Area.code.in_(called))
        query = mine.where(Area.level == "village", Area.code.startswith(town, autoescape=True), named)
        rows = list(db.session.scalars(query.order_by(Area.code).limit(PAGE)))
    changed = list(db.session.scalars(mine.where(Area.merged_into_code.is_not(None)).order_by(Area.valid_to_on.desc())))
    return render_template(
        "areas/index.html", rows=rows, townships=townships, changed=changed, aliases=_aliases(), q=q, town=town,
        names=_names([*rows, *changed]),
    )  # fmt: skip


def _aliases() -> list[AreaAlias]:
    mine = visible_areas(current_user).with_only_columns(Area.code)
    query = select(AreaAlias).where(AreaAlias.area_code.in_(mine)).order_by(AreaAlias.id.desc())
    return list(db.session.scalars(query.limit(PAGE)))


def _names(areas: list[Area]) -> dict[str, str]:
    codes = {area.merged_into_code for area in areas} | {area.parent_code for area in areas}
    codes |= {alias.area_code for alias in _aliases()}
    return {area.code: area.short_name for area in db.session.scalars(select(Area).where(Area.code.in_(codes)))}


def _show(area: Area, form: Form) -> str:
    aliases = list(db.session.scalars(select(AreaAlias).where(AreaAlias.area_code == area.code).order_by(AreaAlias.id)))
    joined = list(db.session.scalars(select(Area).where(Area.merged_into_code == area.code).order_by(Area.code)))
    return render_template(
        "areas/show.html", area=area, aliases=aliases, joined=joined, form=form, names=_names([area])
    )  # fmt: skip


@pages.get("/<code>")
@policy("area:manage")
def show(code: str) -> str:
    """One area with its other names."""
    return _show(find_area(current_user, code), Form())


@pages.post("/<code>/aliases")
@policy("area:manage")
def add_alias(code: str) -> Response | tuple[str, int]:
    """It is also called so."""
    area, form = find_area(current_user, code), Form(request.form)
    try:
        area_changes.record_alias(area, form.value("name"), source=form.value("source"), actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return _show(find_area(current_user, code), form), problem.status
    db.session.commit()
    return done(url_for("areas.show", code=code), "alias-recorded")


@pages.post("/<code>/merge")
@policy("area:manage")
def merge(code: str) -> Response | tuple[str, int]:
    """It became part of another village."""
    area, form = find_area(current_user, code), Form(request.form)
    into, on = _target(form), typed.any_day(form, "on")
    if into is None or on is None:
        return _show(area, form), 422
    try:
        area_changes.merge_village(area, into, on=on, actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return _show(find_area(current_user, code), form), problem.status
    db.session.commit()
    return done(url_for("areas.show", code=code), "village-merged")


def _target(form: Form) -> Area | None:
    codes, fault = AreaNames(current_user).codes_in(form.value("into"))
    if fault or len(codes) != 1:
        form.fail("into", sentence(*fault[:1], name=fault[1]) if fault else sentence("merge_unfit"))
        return None
    return find_area(current_user, codes[0])
