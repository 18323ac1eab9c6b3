"""A case as its visitors' phones hold it: masked numbers, a few queries however many cases there are."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend import clock
from backend.access import stood_in_for
from backend.codebook import ComparisonCode, LabelEnum, ReviewOutcome, Stage
from backend.codebook.comparison import ComparisonNote, ComparisonReason
from backend.domain import identity
from backend.domain.known_household import known_of
from backend.domain.masked_answers import mask_numbers
from backend.domain.sync.case_parts import Parts
from backend.domain.sync.prefill import prefill_of
from backend.domain.sync.team import Teams
from backend.models import Case, Comparison, Declaration, Observation, Photo, Review, User, Visit, db

Json = dict[str, Any]
Grouped = dict[str, list[Any]]


class Surroundings:
    """What belongs to the cases, fetched once for all of them."""

    def __init__(self, cases: Sequence[Case], user: User) -> None:
        ids = [case.id for case in cases]
        self.user = user
        self.teams = Teams(ids, user)
        self.stood_in_for: set[str] = (
            set() if self.teams.is_all_own(ids) else set(db.session.scalars(stood_in_for(user)))
        )
        self.visits = _by_case(_visits(ids))
        self.observations = _by_case(_observations(ids))
        self.photos = _by_case(_photos(ids))
        declarations = [case.declaration_id for case in cases]
        found = db.session.scalars(select(Comparison).where(Comparison.declaration_id.in_(declarations)))
        self.comparisons = {comparison.declaration_id: comparison for comparison in found}
        self.repeats = _repeats(declarations)
        returned = [case.id for case in cases if case.stage == Stage.RETURNED]
        self.returns = {review.case_id: review for review in _returns(returned)}
        self.parts = Parts(cases, user)
        self.own_answers = dict(_own_answers(returned, user))
        self.known = known_of(cases, self.comparisons, self.repeats, reader_id=user.id)


def cases_for(user: User, ids: Sequence[str]) -> tuple[list[Json], dict[str, str]]:
    """The phone's cases with these ids, and which of the user's photos of them are stored."""
    if not ids:
        return [], {}
    query = select(Case).where(Case.id.in_(ids)).order_by(Case.ends_at, Case.id)
    whole = (joinedload(Case.declaration), joinedload(Case.township), joinedload(Case.village))
    cases = list(db.session.scalars(query.options(*whole)))
    around = Surroundings(cases, user)
    mine = [p for photos in around.photos.values() for p in photos if p.author_id == user.id]
    return [_case(case, around) for case in cases], {p.id: "stored" for p in mine if p.state != "expected"}


def _by_case(rows: Iterable[Any]) -> Grouped:
    grouped: Grouped = defaultdict(list)
    for row in rows:
        grouped[row.case_id].append(row)
    return grouped


def _repeats(ids: list[str]) -> dict[str | None, list[Declaration]]:
    """What was declared again and merged into each of these declarations, oldest first."""
    rows = db.session.execute(
        select(Comparison.into_declaration_id, Declaration)
        .join(Declaration, Declaration.id == Comparison.declaration_id)
        .where(Comparison.into_declaration_id.in_(ids), Comparison.code == ComparisonCode.DUP)
        .order_by(Declaration.submitted_at, Declaration.id)
    )
    grouped: dict[str | None, list[Declaration]] = defaultdict(list)
    for into_id, declaration in rows:
        grouped[into_id].append(declaration)
    return grouped


def _visits(ids: list[str]) -> Iterable[Any]:
    return db.session.execute(
        select(
            Visit.case_id, Visit.id, Visit.author_id, Visit.visited_at, Visit.photos_expected,
            Visit.is_current, Visit.supersedes_id, User.name,
        )
        .join(User, User.id == Visit.author_id)
        .where(Visit.case_id.in_(ids))
        .order_by(Visit.received_at)
    )  # fmt: skip


def _observations(ids: list[str]) -> Iterable[Any]:
    return db.session.execute(
        select(Observation.case_id, Observation.id, Observation.author_id, Observation.observed_at, User.name)
        .join(User, User.id == Observation.author_id)
        .where(Observation.case_id.in_(ids))
        .order_by(Observation.observed_at)
    )


def _photos(ids: list[str]) -> Iterable[Any]:
    columns = (Photo.case_id, Photo.id, Photo.visit_id, Photo.author_id, Photo.state)
    return db.session.execute(select(*columns).where(Photo.case_id.in_(ids)))


def _returns(ids: list[str]) -> Iterable[Review]:
    query = select(Review).where(Review.case_id.in_(ids), Review.outcome == ReviewOutcome.RETURNED)
    return db.session.scalars(query.options(joinedload(Review.reviewer)).order_by(Review.id)) if ids else ()


def _own_answers(ids: list[str], user: User) -> Iterable[tuple[str, Json]]:
    if not ids:
        return
    mine = select(Visit).where(Visit.case_id.in_(ids), Visit.author_id == user.id).order_by(Visit.received_at)
    newest = {visit.case_id: visit for visit in db.session.scalars(mine)}
    for case_id, visit in newest.items():
        yield case_id, mask_numbers(json.loads(visit.answers_text or "{}"))


def _case(case: Case, around: Surroundings) -> Json:
    told = [case.declaration, *around.repeats[case.declaration_id]]
    village = case.village.short_name if case.village else ""
    return {
        "id": case.id,
        "revision": case.revision,
        "number": case.number,
        "stage": case.stage,
        "stage_label": Stage(case.stage).label,
        "applicant": _applicant(case.declaration, told),
        "area": {
            "code": case.village_code or case.township_code,
            "township": case.township.short_name,
            "village": village,
            "group": case.group_text,
        },
        "declared": _declared(case.declaration, told),
        "published_at": clock.iso(case.published_at),
        "due_at": clock.iso(case.ends_at),
        "count_mode": case.count_mode,
        "limit_days": case.limit_days,
        "is_priority": case.is_priority,
        "is_urgent": case.is_urgent,
        "is_found": case.is_found,
        "comparison": _comparison(around.comparisons.get(case.declaration_id)),
        "people": around.teams.people(case.id),
        "my_duty": around.teams.duty(case.id, around.stood_in_for),
        "returned": _returned(around.returns.get(case.id)),
        "visits": [_visit(visit, case.id, around) for visit in around.visits[case.id]],
        "observations": [_observation(o, around.user) for o in around.observations[case.id]],
        "last_answers": around.own_answers.get(case.id),
        "prefill": prefill_of(case, around.known, around.teams.visitors(case.id)),
    } | around.parts.of(case)


def _applicant(declaration: Declaration, told: list[Declaration]) -> Json:
    phone = next((one.phone for one in reversed(told) if one.phone), "")
    number = declaration.id_number or ""
    birth_on = identity.birth_of(number) if len(number) == 18 else None
    return {
        "name": declaration.applicant_name,
        "id_masked": identity.mask_id(number),
        "phone_masked": identity.mask_phone(phone),
        "sex": identity.sex_of(number) if birth_on else "",
        "birth_on": birth_on.isoformat() if birth_on else None,
    }


def _declared(declaration: Declaration, told: list[Declaration]) -> Json:
    texts = dict.fromkeys(one.hardship_text for one in told if one.hardship_text)
    return {
        "family_size": declaration.family_size,
        "hardship_text": "\n".join(texts),
        "risk_label": declaration.risk_text,
        "submitted_at": clock.iso(declaration.submitted_at),
        "is_proxy": declaration.is_proxy,
        "proxy_name": declaration.proxy_name,
    }


def _comparison(comparison: Comparison | None) -> Json:
    if comparison is None:
        return {"code": "", "label": "", "note": ""}
    code = ComparisonCode(comparison.code)
    words = [_word(ComparisonReason, comparison.reason), *(_word(ComparisonNote, n) for n in comparison.notes or [])]
    return {"code": code.value, "label": code.label, "note": "；".join(filter(None, words))}


def _word(book: type[LabelEnum], code: str) -> str:
    return book(code).label if code in set(book) else ""


def _returned(review: Review | None) -> Json | None:
    if review is None:
        return None
    return {
        "reason": review.reason,
        "reason_code": review.reason_code or "",
        "comments": review.comments,
        "returned_at": clock.iso(review.reviewed_at),
        "by": review.reviewer.name,
    }


def _visit(visit: Any, case_id: str, around: Surroundings) -> Json:
    superseded = {other.supersedes_id for other in around.visits[case_id]}
    stored = sum(p.visit_id == visit.id and p.state != "expected" for p in around.photos[case_id])
    return {
        "id": visit.id,
        "author": visit.name,
        "visited_at": clock.iso(visit.visited_at),
        "is_mine": visit.author_id == around.user.id,
        "photos_expected": visit.photos_expected,
        "photos_stored": stored,
        "superseded": visit.id in superseded,
    }


def _observation(observation: Any, user: User) -> Json:
    return {
        "id": observation.id,
        "author": observation.name,
        "observed_at": clock.iso(observation.observed_at),
        "is_mine": observation.author_id == user.id,
    }
