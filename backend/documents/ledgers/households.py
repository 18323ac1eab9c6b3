"""What the ledgers say of one household: what the figures knew of it at the same moment, in the same words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import or_
from sqlalchemy.orm import joinedload, selectinload

from backend import clock
from backend.access import visible_cases
from backend.codebook import Duty
from backend.desk.page import shown_name
from backend.documents.ledger import Column
from backend.domain import identity
from backend.domain.figures_at import cases_at
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.figures_moves import stood_at
from backend.domain.repeats import newest_phone
from backend.models import Area, Assignment, Case, Decision, ProcedureStep, Routing, Transfer, Visit, db

AT_ONCE = 500
PLACE = (Column("乡镇", 9), Column("村", 10), Column("社（组）", 7))


@dataclass(frozen=True)
class Household:
    """A case as it stood at `as_of`. `due_at` has the 延期 granted by then; `started_at` is the visit that counts.

    `is_late`: the figures count it under 超期完成 or 超期未核.
    """

    case: Case
    as_of: datetime
    due_at: datetime
    started_at: datetime | None
    received_at: datetime | None
    closed_at: datetime | None
    assigned_at: datetime | None
    is_late: bool
    visit_id: str | None

    @property
    def place(self) -> tuple[str, str, str]:
        """乡镇、村、社."""
        return stood_at(self.case, self.as_of)

    @property
    def visit(self) -> Visit | None:
        """The form that counted."""
        return next((visit for visit in self.case.visits if visit.id == self.visit_id), None)

    @property
    def answers(self) -> dict[str, Any]:
        """The filled form; empty without a visit, and for what is no form."""
        found = json.loads(self.visit.answers_text) if self.visit else {}
        return found if isinstance(found, dict) else {}

    @property
    def people(self) -> int | None:
        """How many the visit found living together, else how many were declared."""
        return (self.visit.living_size if self.visit else None) or self.case.declaration.family_size

    def routings(self) -> list[Routing]:
        """Those that stood: not yet returned, not yet taken back."""
        return [
            one
            for one in self.case.routings
            if one.routed_at <= self.as_of
            and not self.has_come(one.returned_at)
            and not self.has_come(one.withdrawn_at)
        ]

    def decisions(self, routing: Routing) -> list[Decision]:
        """Results that no objection or correction had undone."""
        return [d for d in routing.decisions if d.decided_at <= self.as_of and not self.has_come(d.reopened_at)]

    def steps(self, routing: Routing, category: str) -> dict[str, ProcedureStep]:
        """The formal steps that had been recorded and not corrected."""
        return {
            row.step: row
            for row in routing.steps
            if row.category == category and row.recorded_at <= self.as_of and not self.has_come(row.corrected_at)
        }

    def has_come(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.as_of

    def until(self, moment: datetime | None) -> datetime | None:
        """The instant, if it had come."""
        return moment if self.has_come(moment) else None

    def visitor(self, duty: Duty) -> str:
        """Who was to go, or went last, in this duty."""
        found = [one for one in self.case.assignments if one.duty == duty and one.assigned_at <= self.as_of]
        active = [one for one in found if not self.has_come(one.ended_at)] or found
        return active[-1].user.name if active else ""


def households(area_code: str, as_of: datetime, key: str = "") -> Iterator[Household]:
    """The cases in sight below an area that were published by `as_of`, by township, village and number.

    With the `key` of a figure only those that it counted.
    """
    at = cases_at([area_code], as_of)
    is_late = or_(*(CASE_FIGURES[one](at.c, as_of) for one in ("late", "overdue")))
    facts = (at.c.due_at, at.c.started_at, at.c.received_at, at.c.closed_at, at.c.assigned_at, is_late, at.c.visit_id)
    query = (
        visible_cases(current_user)
        .join(at, at.c.id == Case.id)
        .add_columns(*facts)
        .options(
            joinedload(Case.declaration), joinedload(Case.township), joinedload(Case.village),
            selectinload(Case.assignments).joinedload(Assignment.user), selectinload(Case.visits),
            selectinload(Case.routings).selectinload(Routing.decisions).joinedload(Decision.decider),
            selectinload(Case.explanations), selectinload(Case.attempts), selectinload(Case.extensions),
            selectinload(Case.transfers).joinedload(Transfer.source),
        )
        .order_by(at.c.township_code, Case.village_code, Case.number)
        .execution_options(yield_per=AT_ONCE)
    )  # fmt: skip
    if key:
        query = query.where(CASE_FIGURES[key](at.c, as_of))
    for case, *known in db.session.execute(query):
        yield Household(case, as_of, *known)


def county_name(area_code: str) -> str:
    """The county above (or the area itself when it is none), for the ledgers' second column."""
    area = db.session.get(Area, area_code[:6])
    return area.name if area else ""


def person_of(case: Case, *, is_whole: bool = False, is_repeated: bool = False) -> tuple[str, str, str]:
    """Name (masked for those who only oversee), ID number and telephone number, masked unless `is_whole`.

    Of who declared again (`is_repeated`) the newest number, as on the household's page.
    """
    told = case.declaration
    number, phone = told.id_number or "", (newest_phone(told) if is_repeated else told.phone) or ""
    if is_whole:
        return case.applicant_name, number, phone
    return shown_name(case), identity.mask_id(number) if number else "", identity.mask_phone(phone) if phone else ""


def days_between(first: datetime, last: datetime) -> int:
    """Days on the office's calendar."""
    return (clock.local(last).date() - clock.local(first).date()).days
