"""Where households had been routed to by a moment and what was decided there, as columns in SQL.

Each column is put together only where a figure asks for it: some are dear.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select
from sqlalchemy import case as when

from backend.codebook import REFERRAL_QUEUES, AssistanceCategory, DecisionOutcome, Queue
from backend.domain.figures_conditions import SUBSIDIES
from backend.models import Case, Decision, Routing
from backend.models.base import unix

INCLUDED = Decision.outcome == DecisionOutcome.INCLUDED
TEMPORARY = and_(INCLUDED, Decision.category == AssistanceCategory.TEMPORARY)
FLAGS: dict[str, ColumnElement[bool]] = {
    "social_assistance": Routing.queue == Queue.SOCIAL_ASSISTANCE,
    "relapse_prevention": Routing.queue == Queue.RELAPSE_PREVENTION,
    "referral": Routing.queue.in_(REFERRAL_QUEUES), "explanation": Routing.queue == Queue.EXPLANATION,
    "explained": Decision.outcome == DecisionOutcome.EXPLAINED, "included": INCLUDED,
    "monitor": and_(INCLUDED, Routing.queue == Queue.RELAPSE_PREVENTION),
    "solved": Decision.outcome == DecisionOutcome.SOLVED,
    **{str(c): and_(INCLUDED, Decision.category == c) for c in AssistanceCategory},
    **{str(d): and_(INCLUDED, Decision.detail == d) for d in SUBSIDIES},
}  # fmt: skip


def flag(condition: ColumnElement[bool]) -> Any:
    return func.max(when((condition, 1), else_=0))


def routed(here: ColumnElement[bool], as_of: datetime, asked: frozenset[str] | None) -> Subquery:
    """One row for each case with a routing that stood at the moment; with `asked` only these columns."""
    columns = [flag(condition).label(f"to_{key}") for key, condition in FLAGS.items() if _is_asked(f"to_{key}", asked)]
    columns += [make(as_of).label(name) for name, make in SUMS.items() if _is_asked(name, asked)]
    return (
        select(Routing.case_id, *columns)
        .join(Case, Case.id == Routing.case_id)
        .outerjoin(Decision, and_(Decision.routing_id == Routing.id, Decision.decided_at <= as_of, ~_is_undone(as_of)))
        .where(here, _stands(as_of)).group_by(Routing.case_id)
    ).subquery()  # fmt: skip


def _is_asked(name: str, asked: frozenset[str] | None) -> bool:
    return asked is None or name in asked


def _accepted(as_of: datetime) -> ColumnElement[bool]:
    return and_(Routing.accepted_at <= as_of, or_(Decision.id.is_(None), _is_first_decision(as_of)))


def _seconds(as_of: datetime) -> Any:
    return func.sum(when((_accepted(as_of), unix(Routing.accepted_at) - unix(Routing.routed_at)), else_=0))


SUMS: dict[str, Callable[[datetime], Any]] = {
    "temporary_times": lambda as_of: func.sum(when((TEMPORARY, 1), else_=0)),
    "temporary_fen": lambda as_of: func.sum(when((TEMPORARY, func.coalesce(Decision.amount_fen, 0)), else_=0)),
    "accept_count": lambda as_of: func.sum(when((_accepted(as_of), 1), else_=0)),
    "accept_seconds": _seconds,
}


def is_ahead(moment: Any, as_of: datetime) -> ColumnElement[bool]:
    return or_(moment.is_(None), moment > as_of)


def _stands(as_of: datetime) -> ColumnElement[bool]:
    left = (is_ahead(moment, as_of) for moment in (Routing.returned_at, Routing.withdrawn_at))
    return and_(Routing.routed_at <= as_of, *left)


def _is_undone(as_of: datetime) -> ColumnElement[bool]:
    """An objection or a correction had undone the result by then."""
    return and_(Decision.reopened_at.is_not(None), Decision.reopened_at <= as_of)


def _is_first_decision(as_of: datetime) -> ColumnElement[bool]:
    """A routing with several results is accepted once."""
    other = Decision.__table__.alias()
    first = select(func.min(other.c.id)).where(other.c.routing_id == Routing.id, other.c.decided_at <= as_of)
    return Decision.id == first.correlate(Routing).scalar_subquery()
