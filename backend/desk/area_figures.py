"""Counts by area for those who oversee (DOMAIN §5.3, as far as the rows of today can tell)."""

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from flask_login import current_user
from sqlalchemy import Select, func, select

from backend.access import visible_cases, visible_declarations
from backend.codebook import REFERRAL_QUEUES, ComparisonCode, Queue, Stage
from backend.desk import case_list
from backend.domain.routing import OVER
from backend.models import Area, Case, Comparison, Declaration, Routing, db

COUNTY_LENGTH, TOWNSHIP_LENGTH = 6, 9
RECEIVING = (ComparisonCode.M1, ComparisonCode.M8)
NOT_COUNTED = (ComparisonCode.DUP, ComparisonCode.MX)
BEING_JUDGED = (Stage.SUBMITTED, Stage.RETURNED, Stage.REVIEWED)


@dataclass
class Figures:
    """The counts of one area; an area without any stands there with zeros."""

    code: str
    name: str
    n: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> int:
        return self.n.get(key, 0)

    @property
    def in_time_share(self) -> float | None:
        """按期核查率 = 按期 ÷ (已核查 + 超期未核); None when nothing is to be divided by."""
        below = self["in_time"] + self["late"] + self["overdue"]
        return self["in_time"] / below if below else None

    def __add__(self, other: "Figures") -> "Figures":
        keys = self.n.keys() | other.n.keys()
        return Figures(self.code, self.name, {key: self[key] + other[key] for key in keys})


def _length(area_code: str) -> int:
    return TOWNSHIP_LENGTH if len(area_code) >= COUNTY_LENGTH else COUNTY_LENGTH


def _column(model: Any, length: int) -> Any:
    return model.township_code if length == TOWNSHIP_LENGTH else model.county_code


def _areas(area_code: str, length: int) -> list[Area]:
    level = "township" if length == TOWNSHIP_LENGTH else "county"
    query = select(Area).where(Area.level == level, Area.code.startswith(area_code)).order_by(Area.code)
    return list(db.session.scalars(query))


def _case_counts(length: int) -> Select[Any]:
    key = _column(Case, length)
    seen = visible_cases(current_user).with_only_columns(Case.id)
    return select(
        key, func.count().label("warned"),
        func.count().filter(case_list.is_in_time()).label("in_time"),
        func.count().filter(case_list.is_late()).label("late"),
        func.count().filter(case_list.is_overdue()).label("overdue"),
        func.count().filter(case_list.is_not_due()).label("not_due"),
        func.count().filter(case_list.is_unsynced()).label("unsynced"),
        func.count().filter(Case.stage.in_(BEING_JUDGED)).label("judging"),
        func.count().filter(Case.stage == Stage.CLOSED).label("closed"),
    ).where(Case.id.in_(seen)).group_by(key)  # fmt: skip


def _declaration_counts(length: int) -> Select[Any]:
    key = _column(Declaration, length)
    seen = visible_declarations(current_user).with_only_columns(Declaration.id)
    return (
        select(
            key, func.count().label("declared"),
            func.count().filter(Comparison.code.in_(RECEIVING)).label("receiving"),
            func.count().filter(Comparison.code.in_(NOT_COUNTED)).label("not_counted"),
        )
        .outerjoin(Comparison, Comparison.declaration_id == Declaration.id)
        .where(Declaration.id.in_(seen)).group_by(key)
    )  # fmt: skip


def _routing_counts(length: int) -> Select[Any]:
    key = _column(Case, length)
    seen = visible_cases(current_user).with_only_columns(Case.id)

    def of(*queues: Queue) -> Any:
        return func.count(func.distinct(Routing.case_id)).filter(Routing.queue.in_(queues))

    return (
        select(
            key, of(Queue.SOCIAL_ASSISTANCE).label("social_assistance"),
            of(Queue.RELAPSE_PREVENTION).label("relapse_prevention"),
            of(*REFERRAL_QUEUES).label("referral"), of(Queue.EXPLANATION).label("explanation"),
        )
        .join(Routing, Routing.case_id == Case.id)
        .where(Case.id.in_(seen), Routing.state.not_in(OVER)).group_by(key)
    )  # fmt: skip


def figures(area_code: str) -> tuple[Figures, list[Figures]]:
    """(sum, rows): a row for each township of a county; above the county, for each county that has anything."""
    length = _length(area_code)
    rows = {area.code: Figures(area.code, area.name) for area in _areas(area_code, length)}
    for counted in (_case_counts, _declaration_counts, _routing_counts):
        for row in db.session.execute(counted(length)).mappings():
            values = dict(row)
            code = values.pop("township_code" if length == TOWNSHIP_LENGTH else "county_code")
            if code in rows:
                rows[code].n |= {key: int(value) for key, value in values.items()}
    kept = [row for row in rows.values() if row.n or length == TOWNSHIP_LENGTH]
    return reduce(Figures.__add__, kept, Figures(area_code, "")), kept
