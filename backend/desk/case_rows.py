"""What a row of a list shows of a household, read as plain columns: whole objects cost more than the page around them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from backend.models import Area, Assignment, Case, Declaration, User, db
from backend.models.area import short_name_of
from backend.models.questions import each

TOWN, VILLAGE = aliased(Area), aliased(Area)
COLUMNS = (
    Case.id, Case.number, Case.applicant_name, Case.county_code, Case.village_code, Case.group_text, Case.stage,
    Case.due_at, Case.extended_until_at, Case.limit_days, Case.visited_at, Case.closed_at, Case.voided_at, Case.is_found,
    Case.is_urgent, TOWN.name.label("township_name"), VILLAGE.name.label("village_name"),
    Declaration.family_size, Declaration.submitted_at,
)  # fmt: skip
_ROWS = (
    select(*COLUMNS).join(TOWN, TOWN.code == Case.township_code).join(Declaration)
    .outerjoin(VILLAGE, VILLAGE.code == Case.village_code).where(Case.id.in_(each("cases")))
)  # fmt: skip
_GOING = (
    select(Assignment.case_id, User.name).join(User, User.id == Assignment.user_id)
    .where(Assignment.case_id.in_(each("cases")), Assignment.ended_at.is_(None))
    .order_by(Assignment.duty.desc(), Assignment.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists read it; the same names as on `Case`."""

    id: str
    number: str
    applicant_name: str
    county_code: str
    village_code: str | None
    group_text: str
    stage: str
    due_at: datetime
    extended_until_at: datetime | None
    limit_days: int
    visited_at: datetime | None
    closed_at: datetime | None
    voided_at: datetime | None
    is_found: bool
    is_urgent: bool
    township_name: str
    village_name: str | None
    family_size: int | None
    submitted_at: datetime
    workers: list[str]

    @property
    def ends_at(self) -> datetime:
        return self.extended_until_at or self.due_at

    @property
    def place(self) -> str:
        return f"{short_name_of(self.village_name) if self.village_name else self.township_name}{self.group_text}"


def rows_of(case_ids: Sequence[str]) -> list[CaseRow]:
    """The rows of these cases in their order, read in two questions. Who may see them was decided before."""
    if not case_ids:
        return []
    workers = _workers_of(case_ids)
    found = {row.id: CaseRow(*row, workers[row.id]) for row in db.session.execute(_ROWS, {"cases": case_ids})}
    return [found[case_id] for case_id in case_ids]


def _workers_of(case_ids: Sequence[str]) -> dict[str, list[str]]:
    """{case: who goes there, who answers for it first}."""
    found: dict[str, list[str]] = defaultdict(list)
    for case_id, name in db.session.execute(_GOING, {"cases": case_ids}):
        found[case_id].append(name)
    return found
