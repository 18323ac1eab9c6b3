"""乡镇联合研判: the township's word on a visit (甘民发〔2023〕53号 二; 退回补正)."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from backend import access, clock, form
from backend.codebook import ReturnReason, ReviewOutcome, Stage
from backend.domain import events, joint_review
from backend.models import Case, Review, User, Visit
from backend.problems import Problem


class Comment(TypedDict):
    """What to mend at one question: {"key": question key, "text": the reviewer's words}."""

    key: str
    text: str


def current_visit(case: Case) -> Visit | None:
    """The visit that counts: the newest that nothing supersedes."""
    return next((visit for visit in reversed(case.visits) if visit.is_current), None)


def photos_missing(visit: Visit) -> int:
    """How many announced photos of a visit have not arrived."""
    stored = sum(1 for photo in visit.case.photos if photo.visit_id == visit.id and photo.state != "expected")
    return max(0, visit.photos_expected - stored)


def approve(
    case: Case,
    *,
    actor: User,
    reason: str = "",
    adopted: Mapping[str, str] | None = None,
    differing: Sequence[str] = (),
) -> Review:
    """Accept the visit as it is. `differing` are the questions told differently, `adopted` what was chosen.

    One event visit:approved. Raises Problem wrong_stage, photos_incomplete, second_office_missing (联合研判), or
    differing_undecided when a differing fact has no choice.
    """
    access.require(actor, "case:review", case)
    visit = _visit(case)
    if missing := photos_missing(visit):
        raise Problem("photos_incomplete", missing=missing)
    joint_review.check_both_offices(case, visit, actor)
    chosen = dict(adopted or {})
    for key in differing:
        if not chosen.get(key):
            asked = form.question(key)
            raise Problem("differing_undecided", label=asked.label if asked else key, fields={key: "choose"})
    review = Review(
        visit_id=visit.id, outcome=ReviewOutcome.APPROVED, reason=reason, adopted=chosen,
        comments=[], reviewer=actor, reviewed_at=clock.now(),
    )  # fmt: skip
    case.reviews.append(review)
    case.stage = Stage.REVIEWED
    events.record("visit:approved", actor=actor, case=case, visit=visit.id)
    return review


def return_for_correction(
    case: Case, *, actor: User, reason_code: str, reason: str, comments: Sequence[Comment] = ()
) -> Review:
    """Send the visit back to the phone with a reason and words on single questions; the visit time holds.

    One event visit:returned. Raises Problem wrong_stage or return_needs_reason.
    """
    access.require(actor, "case:review", case)
    if reason_code not in set(ReturnReason) or not reason.strip():
        raise Problem("return_needs_reason")
    visit = _visit(case)
    review = Review(
        visit_id=visit.id, outcome=ReviewOutcome.RETURNED, reason_code=reason_code, reason=reason.strip(),
        comments=[dict(c) for c in comments if c["text"].strip()], adopted={}, reviewer=actor, reviewed_at=clock.now(),
    )  # fmt: skip
    case.reviews.append(review)
    case.stage = Stage.RETURNED
    events.record("visit:returned", actor=actor, case=case, visit=visit.id, reason=reason_code)
    return review


def standing_return(case: Case) -> Review | None:
    """The return that still waits for an answer, if the case is in that stage."""
    if case.stage != Stage.RETURNED:
        return None
    return next((r for r in reversed(case.reviews) if r.outcome == ReviewOutcome.RETURNED), None)


def _visit(case: Case) -> Visit:
    visit = current_visit(case)
    if visit is None:
        raise Problem("wrong_stage", stage=Stage(case.stage).label)
    return visit
