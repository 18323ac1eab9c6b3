"""What the pages on dated parameters show: what stands on a day, what held before, who proposed what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from backend import codebook, rulebook
from backend.access_parameters import COUNTY_LENGTH, visible_proposals
from backend.codebook import PARAMETER_BY_KEY, PARAMETER_FIELDS, ParameterField, ParameterGroup, ProposalState
from backend.desk.page import today
from backend.domain import parameters
from backend.domain.county_rules import book_of
from backend.domain.parameters import Standing, areas_above
from backend.models import Area, Parameter, ParameterProposal, User, db


@dataclass(frozen=True)
class ParameterRow:
    """One parameter on a day; `standing` None where nobody has set it."""

    field: ParameterField
    standing: Standing | None
    set_by: str


def groups(area: Area, day: date) -> list[tuple[ParameterGroup, dict[str, ParameterRow]]]:
    """Every parameter as it stands in an area on a day, by its key."""
    standing = parameters.standing(PARAMETER_BY_KEY, on=day, area_code=area.code)
    names = _names(one.set_by for one in standing.values())
    rows = [
        ParameterRow(field, one := standing.get(field.key), names.get(one.set_by or "", "") if one else "")
        for field in PARAMETER_FIELDS
    ]
    return [(group, {row.field.key: row for row in rows if row.field.group == group}) for group in ParameterGroup]


def waiting(user: User, area: Area) -> Sequence[ParameterProposal]:
    """What waits for an approval in the area, the first proposed first."""
    query = visible_proposals(user).where(
        ParameterProposal.state == ProposalState.PROPOSED, ParameterProposal.area_code.startswith(area.code)
    )
    return db.session.scalars(query.order_by(ParameterProposal.id).options(*_people()).limit(100)).all()


def now_of(field: ParameterField, area: Area) -> Any:
    """The value that holds today, None where there is none."""
    found = parameters.standing((field.key,), on=today(), area_code=area.code).get(field.key)
    return found.value if found else None


def choices_of(field: ParameterField) -> list[tuple[str, str]]:
    """Codes and labels of a choice or list; of rules, their ids and titles."""
    if field.kind == "rules":
        return [(rule["id"], f"{rule['id']} {rule['title']}") for rule in rulebook.rulebook()["rules"]]
    return [(one.value, one.label) for one in getattr(codebook, field.codes)] if field.codes else []


@dataclass(frozen=True)
class Held:
    """A value that was set, and the proposal that led to it, if there was one."""

    row: Parameter
    proposal: ParameterProposal | None
    is_now: bool


class ParameterView:
    """One parameter in one area."""

    def __init__(self, field: ParameterField, area: Area) -> None:
        self.field, self.area = field, area
        self.is_county = len(area.code) == COUNTY_LENGTH

    @cached_property
    def now(self) -> Standing | None:
        return parameters.standing((self.field.key,), on=today(), area_code=self.area.code).get(self.field.key)

    @cached_property
    def proposals(self) -> Sequence[ParameterProposal]:
        """Of this very area, the newest first."""
        query = select(ParameterProposal).filter_by(key=self.field.key, area_code=self.area.code)
        return db.session.scalars(query.order_by(ParameterProposal.id.desc()).options(*_people()).limit(100)).all()

    @property
    def waiting(self) -> list[ParameterProposal]:
        return [one for one in self.proposals if one.state == ProposalState.PROPOSED]

    @property
    def turned_down(self) -> list[ParameterProposal]:
        return [one for one in self.proposals if one.state in (ProposalState.REFUSED, ProposalState.WITHDRAWN)]

    @cached_property
    def held(self) -> list[Held]:
        """Every value set here or above, the latest day first; coming ones among them."""
        approved = {one.valid_from_on: one for one in self.proposals if one.state == ProposalState.APPROVED}
        query = select(Parameter).where(
            Parameter.key == self.field.key, Parameter.area_code.in_(areas_above(self.area.code))
        )
        rows = db.session.scalars(query.order_by(Parameter.valid_from_on.desc(), Parameter.area_code.desc()))
        return [
            Held(row, approved.get(row.valid_from_on) if row.area_code == self.area.code else None, self._is_now(row))
            for row in rows
        ]

    def _is_now(self, row: Parameter) -> bool:
        now = self.now
        return now is not None and (row.valid_from_on, row.area_code) == (now.valid_from_on, now.area_code)


class RulesView:
    """The rules of an area as they stand on a day, with what the county has changed since when and by whom."""

    def __init__(self, area: Area, day: date) -> None:
        self.area, self.day = area, day

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """What was set of the rules, by its parameter."""
        return parameters.standing((*rulebook.rule_keys(), "rules_off"), on=self.day, area_code=self.area.code)

    @cached_property
    def values(self) -> dict[str, Any]:
        return {key: one.value for key, one in self.standing.items()}

    @cached_property
    def book(self) -> Mapping[str, Any]:
        return book_of(rulebook.rulebook(), self.values)

    @cached_property
    def names(self) -> dict[str, str]:
        """Who approved, by id."""
        return _names(one.set_by for one in self.standing.values())

    @cached_property
    def free(self) -> str:
        """The first id of the county's own that nothing was ever proposed for, "" when there is none."""
        query = select(ParameterProposal.key).where(
            ParameterProposal.key.in_(rulebook.rule_keys()), ParameterProposal.area_code == self.area.code
        )
        taken = set(db.session.scalars(query))
        return next(
            (one for key, one in rulebook.rule_keys().items() if one in rulebook.OWN_RULES and key not in taken), ""
        )

    own = rulebook.OWN_RULES

    @property
    def waiting(self) -> list[ParameterProposal]:
        """Changes of rules that wait for an approval."""
        return [one for one in waiting(current_user, self.area) if one.key in rulebook.rule_keys()]


def _people() -> tuple[Any, ...]:
    return selectinload(ParameterProposal.proposer), selectinload(ParameterProposal.settler)


def _names(ids: Any) -> dict[str, str]:
    wanted = {one for one in ids if one}
    found = db.session.execute(select(User.id, User.name).where(User.id.in_(wanted))) if wanted else ()
    return {row[0]: row[1] for row in found}
