"""What was known of each household at a moment, in SQL: a fact that came later does not count (DOMAIN §5.3).

A visit counts from when it became the visit that counts, a routing until it was returned or withdrawn, a
finding of the rosters until a newer one. So the same moment gives the same figures today and next year.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, null, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from backend.codebook import (
    REFERRAL_QUEUES,
    AssistanceCategory,
    DecisionOutcome,
    PetitionState,
    Queue,
    ReturnReason,
    ReviewOutcome,
)
from backend.domain.figures_conditions import CASE_FIGURES, SUBSIDIES, asked_by, few_for
from backend.domain.figures_moves import Places
from backend.models import (
    Assignment,
    Case,
    Correction,
    Decision,
    Declaration,
    Extension,
    Objection,
    Photo,
    Review,
    Routing,
    Visit,
    Voiding,
)
from backend.models.base import unix


def _granted(model: Any, here: ColumnElement[bool], as_of: datetime, *columns: Any) -> Subquery:
    """延期 or 作废 that the county had granted by then, a row for each case."""
    query = select(model.case_id, *columns).join(Case, Case.id == model.case_id)
    is_granted = and_(model.state == PetitionState.APPROVED, model.decided_at <= as_of)
    return query.where(here, is_granted).group_by(model.case_id).subquery()


def cases_at(codes: Sequence[str], as_of: datetime, *, key: str = "") -> Subquery:
    """A row for each case published by `as_of` (aware) in the areas `codes`, with what was known of it then.

    With the `key` of a figure only what that figure asks for is looked up, and only among cases it may have counted.
    """
    asked = asked_by(key) if key else None
    places = Places(as_of)
    here = _among(places.within(codes), few_for(key, as_of, codes) if key else None)
    columns: dict[str, Any] = {"id": Case.id, "is_found": Case.is_found, "published_at": Case.published_at}
    columns |= {"county_code": Case.county_code, "township_code": places.township_code()}
    joins: list[tuple[Any, Any]] = []
    for told, more in _parts(here, as_of):
        wanted = {name: column for name, column in told.items() if asked is None or name in asked}
        columns |= wanted
        joins += [join for join in more if wanted and join not in joins]
    query = select(*(column.label(name) for name, column in columns.items()))
    for target, on in joins:
        query = query.outerjoin(target, on)
    return query.where(here, Case.published_at <= as_of).subquery("cases_at")


def _among(here: ColumnElement[bool], few: Any) -> ColumnElement[bool]:
    """Those of `few` that are `here`, found once for all the facts that are looked up about them."""
    if few is None:
        return here
    return Case.id.in_(select(select(Case.id).where(here, Case.id.in_(few)).cte("few").c.id))


def _parts(here: ColumnElement[bool], as_of: datetime) -> Iterator[tuple[dict[str, Any], list[tuple[Any, Any]]]]:
    """(columns, the joins they need), one fact after the other."""
    ends, first, last = _ends(here, as_of), aliased(Visit), aliased(Visit)
    longer, void = (
        _granted(Extension, here, as_of, func.max(Extension.until_at).label("until_at")),
        _granted(Voiding, here, as_of),
    )
    photos, sent = _photos(here, as_of), _sent(here, as_of)
    judged, routed = _judged(here, as_of), _routed(here, as_of)
    started = when((first.visited_at < Case.published_at, first.received_at), else_=first.visited_at)
    declared = (Declaration, Declaration.id == Case.declaration_id)
    visits = (ends, ends.c.case_id == Case.id)
    at_first, at_last = [visits, (first, first.id == ends.c.first_id)], [visits, (last, last.id == ends.c.last_id)]
    yield (
        {"due_at": func.coalesce(longer.c.until_at, Case.due_at), "extended_until": longer.c.until_at},
        [(longer, longer.c.case_id == Case.id)],
    )
    yield {"is_void": void.c.case_id.is_not(None)}, [(void, void.c.case_id == Case.id)]
    closed = func.coalesce(when((Case.closed_at <= as_of, Case.closed_at), else_=null()), _closed_before(as_of))
    yield {"closed_at": closed}, []
    yield {"submitted_at": Declaration.submitted_at}, [declared]
    yield {"started_at": started, "received_at": first.received_at}, at_first
    signed = {"visitor_signatures": last.visitor_signatures, "signature_count": last.signature_count}
    yield signed | {"visit_id": last.id}, at_last
    yield {"people": func.coalesce(last.living_size, Declaration.family_size, 1)}, [declared, *at_last]
    missing = last.photos_expected - func.coalesce(photos.c.came, 0)
    yield {"photos_missing": missing}, [*at_last, (photos, photos.c.visit_id == ends.c.last_id)]
    yield {"assigned_at": sent.c.assigned_at}, [(sent, sent.c.case_id == Case.id)]
    yield (
        {name: judged.c[name] for name in ("returned", "approved", "review_seconds")},
        [(judged, judged.c.case_id == Case.id)],
    )
    raised = _raised(here, as_of)
    yield {"objections": raised.c.objections}, [(raised, raised.c.case_id == Case.id)]
    yield {c.key: c for c in routed.c if c.key != "case_id"}, [(routed, routed.c.case_id == Case.id)]


def _ends(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    """First and last visit that counted by then; ids are in their order. One to another household was none to this."""
    elsewhere = (
        select(Review.id)
        .where(
            Review.case_id == Visit.case_id, Review.outcome == ReviewOutcome.RETURNED,
            Review.reason_code == ReturnReason.OTHER_HOUSEHOLD, Review.reviewed_at <= as_of,
            Review.reviewed_at >= Visit.counted_at,
        ).exists()
    )  # fmt: skip
    found = (Visit.case_id, func.min(Visit.id).label("first_id"), func.max(Visit.id).label("last_id"))
    query = select(*found).join(Case, Case.id == Visit.case_id).where(here, Visit.counted_at <= as_of, ~elsewhere)
    return query.group_by(Visit.case_id).subquery()


def _photos(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    query = select(Photo.visit_id, func.count().label("came")).join(Case, Case.id == Photo.case_id)
    return query.where(here, Photo.stored_at <= as_of).group_by(Photo.visit_id).subquery()


def _sent(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    query = select(Assignment.case_id, func.min(Assignment.assigned_at).label("assigned_at")).join(Case)
    return query.where(here, Assignment.assigned_at <= as_of).group_by(Assignment.case_id).subquery()


def _flag(condition: ColumnElement[bool]) -> Any:
    return func.max(when((condition, 1), else_=0))


def _judged(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    counts = or_(Review.withdrawn_at.is_(None), Review.withdrawn_at > as_of)
    approved = Review.outcome == ReviewOutcome.APPROVED
    took = unix(Review.reviewed_at) - unix(Visit.received_at)
    return (
        select(
            Review.case_id, _flag(~approved).label("returned"), _flag(approved).label("approved"),
            func.min(when((approved, took))).label("review_seconds"),
        )
        .join(Case, Case.id == Review.case_id).join(Visit, Visit.id == Review.visit_id)
        .where(here, Review.reviewed_at <= as_of, counts).group_by(Review.case_id)
    ).subquery()  # fmt: skip


def _routed(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    """One row for each case with a routing that stood at the moment: where to, and what was decided there."""
    included = Decision.outcome == DecisionOutcome.INCLUDED
    accepted = and_(Routing.accepted_at <= as_of, or_(Decision.id.is_(None), _is_first_decision(as_of)))
    columns = {
        "social_assistance": Routing.queue == Queue.SOCIAL_ASSISTANCE,
        "relapse_prevention": Routing.queue == Queue.RELAPSE_PREVENTION,
        "referral": Routing.queue.in_(REFERRAL_QUEUES), "explanation": Routing.queue == Queue.EXPLANATION,
        "explained": Decision.outcome == DecisionOutcome.EXPLAINED, "included": included,
        "monitor": and_(included, Routing.queue == Queue.RELAPSE_PREVENTION),
        "solved": Decision.outcome == DecisionOutcome.SOLVED,
        **{str(c): and_(included, Decision.category == c) for c in AssistanceCategory},
        **{str(d): and_(included, Decision.detail == d) for d in SUBSIDIES},
    }  # fmt: skip
    temporary = and_(included, Decision.category == AssistanceCategory.TEMPORARY)
    took = unix(Routing.accepted_at) - unix(Routing.routed_at)
    return (
        select(
            Routing.case_id, *(_flag(condition).label(f"to_{key}") for key, condition in columns.items()),
            func.sum(when((temporary, 1), else_=0)).label("temporary_times"),
            func.sum(when((temporary, func.coalesce(Decision.amount_fen, 0)), else_=0)).label("temporary_fen"),
            func.sum(when((accepted, 1), else_=0)).label("accept_count"),
            func.sum(when((accepted, took), else_=0)).label("accept_seconds"),
        )
        .join(Case, Case.id == Routing.case_id)
        .outerjoin(Decision, and_(Decision.routing_id == Routing.id, Decision.decided_at <= as_of, ~_is_undone(as_of)))
        .where(here, _stands(as_of)).group_by(Routing.case_id)
    ).subquery()  # fmt: skip


def _raised(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    query = select(Objection.case_id, func.count().label("objections")).join(Case, Case.id == Objection.case_id)
    return query.where(here, Objection.recorded_at <= as_of).group_by(Objection.case_id).subquery()


def _stands(as_of: datetime) -> ColumnElement[bool]:
    def is_ahead(moment: Any) -> ColumnElement[bool]:
        return or_(moment.is_(None), moment > as_of)

    return and_(Routing.routed_at <= as_of, is_ahead(Routing.returned_at), is_ahead(Routing.withdrawn_at))


def _is_undone(as_of: datetime) -> ColumnElement[bool]:
    """An objection or a correction had undone the result by then."""
    return and_(Decision.reopened_at.is_not(None), Decision.reopened_at <= as_of)


def _closed_before(as_of: datetime) -> Any:
    """When a case had been closed that an objection or a correction opened again only later: at most one of them."""
    heard = select(func.min(Objection.case_closed_at)).where(
        Objection.case_id == Case.id, Objection.case_closed_at <= as_of, Objection.answered_at > as_of
    )
    mended = select(func.min(Correction.case_closed_at)).where(
        Correction.case_id == Case.id, Correction.case_closed_at <= as_of, Correction.corrected_at > as_of
    )
    return func.coalesce(heard.scalar_subquery(), mended.scalar_subquery())


def _is_first_decision(as_of: datetime) -> ColumnElement[bool]:
    """A routing with several results is accepted once."""
    other = Decision.__table__.alias()
    first = select(func.min(other.c.id)).where(other.c.routing_id == Routing.id, other.c.decided_at <= as_of)
    return Decision.id == first.correlate(Routing).scalar_subquery()


def cases_in(key: str, codes: Sequence[str], as_of: datetime) -> Select[Any]:
    """Ids of the cases that a figure counted. Raises KeyError for a figure that there is not."""
    at = cases_at(codes, as_of, key=key)
    return select(at.c.id).where(CASE_FIGURES[key](at.c, as_of))
