"""Which cases a figure may have counted, asked of one case after the other as a list is read in its order.

`few_for` finds them by what is rare about them; where many were counted it is quicker to walk along the list.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, true
from sqlalchemy import case as when

from backend.codebook import REFERRAL_QUEUES, Queue, ReviewOutcome
from backend.domain.figures_conditions import UNSEEN, few_for, is_few, result_of
from backend.models import Case, Decision, Extension, Objection, Review, Routing, Visit
from backend.models.case import IS_FOUND

VISITED = ("visited", "in_time", "late", "handed_in", "approved", "returned", "complete", "judging")


def may_count(key: str, as_of: datetime, codes: Sequence[str], *, is_dense: bool) -> ColumnElement[bool]:
    """Holds for every case in `codes`, of those that somebody visited, that the figure counted."""
    few = few_for(key, as_of, codes)
    if key in UNSEEN and few is not None:
        return and_(Case.id.in_(few), is_few(key, as_of))
    if key == "found":
        return IS_FOUND
    if key == "void":
        return Case.voided_at.is_not(None)
    if key == "late":
        return _of_case(Visit, or_(Visit.visited_at >= Case.due_at, Visit.received_at >= Case.due_at))
    if key == "closed":
        return or_(Case.closed_at.is_not(None), _of_case(Objection))
    beside = along(key) if is_dense else None
    if beside is not None:
        return beside
    return true() if few is None else Case.id.in_(few)


def may_count_unvisited(key: str, as_of: datetime) -> ColumnElement[bool]:
    """The same of those whom, as it is now, nobody visited: few, and a visit that counted once is rare among them."""
    if key == "overdue":
        return Case.due_at <= as_of
    if key == "extended":
        return _of_case(Extension)
    if key in VISITED:
        return _of_case(Visit)
    if key in ("found", "void", "closed"):
        return may_count(key, as_of, (), is_dense=True)
    beside = along(key)
    return true() if beside is None else beside


def along(key: str) -> ColumnElement[bool] | None:
    """What a case that was counted has beside it."""
    if key == "returned":
        return _of_case(Review, Review.outcome == literal_column(f"'{ReviewOutcome.RETURNED}'"))
    if key == "objected":
        return _of_case(Objection)
    if key == "routed":
        return _of_case(Routing)
    key = key.removeprefix("closed_")
    queues = REFERRAL_QUEUES if key == "referral" else (key,) if key in set(Queue) else ()
    if queues:
        return _of_case(Routing, func.coalesce(Routing.queue, "").in_(queues))
    result = result_of(key)
    if result is None:
        return None
    # Without statistics SQLite would look among all that were decided so; this asks for the case's own decisions first.
    decided = select(Decision.id).join(Routing, Routing.id == Decision.routing_id)
    is_so = when((and_(*result), 1)) == 1
    return decided.where(Routing.case_id == Case.id, is_so).offset(0).correlate(Case).exists()


def _of_case(model: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # The offset keeps PostgreSQL from looking through all of them at once, for a page of forty.
    return select(model.id).where(model.case_id == Case.id, *conditions).offset(0).correlate(Case).exists()
