"""Which households a figure counts (DOMAIN §5.3), and among which few it has to look for them.

One condition over the columns of `cases_at` counts a number and finds the list behind it. Pure but for SQL.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from backend.access import in_areas
from backend.codebook import (
    REFERRAL_QUEUES,
    AssistanceCategory,
    DecisionDetail,
    DecisionOutcome,
    PetitionState,
    Queue,
    ReturnReason,
    ReviewOutcome,
    RoutingState,
    Stage,
)
from backend.models import Case, Decision, Objection, Review, Routing, Visit, Voiding
from backend.models.case import IS_FOUND, any_stage

Condition = Callable[[Any, datetime], ColumnElement[bool]]
SIGNED_BY, WHOLE = 2, 3
UNSEEN = ("overdue", "not_due", "extended")
JUDGING = (Stage.SUBMITTED, Stage.RETURNED, Stage.REVIEWED)
COUNTY_DIGITS, TOWNSHIP_DIGITS = 6, 9


def _is_warning(c: Any) -> ColumnElement[bool]:
    """主动发现 has no warning, and what was taken back counts no more."""
    return and_(~c.is_found, ~c.is_void)


def _is_visited(c: Any) -> ColumnElement[bool]:
    return and_(_is_warning(c), c.started_at.is_not(None), c.visitor_signatures >= SIGNED_BY)


def _is_extended(c: Any, as_of: datetime) -> ColumnElement[bool]:
    return and_(~_seen(c), c.extended_until.is_not(None), c.extended_until > as_of)


def _seen(c: Any) -> ColumnElement[bool]:
    return and_(c.started_at.is_not(None), func.coalesce(c.visitor_signatures, 0) >= SIGNED_BY)


def _open(c: Any, as_of: datetime) -> ColumnElement[bool]:
    return and_(_is_warning(c), ~_seen(c), ~_is_extended(c, as_of))


def _to(key: str) -> Condition:
    return lambda c, at: func.coalesce(c[f"to_{key}"], 0) == 1


def _closed_with(key: str) -> Condition:
    return lambda c, at: and_(c.closed_at.is_not(None), ~c.is_void, func.coalesce(c[f"to_{key}"], 0) == 1)


SUBSIDIES = (DecisionDetail.LIVING, DecisionDetail.NURSING)
RESULTS = ("dibao", "tekun", "temporary", "child", "disability", *SUBSIDIES, "monitor", "solved")
# key → which households count, over the columns of `cases_at`; the list behind a number is found by the same.
CASE_FIGURES: dict[str, Condition] = {
    "warned": lambda c, at: _is_warning(c),
    "found": lambda c, at: c.is_found,
    "to_visit": lambda c, at: and_(_is_warning(c), ~_is_extended(c, at)),
    "extended": lambda c, at: and_(_is_warning(c), _is_extended(c, at)),
    "visited": lambda c, at: _is_visited(c),
    "in_time": lambda c, at: and_(_is_visited(c), c.started_at < c.due_at),
    "late": lambda c, at: and_(_is_visited(c), c.started_at >= c.due_at),
    "overdue": lambda c, at: and_(_open(c, at), c.due_at <= at),
    "not_due": lambda c, at: and_(_open(c, at), c.due_at > at),
    "handed_in": lambda c, at: c.started_at.is_not(None),
    "judging": lambda c, at: and_(c.started_at.is_not(None), c.to_included.is_(None), c.closed_at.is_(None)),
    "approved": lambda c, at: c.approved == 1,
    "returned": lambda c, at: c.returned == 1,
    "complete": lambda c, at: and_(c.signature_count >= WHOLE, c.photos_missing <= 0),
    "routed": lambda c, at: c.to_included.is_not(None),
    **{key: _to(key) for key in ("social_assistance", "relapse_prevention", "referral", "explanation", "explained")},
    "closed": lambda c, at: and_(c.closed_at.is_not(None), ~c.is_void),
    "void": lambda c, at: c.is_void,
    "objected": lambda c, at: func.coalesce(c.objections, 0) > 0,
    "included": _to("included"),
    **{key: _to(key) for key in RESULTS},
    "closed_included": _closed_with("included"),
    "closed_dibao": _closed_with("dibao"),
    "closed_monitor": _closed_with("monitor"),
}


class _Asked:
    """Stands for the columns of `cases_at` and remembers which ones a condition looks at."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return column(name)

    __getitem__ = __getattr__


@cache
def asked_by(key: str) -> frozenset[str]:
    """The columns of `cases_at` that a figure looks at, and those by which lists look further."""
    asked = _Asked()
    CASE_FIGURES[key](asked, datetime.now(UTC))
    return frozenset(asked.names)


