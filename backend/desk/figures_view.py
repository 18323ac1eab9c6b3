"""What the page of figures shows: the table 截至 a moment, its weeks, and what only phones know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from backend import clock
from backend.access import in_areas
from backend.desk import case_conditions
from backend.desk.moment import asked_moment, moment_word
from backend.domain import figures_snapshots
from backend.domain.figures import Table, figures
from backend.domain.figures_of import Row, ranked
from backend.domain.figures_over_time import STEPS, Stretch, over_time
from backend.models import Area, Case, db

PARTS = ("time", "declared", "results", "quality")


@dataclass(frozen=True)
class FiguresView:
    """`is_live` means that the table was counted now; `unsynced` is of now, for a county or a township, {row's code: visits that lie in phones}."""

    area: Area
    table: Table
    stretches: list[Stretch]
    rows: list[Row]
    part: str
    order: str
    step: str
    is_live: bool
    is_past: bool
    unsynced: dict[str, int]

    @property
    def word(self) -> str:
        """The moment as the links say it."""
        return moment_word(self.table.as_of)

    @property
    def behind(self) -> list[Row]:
        """Areas with households that nobody went to in time, most first."""
        return sorted((row for row in self.table.rows if row["overdue"]), key=lambda row: -row["overdue"])

    @property
    def is_by_township(self) -> bool:
        return len(self.area.code) >= len("620525")

    def args(self, **changed: str) -> dict[str, str]:
        """The page's address with changes; what is usual is left out."""
        kept = {"area": self.area.code, "part": self.part, "order": self.order, "step": self.step}
        usual = {"part": "time", "order": "", "step": "week"}
        if self.is_past:
            kept["as_of"] = self.word
        return {key: value for key, value in (kept | changed).items() if value and usual.get(key) != value}


def view_of(area: Area, args: MultiDict[str, str]) -> FiguresView:
    """The page as its address asks for it. Unknown values are as if nothing was asked."""
    asked = asked_moment(args)
    step = args.get("step", "") if args.get("step") in STEPS else "week"
    part = args.get("part", "") if args.get("part") in PARTS else "time"
    table, stretches, is_live = _table(area.code, asked, step)
    unsynced = _on_phones(area.code, table.rows) if asked is None and len(area.code) >= len("620525") else {}
    order = "share" if args.get("order") == "share" else ""
    rows = _by_share(table.rows) if order else table.rows
    return FiguresView(area, table, stretches, rows, part, order, step, is_live, asked is not None, unsynced)


def _table(code: str, asked: datetime | None, step: str) -> tuple[Table, list[Stretch], bool]:
    if asked is None and figures_snapshots.is_large(code) and (kept := figures_snapshots.newest(code)):
        table, weeks = kept
        return table, weeks if step == "week" else over_time(code, table.as_of, step), False
    moment = asked or clock.now()
    return figures(code, moment), over_time(code, moment, step), asked is None


def _by_share(rows: list[Row]) -> list[Row]:
    placed = ranked(rows)
    shared = [row for row in placed if row.in_time_share is not None]
    return shared[::-1] + [row for row in placed if row.in_time_share is None]


def _on_phones(code: str, rows: list[Row]) -> dict[str, int]:
    ids = list(case_conditions.on_phones())
    held = select(Case.township_code).where(Case.id.in_(ids), in_areas(Case, [code]))
    towns = list(db.session.scalars(held)) if ids else []
    return {row.code: sum(town.startswith(row.code) for town in towns) for row in rows if row.code}
