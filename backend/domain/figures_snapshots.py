"""统计快照: the table of a large area, made by the worker, so that its page answers at once."""

from datetime import datetime

from sqlalchemy import func, select

from backend import clock
from backend.domain.figures import Table, figures
from backend.domain.figures_of import Row
from backend.domain.figures_over_time import Stretch, over_time
from backend.models import Area, Case, FiguresSnapshot, Posting, db

LARGE = ("province", "city")
COUNTY_LENGTH, MANY = 6, 500


def is_large(area_code: str) -> bool:
    """Whether an area's page shows the newest snapshot instead of counting while somebody waits.

    Cities and the province are, and a county with more than `MANY` households.
    """
    if len(area_code) != COUNTY_LENGTH:
        return len(area_code) < COUNTY_LENGTH
    some = select(Case.id).where(Case.county_code == area_code).limit(MANY + 1)
    return (db.session.scalar(select(func.count()).select_from(some.subquery())) or 0) > MANY


def table_of(area_code: str, asked: datetime | None = None) -> Table:
    """The table 截至 `asked`; where no moment is asked for, the newest snapshot of a large area, else as it is now."""
    kept = newest(area_code) if asked is None and is_large(area_code) else None
    return kept[0] if kept else figures(area_code, asked or clock.now())


def take_snapshot(area_code: str) -> FiguresSnapshot:
    """Count an area now and keep it instead of its last snapshot."""
    moment = clock.now()
    table = figures(area_code, moment).as_json()
    table["weeks"] = [
        [week.starts_on.isoformat(), week.published, week.visited, week.in_time, week.counted]
        for week in over_time(area_code, moment)
    ]
    kept = db.session.get(FiguresSnapshot, area_code) or FiguresSnapshot(area_code=area_code)
    kept.as_of_at, kept.table = moment, table
    db.session.add(kept)
    return kept


def newest(area_code: str) -> tuple[Table, list[Stretch]] | None:
    """The newest snapshot of an area with its weeks; None when none has been made."""
    kept = db.session.get(FiguresSnapshot, area_code)
    if kept is None:
        return None
    told = kept.table
    rows = [Row.from_json(row) for row in told["rows"]]
    table = Table(area_code, kept.as_of_at, Row.from_json(told["total"]), rows, told["days"])
    weeks = [Stretch(datetime.fromisoformat(day).date(), *counts) for day, *counts in told["weeks"]]
    return table, weeks


def areas_to_count() -> list[str]:
    """Large areas in which somebody works at that level, those whose snapshot is the oldest first."""
    posted = select(Posting.area_code).where(Posting.held())
    crowded = select(Case.county_code).group_by(Case.county_code).having(func.count() > MANY)
    query = select(Area.code).where(Area.level.in_(LARGE) | Area.code.in_(crowded), Area.code.in_(posted))
    kept = query.outerjoin(FiguresSnapshot, FiguresSnapshot.area_code == Area.code)
    return list(
        db.session.scalars(kept.order_by(FiguresSnapshot.as_of_at.is_not(None), FiguresSnapshot.as_of_at, Area.code))
    )
