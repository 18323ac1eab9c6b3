"""T11 核查人员工作量: for the office alone, to share out the work; by place and name, never by a number (DOMAIN §0.10, §5.2)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backend.access import in_areas
from backend.codebook import Duty, ReviewOutcome
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told
from backend.models import Assignment, Case, Review, User, Visit, db

TITLE, UNIT, HAS_NUMBERS, IS_INTERNAL = "核查人员工作量", "户、次、天", False, True
COLUMNS = (
    Column("乡镇", 10), Column("姓名", 9), Column("身份", 14), Column("单位", 22),
    Column("主责", 7, "number", group="派单数"), Column("同行", 7, "number", group="派单数"),
    Column("完成数", 8, "number"), Column("退回数", 8, "number"), Column("平均用时（天）", 10, "hours"), Column("备注", 14),
)  # fmt: skip
NOTES = (
    "派单数：派给过他的户，换过人的也算；完成数：轮到他去的时候入了户的；退回数：这些核查表退回补正的次数；"
    "平均用时：从派给他到入户。",
    "单位内部用来匀活，不公布、不排名、不考核到人。",
)
DAY = 86_400


@dataclass
class Load:
    """What one person was sent to in one township. `taken` are seconds from being sent to the visit."""

    user: User
    sent: dict[str, set[str]]
    done: set[str]
    returned: int
    taken: list[float]


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """One row for each person and township, by township, unit and name."""
    loads: dict[tuple[str, str], Load] = {}
    returns = _returns(area_code, as_of)
    for household in told.households(area_code, as_of):
        case, township = household.case, household.place[0]
        for one in case.assignments:
            if one.assigned_at <= as_of:
                load = loads.setdefault((township, one.user_id), Load(one.user, defaultdict(set), set(), 0, []))
                _count(load, case, one, returns, as_of)
    for (township, _), load in sorted(
        loads.items(), key=lambda each: (each[0][0], each[1].user.unit, each[1].user.name)
    ):
        took = sum(load.taken) / len(load.taken) / DAY if load.taken else "—"
        yield [
            township, load.user.name, load.user.role_label, load.user.unit, len(load.sent[Duty.MAIN]),
            len(load.sent[Duty.COMPANION]), len(load.done), load.returned, took, "",
        ]  # fmt: skip


def _count(load: Load, case: Case, one: Assignment, returns: dict[str, int], as_of: datetime) -> None:
    load.sent[one.duty].add(case.id)
    visits = [visit for visit in case.visits if visit.received_at <= as_of and _went(one, visit)]
    if not visits or case.id in load.done:
        return
    load.done.add(case.id)
    load.returned += sum(returns.get(visit.id, 0) for visit in visits)
    load.taken.append(max(0.0, (visits[0].visited_at - one.assigned_at).total_seconds()))


def _went(one: Assignment, visit: Visit) -> bool:
    """Whether the person was the one to go when the household was visited."""
    return one.assigned_at <= visit.received_at and (one.ended_at is None or one.ended_at >= visit.visited_at)


def _returns(area_code: str, as_of: datetime) -> dict[str, int]:
    """{visit id: how often it was returned by then}."""
    query = select(Review.visit_id).join(Case).where(
        in_areas(Case, [area_code]), Review.outcome == ReviewOutcome.RETURNED, Review.reviewed_at <= as_of
    )  # fmt: skip
    found: dict[str, int] = defaultdict(int)
    for visit_id in db.session.scalars(query):
        found[visit_id] += 1
    return found
