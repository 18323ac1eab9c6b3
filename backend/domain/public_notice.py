"""公示: what a village may read of those who are to be included, while it hangs (57号 第19、24条; DOMAIN §5.4).

Children are on none of it (民发〔2019〕62号): neither their category nor an applicant who is one.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from backend.codebook import AssistanceCategory, DecisionOutcome, Queue, Step
from backend.domain import identity
from backend.domain.carried_facts import carried_members, with_birth
from backend.domain.review import current_visit
from backend.domain.routing import OVER
from backend.domain.visits import answers_of
from backend.models import Case, ProcedureStep, Routing, db

GROWN_UP = 18
MOST = 2000


@dataclass(frozen=True)
class Posted:
    """One household on a list. `kind` is a category of 民政, or the queue of 防返贫; `amount_fen` once decided."""

    case: Case
    kind: str
    people: int | None
    from_on: date
    until_on: date
    amount_fen: int | None

    @property
    def sheet(self) -> tuple[str, str]:
        """(village or township code, kind): what hangs together on one sheet."""
        return self.case.village_code or self.case.township_code, self.kind


@dataclass(frozen=True)
class Notices:
    """The households that hang on a day, by place and kind, and how many were left out as children."""

    posted: Sequence[Posted]
    left_out: int

    def sheets(self) -> list[tuple[tuple[str, str], list[Posted]]]:
        """What hangs together, sheet by sheet, in the order of the places."""
        found: dict[tuple[str, str], list[Posted]] = {}
        for one in self.posted:
            found.setdefault(one.sheet, []).append(one)
        return list(found.items())


def posted_on(day: date, *, cases: Select[tuple[Case]]) -> Notices:
    """Whoever hangs on `day` among the cases in sight, whole names and all: whoever prints them masks them."""
    query = (
        select(ProcedureStep)
        .join(Routing, Routing.id == ProcedureStep.routing_id)
        .join(Case, Case.id == Routing.case_id)
        .where(
            ProcedureStep.step == Step.PUBLIC, ProcedureStep.corrected_at.is_(None),
            ProcedureStep.happened_on <= day, ProcedureStep.until_on >= day,
            ProcedureStep.category != AssistanceCategory.CHILD, Routing.state.not_in(OVER),
            Case.id.in_(cases.with_only_columns(Case.id)),
        )
        .options(
            contains_eager(ProcedureStep.routing).options(
                selectinload(Routing.decisions),
                contains_eager(Routing.case).options(
                    joinedload(Case.declaration), joinedload(Case.township), joinedload(Case.village),
                    selectinload(Case.visits),
                ),
            )
        )
        .order_by(Case.township_code, Case.village_code, ProcedureStep.category, Case.number).limit(MOST)
    )  # fmt: skip
    steps = list(db.session.scalars(query))
    standing = [step for step in steps if not _is_refused(step)]
    grown_up = [step for step in standing if not _is_child(step.routing.case, day)]
    return Notices([_posted(step) for step in grown_up], len(standing) - len(grown_up))


def _is_refused(step: ProcedureStep) -> bool:
    """Whether this category ended without inclusion while others of the routing go on: the name comes off the wall."""
    made = [d for d in step.routing.decisions if not d.is_reopened and d.category == step.category]
    return bool(made) and made[-1].outcome == DecisionOutcome.DECLINED


def _is_child(case: Case, day: date) -> bool:
    number = case.declaration.id_number
    births = [identity.birth_of(number)] if number else _births_told(case)
    return any(born is not None and identity.age_on(born, day) < GROWN_UP for born in births)


def _births_told(case: Case) -> Iterator[date]:
    """Days of birth that the visit tells of whoever has the applicant's name: not everybody found has a number yet."""
    visit = current_visit(case)
    answers = answers_of(visit) if visit else {}
    head = {"m_name": answers.get("head_name"), "m_id_number": answers.get("head_id_number")}
    for person in (with_birth(head), *carried_members(answers)):
        if identity.fold_name(person.get("m_name")) == case.declaration.name_folded:
            with suppress(TypeError, ValueError):
                yield date.fromisoformat(person.get("m_birth_on", ""))


def _posted(step: ProcedureStep) -> Posted:
    case, visit = step.routing.case, current_visit(step.routing.case)
    made = [d for d in step.routing.decisions if not d.is_reopened and d.category == step.category]
    return Posted(
        case=case, kind=step.category or Queue(step.routing.queue).value,
        people=(visit.living_size if visit else None) or case.declaration.family_size,
        from_on=step.happened_on, until_on=step.until_on or step.happened_on,
        amount_fen=made[-1].amount_fen if made else None,
    )  # fmt: skip
