"""What the office knows of a household before somebody goes there: its rows of the 名册 and the last visit (上次核查).

A roster row counts only where the number fits the applicant's: a like name is a suspicion, not a household.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from backend.codebook import ReturnReason, RosterRole, Stage
from backend.models import Case, Comparison, Declaration, Review, RosterEntry, Visit, db

OF_THE_HOUSEHOLD = (RosterRole.SELF, RosterRole.HEAD, RosterRole.MEMBER)


class Earlier(NamedTuple):
    """A visit that may be remembered."""

    lookup: str | None
    received_at: datetime
    visit_id: str
    case_id: str
    author_id: str
    is_wrong_house: bool
    is_returned: bool


class Known(NamedTuple):
    """Roster rows by case id, and the newest earlier visit by case id."""

    rosters: Mapping[str, list[RosterEntry]]
    visits: Mapping[str, Visit]


def known_of(
    cases: Sequence[Case],
    comparisons: Mapping[str, Comparison],
    repeats: Mapping[str | None, Sequence[Declaration]],
    *,
    reader_id: str | None = None,
) -> Known:
    """What is known of each of `cases`, in at most four questions to the database.

    A visit of another, earlier case counts unless it was sent back; one of the same case only while that is
    returned, and only somebody else's than `reader_id`'s: the own one comes back whole.
    """
    rosters = _rosters(cases, comparisons)
    lookups = {
        case.id: _lookups([case.declaration, *repeats.get(case.declaration_id, ())], rosters.get(case.id, ()))
        for case in cases
    }
    told: dict[str | None, list[Earlier]] = defaultdict(list)
    for one in _earlier({(case.county_code, lookup) for case in cases for lookup in lookups[case.id]}):
        told[one.lookup].append(one)
    chosen = {case.id: _newest(case, [e for key in lookups[case.id] for e in told[key]], reader_id) for case in cases}
    visits = _visits({one for one in chosen.values() if one})
    return Known(rosters, {case_id: visits[one] for case_id, one in chosen.items() if one})


def known_of_one(case: Case) -> Known:
    """The same for one case, whoever reads."""
    found = db.session.get(Comparison, case.declaration_id)
    return known_of([case], {case.declaration_id: found} if found else {}, {})


def _lookups(declared: Iterable[Declaration], rows: Iterable[RosterEntry]) -> set[str]:
    found = {one.id_number_lookup for one in declared} | {row.id_number_lookup for row in rows}
    return {lookup for lookup in found if lookup}


def _rosters(cases: Sequence[Case], comparisons: Mapping[str, Comparison]) -> dict[str, list[RosterEntry]]:
    found = {c.id: comparisons.get(c.declaration_id) for c in cases}
    wanted = {case_id: one.roster_entry_id for case_id, one in found.items() if one and one.roster_entry_id}
    if not wanted:
        return {}
    rows = {row.id: row for row in db.session.scalars(select(RosterEntry).where(RosterEntry.id.in_(wanted.values())))}
    numbers = {case.id: case.declaration.id_number_lookup for case in cases}
    own = {case_id: rows[row_id] for case_id, row_id in wanted.items() if _is_own(rows[row_id], numbers[case_id])}
    if not own:
        return {}
    query = select(RosterEntry).where(
        RosterEntry.role.in_(OF_THE_HOUSEHOLD), or_(*(_together(row) for row in own.values()))
    )
    people: dict[tuple[Any, ...], list[RosterEntry]] = defaultdict(list)
    for row in db.session.scalars(query.order_by(RosterEntry.row, RosterEntry.id)):
        people[_household(row)].append(row)
    return {case_id: people[_household(row)] for case_id, row in own.items()}


def _is_own(row: RosterEntry, number: str | None) -> bool:
    return bool(number) and row.id_number_lookup == number and row.role in OF_THE_HOUSEHOLD


def _household(row: RosterEntry) -> tuple[Any, ...]:
    return (row.batch_id, row.household_key) if row.household_key else (row.batch_id, row.sheet, row.row)


def _together(row: RosterEntry) -> ColumnElement[bool]:
    if row.household_key:
        return and_(RosterEntry.batch_id == row.batch_id, RosterEntry.household_key == row.household_key)
    return and_(
        RosterEntry.batch_id == row.batch_id, RosterEntry.sheet == row.sheet, RosterEntry.row == row.row,
        RosterEntry.household_key.is_(None),
    )  # fmt: skip


def _earlier(people: set[tuple[str, str]]) -> list[Earlier]:
    if not people:
        return []
    wrong = (
        select(Review.id)
        .where(Review.visit_id == Visit.id, Review.reason_code == ReturnReason.OTHER_HOUSEHOLD)
        .exists()
    )
    query = (
        select(
            Declaration.id_number_lookup, Visit.received_at, Visit.id, Visit.case_id, Visit.author_id, wrong,
            Case.stage == Stage.RETURNED,
        )
        .select_from(Visit)
        .join(Case, Case.id == Visit.case_id)
        .join(Declaration, Declaration.id == Case.declaration_id)
        .where(
            Visit.is_current,
            Case.county_code.in_({county for county, _ in people}),
            Declaration.id_number_lookup.in_({lookup for _, lookup in people}),
        )
        .order_by(Visit.received_at, Visit.id)
    )  # fmt: skip
    return [Earlier(*row) for row in db.session.execute(query)]


def _newest(case: Case, told: Sequence[Earlier], reader_id: str | None) -> str | None:
    usable = [one for one in told if _may_help(case, one, reader_id)]
    return max(usable, key=lambda one: (one.received_at, one.visit_id)).visit_id if usable else None


def _may_help(case: Case, one: Earlier, reader_id: str | None) -> bool:
    if one.case_id == case.id:
        return case.stage == Stage.RETURNED and one.author_id != reader_id and not one.is_wrong_house
    return not one.is_returned


def _visits(ids: set[str]) -> dict[str, Visit]:
    query = select(Visit).where(Visit.id.in_(ids))
    return {visit.id: visit for visit in db.session.scalars(query)} if ids else {}