def few_for(key: str, as_of: datetime, codes: Sequence[str]) -> Select[Any] | CompoundSelect[Any] | None:
    """Ids of cases among which all are that the figure counted, found by an index; None when it may be any.

    They may lie outside the areas `codes`. Below a county an area has few households as it is; of them, too, nearly
    all have been visited.
    """
    if key in UNSEEN:
        return _unseen(key, as_of, sorted({code[:COUNTY_DIGITS] for code in codes}))
    if codes and all(len(code) >= TOWNSHIP_DIGITS for code in codes):
        return None
    if key == "judging":
        return _unrouted(as_of)
    if key == "found":
        return select(Case.id).where(IS_FOUND)
    if key == "void":
        return select(Voiding.case_id).where(Voiding.state == PetitionState.APPROVED)
    if key == "objected":
        return select(Objection.case_id)
    if key == "returned":
        return select(Review.case_id).where(Review.outcome == literal_column(f"'{ReviewOutcome.RETURNED}'"))
    return _routed_or_decided(key.removeprefix("closed_"), codes)


def is_few(key: str, as_of: datetime) -> ColumnElement[bool]:
    """What the case's own row says of those few, before anything is looked up about them."""
    if key == "judging":
        return or_(Case.closed_at.is_(None), Case.closed_at > as_of)
    if key not in UNSEEN:
        return true()
    stood = or_(Case.voided_at.is_(None), Case.voided_at > as_of)
    return and_(stood, Case.due_at <= as_of) if key == "overdue" else stood


def _routed_or_decided(key: str, codes: Sequence[str]) -> Select[Any] | None:
    queues = REFERRAL_QUEUES if key == "referral" else (key,) if key in set(Queue) else ()
    result = result_of(key)
    if not queues and result is None:
        return None
    ids = select(Routing.case_id)
    if not all(len(code) == COUNTY_DIGITS for code in codes):
        if queues:
            return ids.where(Routing.queue.in_(queues))
        return ids.join(Decision, Decision.routing_id == Routing.id).where(*result or ())
    ids = ids.where(Routing.county_code.in_(codes))
    if queues:
        return ids.where(Routing.queue.in_(queues))
    # EXISTS: a county's routings are asked for their result, not the province's results for their county.
    return ids.where(select(Decision.id).where(Decision.routing_id == Routing.id, *result or ()).exists())


def result_of(key: str) -> tuple[ColumnElement[bool], ...] | None:
    """What a decision says that a figure counts; None for a figure of something else."""
    if key in set(AssistanceCategory):
        return Decision.outcome == DecisionOutcome.INCLUDED, Decision.category == key
    if key in SUBSIDIES:
        return Decision.outcome == DecisionOutcome.INCLUDED, Decision.detail == key
    if key == "included":
        return (Decision.outcome == DecisionOutcome.INCLUDED,)
    if key == "monitor":
        return Decision.outcome == DecisionOutcome.INCLUDED, Routing.queue == Queue.RELAPSE_PREVENTION
    outcome = {"explained": DecisionOutcome.EXPLAINED, "solved": DecisionOutcome.SOLVED}.get(key)
    return (Decision.outcome == outcome,) if outcome else None


def _unrouted(as_of: datetime) -> CompoundSelect[Any]:
    """Still with the township, or routed, closed or found to be another household only later."""
    routed_later = (Routing.queue.in_(list(Queue)), Routing.state.in_(list(RoutingState)), Routing.routed_at > as_of)
    return union_all(
        select(Case.id).where(any_stage().in_(JUDGING)),
        select(Case.id).where(Case.closed_at > as_of),
        select(Routing.case_id).where(*routed_later),
        select(Review.case_id).where(Review.reason_code == literal_column(f"'{ReturnReason.OTHER_HOUSEHOLD}'")),
    )


def _unseen(key: str, as_of: datetime, codes: Sequence[str]) -> CompoundSelect[Any]:
    """Nobody went, or was known to have gone by then, or two did not sign, or it was another household.

    Households move within their county only, so that `codes` say where they were, too.
    """
    return union_all(
        select(Case.id).where(Case.visited_at.is_(None), in_areas(Case, list(codes)), is_few(key, as_of)),
        select(Visit.case_id).where(Visit.counted_at > as_of),
        select(Visit.case_id).where(Visit.visitor_signatures < literal_column(str(SIGNED_BY))),
        select(Review.case_id).where(Review.reason_code == literal_column(f"'{ReturnReason.OTHER_HOUSEHOLD}'")),
    )  # fmt: skip


def unseen_here(as_of: datetime) -> ColumnElement[bool]:
    """The same, asked of one household after the other where they are few."""
    came = select(Visit.id).where(
        Visit.case_id == Case.id,
        or_(Visit.counted_at > as_of, Visit.visitor_signatures < literal_column(str(SIGNED_BY))),
    )
    elsewhere = Review.reason_code == literal_column(f"'{ReturnReason.OTHER_HOUSEHOLD}'")
    sent_back = select(Review.id).where(Review.case_id == Case.id, elsewhere)
    return or_(Case.visited_at.is_(None), came.correlate(Case).exists(), sent_back.correlate(Case).exists())
