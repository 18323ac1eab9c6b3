"""What had come to be known of households by a moment, a fact at a time, as columns in SQL and the joins they need."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, null, select
from sqlalchemy import case as when
from sqlalchemy.orm import aliased

from backend.codebook import (
    PetitionState,
    ReturnReason,
    ReviewOutcome,
)
from backend.domain.figures_results import FLAGS, SUMS, flag, is_ahead, routed
from backend.models import (
    Assignment,
    Case,
    Correction,
    Declaration,
    Extension,
    Objection,
    Photo,
    Review,
    Visit,
    Voiding,
)
from backend.models.base import unix

Part = tuple[dict[str, Any], list[tuple[Any, Any]]]


class Facts:
    """(columns, the joins they need) of one fact after the other; what two of them need is made once.

    With `asked` the result has only these columns.
    """

    def __init__(self, here: ColumnElement[bool], as_of: datetime, asked: frozenset[str] | None = None) -> None:
        self._here, self._as_of, self._asked = here, as_of, asked
        self._declared = (Declaration, Declaration.id == Case.declaration_id)

    @cached_property
    def _ends(self) -> Subquery:
        return _ends(self._here, self._as_of)

    @cached_property
    def _visits(self) -> tuple[Any, Any]:
        return self._ends, self._ends.c.case_id == Case.id

    @cached_property
    def _at_last(self) -> tuple[Any, list[tuple[Any, Any]]]:
        last = aliased(Visit)
        return last, [self._visits, (last, last.id == self._ends.c.last_id)]

    def limit(self) -> Part:
        until = func.max(Extension.until_at).label("until_at")
        longer = _granted(Extension, self._here, self._as_of, until)
        told = {"due_at": func.coalesce(longer.c.until_at, Case.due_at), "extended_until": longer.c.until_at}
        return told, [(longer, longer.c.case_id == Case.id)]

    def void(self) -> Part:
        void = _granted(Voiding, self._here, self._as_of)
        return {"is_void": void.c.case_id.is_not(None)}, [(void, void.c.case_id == Case.id)]

    def closed(self) -> Part:
        then = when((Case.closed_at <= self._as_of, Case.closed_at), else_=null())
        return {"closed_at": func.coalesce(then, _closed_before(self._as_of))}, []

    def submitted(self) -> Part:
        return {"submitted_at": Declaration.submitted_at}, [self._declared]

    def started(self) -> Part:
        first = aliased(Visit)
        started = when((first.visited_at < Case.published_at, first.received_at), else_=first.visited_at)
        told = {"started_at": started, "received_at": first.received_at}
        return told, [self._visits, (first, first.id == self._ends.c.first_id)]

    def signed(self) -> Part:
        last, joins = self._at_last
        signed = {"visitor_signatures": last.visitor_signatures, "signature_count": last.signature_count}
        return signed | {"visit_id": last.id}, joins

    def people(self) -> Part:
        last, joins = self._at_last
        return {"people": func.coalesce(last.living_size, Declaration.family_size, 1)}, [self._declared, *joins]

    def pictures(self) -> Part:
        (last, joins), photos = self._at_last, _photos(self._here, self._as_of)
        missing = last.photos_expected - func.coalesce(photos.c.came, 0)
        return {"photos_missing": missing}, [*joins, (photos, photos.c.visit_id == self._ends.c.last_id)]

    def assigned(self) -> Part:
        return self._whole(_sent(self._here, self._as_of))

    def judged(self) -> Part:
        return self._whole(_judged(self._here, self._as_of))

    def objected(self) -> Part:
        return self._whole(_raised(self._here, self._as_of))

    def routed(self) -> Part:
        return self._whole(routed(self._here, self._as_of, self._asked))

    def _whole(self, one: Subquery) -> Part:
        return {c.key: c for c in one.c if c.key != "case_id"}, [(one, one.c.case_id == Case.id)]


PARTS: dict[tuple[str, ...], Callable[[Facts], Part]] = {
    ("due_at", "extended_until"): Facts.limit,
    ("is_void",): Facts.void,
    ("closed_at",): Facts.closed,
    ("submitted_at",): Facts.submitted,
    ("started_at", "received_at"): Facts.started,
    ("visitor_signatures", "signature_count", "visit_id"): Facts.signed,
    ("people",): Facts.people,
    ("photos_missing",): Facts.pictures,
    ("assigned_at",): Facts.assigned,
    ("returned", "approved", "review_seconds"): Facts.judged,
    ("objections",): Facts.objected,
    (*(f"to_{key}" for key in FLAGS), *SUMS): Facts.routed,
}


def _granted(model: Any, here: ColumnElement[bool], as_of: datetime, *columns: Any) -> Subquery:
    """延期 or 作废 that the county had granted by then, a row for each case."""
    query = select(model.case_id, *columns).join(Case, Case.id == model.case_id)
    is_granted = and_(model.state == PetitionState.APPROVED, model.decided_at <= as_of)
    return query.where(here, is_granted).group_by(model.case_id).subquery()


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


def _judged(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    approved = Review.outcome == ReviewOutcome.APPROVED
    took = unix(Review.reviewed_at) - unix(Visit.received_at)
    return (
        select(
            Review.case_id, flag(~approved).label("returned"), flag(approved).label("approved"),
            func.min(when((approved, took))).label("review_seconds"),
        )
        .join(Case, Case.id == Review.case_id).join(Visit, Visit.id == Review.visit_id)
        .where(here, Review.reviewed_at <= as_of, is_ahead(Review.withdrawn_at, as_of)).group_by(Review.case_id)
    ).subquery()  # fmt: skip


def _raised(here: ColumnElement[bool], as_of: datetime) -> Subquery:
    query = select(Objection.case_id, func.count().label("objections")).join(Case, Case.id == Objection.case_id)
    return query.where(here, Objection.recorded_at <= as_of).group_by(Objection.case_id).subquery()


def _closed_before(as_of: datetime) -> Any:
    """When a case had been closed that an objection or a correction opened again only later: at most one of them."""
    ends = ((Objection, Objection.answered_at), (Correction, Correction.corrected_at))
    before = (
        select(func.min(one.case_closed_at)).where(one.case_id == Case.id, one.case_closed_at <= as_of, again > as_of)
        for one, again in ends
    )
    return func.coalesce(*(query.scalar_subquery() for query in before))
