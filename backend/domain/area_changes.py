"""Villages that are also called otherwise, or were merged into another: cases keep the code of their day."""

from datetime import date

from sqlalchemy import select

from backend import access, clock
from backend.access_accounts import find_area
from backend.domain import events
from backend.domain.tabular.places import fold_place
from backend.models import Area, AreaAlias, User, db
from backend.problems import Problem


def record_alias(area: Area, name: str, *, source: str, actor: User) -> AreaAlias:
    """People also write the area like this; imports know it from now on.

    One event area:alias_recorded. Raises Problem forbidden, not_found, alias_unfit, source_missing, alias_twice.
    """
    access.require(actor, "area:manage")
    find_area(actor, area.code)
    name, source = name.strip(), source.strip()
    if not 2 <= len(name) <= 60 or fold_place(name) == fold_place(area.name):
        raise Problem("alias_unfit", fields={"name": "alias_unfit"})
    if not source:
        raise Problem("source_missing", fields={"source": "source_missing"})
    if db.session.scalar(select(AreaAlias.id).where(AreaAlias.area_code == area.code, AreaAlias.name == name)):
        raise Problem("alias_twice", fields={"name": "alias_twice"})
    made = AreaAlias(
        area_code=area.code, name=name, source=source[:120], recorded_by=actor.id, recorded_at=clock.now()
    )  # fmt: skip
    db.session.add(made)
    events.record("area:alias_recorded", actor=actor, area=area.code)
    return made


def merge_village(area: Area, into: Area, *, on: date, actor: User) -> Area:
    """The village became part of another on a day: imports put its name there, lists of the other include its cases.

    One event area:merged. Raises Problem forbidden, not_found, merge_done, merge_unfit, merge_day.
    """
    access.require(actor, "area:manage")
    for one in (area, into):
        find_area(actor, one.code)
    if area.merged_into_code is not None:
        raise Problem("merge_done")
    is_chained = db.session.scalar(select(Area.code).where(Area.merged_into_code == area.code).limit(1))
    is_fit = area.level == into.level == "village" and area.code != into.code and area.code[:6] == into.code[:6]
    if not is_fit or into.merged_into_code is not None or is_chained:
        raise Problem("merge_unfit", fields={"into": "merge_unfit"})
    if on > clock.local(clock.now()).date():
        raise Problem("merge_day", fields={"on": "merge_day"})
    area.merged_into_code, area.valid_to_on = into.code, on
    events.record("area:merged", actor=actor, area=area.code, into=into.code, on=on.isoformat())
    return area


def names_for_import() -> list[tuple[str, str, str]]:
    """(code, name, level) of every area as files write it: merged villages under what they became, and aliases."""
    areas = db.session.execute(select(Area.code, Area.name, Area.level, Area.merged_into_code)).all()
    levels = {code: (into or code, level) for code, _, level, into in areas}
    named = [(into or code, name, level) for code, name, level, into in areas]
    aliases = db.session.execute(select(AreaAlias.area_code, AreaAlias.name))
    return named + [(levels[code][0], name, levels[code][1]) for code, name in aliases]
