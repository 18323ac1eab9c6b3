"""How a person stands to a case at the moment an item is judged: whose it is, and what came between."""

from typing import NamedTuple

from sqlalchemy import select

from backend.codebook import ItemKind, Stage, VerdictReason
from backend.domain import cover, discoveries, review
from backend.domain.explanation import waiting_routing
from backend.domain.visits import awaits_visit
from backend.models import Case, Event, User, db


class Standing(NamedTuple):
    """`reason` None: adopt it. Otherwise keep it beside the case and let the township look."""

    is_theirs: bool
    reason: VerdictReason | None


def standing_of(user: User, case: Case, kind: str, base_revision: int) -> Standing:
    """Whether `user` was ever sent to this household, stood in for one who was, or found it, and what speaks against simply adopting the item.

    A base revision behind is no reason by itself: only somebody else's visit in between is.
    """
    ends: list[object] = [assignment.ended_at for assignment in case.assignments if assignment.user_id == user.id]
    if not ends or all(ends):
        ends += cover.ends_of(user, case)
    if not ends and discoveries.found_by(user, case):
        return Standing(True, VerdictReason.CLOSED if case.stage == Stage.CLOSED else VerdictReason.FOUND_BESIDE)
    if not ends:
        return Standing(False, VerdictReason.FOREIGN_CASE)
    if case.stage == Stage.CLOSED:
        return Standing(True, VerdictReason.CLOSED)
    if all(ends):
        return Standing(True, VerdictReason.REASSIGNED)
    if kind == ItemKind.EXPLANATION and waiting_routing(case) is None:
        return Standing(True, VerdictReason.NOT_TO_EXPLAIN)
    return Standing(True, _visit_reason(user, case, base_revision) if kind == ItemKind.VISIT else None)


def _visit_reason(user: User, case: Case, base_revision: int) -> VerdictReason | None:
    current = review.current_visit(case)
    if current is not None and current.author_id != user.id:
        is_answer = case.stage == Stage.RETURNED and base_revision >= _recorded_revision(case)
        return None if is_answer else VerdictReason.OTHER_VISIT
    return None if awaits_visit(case, user) else VerdictReason.ALREADY_REVIEWED


def _recorded_revision(case: Case) -> int:
    """The case's revision with its newest visit in it."""
    last = db.session.scalar(
        select(Event).where(Event.case_id == case.id, Event.tag == "visit:recorded").order_by(Event.id.desc()).limit(1)
    )
    return int(last.facts.get("revision", 0)) if last else 0
