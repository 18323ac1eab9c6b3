"""需核实 (DOMAIN §9): what does not look right about a visit, for whoever reviews or oversees it.

Each has a harmless reason often enough. It is a reason to look or to ask, never a penalty, and is summed for nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from backend.codebook import AnomalyKind
from backend.domain.review import current_visit
from backend.domain.visit_times import TOLERANCE
from backend.models import Case, Photo, Visit, db

SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class Anomaly:
    """One thing to look at. `other` is the case it was compared with, `at` the instant it is about."""

    kind: AnomalyKind
    other: Case | None = None
    at: datetime | None = None


def anomalies(case: Case) -> list[Anomaly]:
    """What does not look right about the visit that counts; each kind once."""
    visit = current_visit(case)
    if visit is None:
        return []
    found = [_same_photo(case, visit), _old_photo(case, visit), _far_visit(case, visit), _clock_jump(visit)]
    return [one for one in found if one is not None]


def _same_photo(case: Case, visit: Visit) -> Anomaly | None:
    mine = select(Photo.sha256).where(Photo.visit_id == visit.id)
    query = select(Case).join(Photo, Photo.case_id == Case.id).where(Photo.sha256.in_(mine), Case.id != case.id)
    other = db.session.scalar(query.order_by(Case.id).limit(1))
    return Anomaly(AnomalyKind.SAME_PHOTO, other) if other else None


def _old_photo(case: Case, visit: Visit) -> Anomaly | None:
    taken = [p.taken_at for p in case.photos if p.visit_id == visit.id and p.taken_at is not None]
    oldest = min((at for at in taken if at < case.published_at), default=None)
    return Anomaly(AnomalyKind.OLD_PHOTO, at=oldest) if oldest else None


def _far_visit(case: Case, visit: Visit) -> Anomaly | None:
    """Another village within ten minutes; which villages are far from each other is for people to know."""
    near = Visit.visited_at.between(visit.visited_at - SOON, visit.visited_at + SOON)
    query = (
        select(Case, Visit.visited_at)
        .join(Visit, Visit.case_id == Case.id)
        .where(Visit.author_id == visit.author_id, near, Case.village_code != case.village_code)
    )
    row = db.session.execute(query.order_by(Visit.id).limit(1)).first()
    return Anomaly(AnomalyKind.FAR_VISITS, row[0], row[1]) if row else None


def _clock_jump(visit: Visit) -> Anomaly | None:
    is_off = abs(visit.skew_seconds) > TOLERANCE.total_seconds()
    return Anomaly(AnomalyKind.CLOCK_JUMP, at=visit.received_at) if is_off else None
