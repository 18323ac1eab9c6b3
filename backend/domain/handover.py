"""交接: what somebody was sent to goes to others, and the phones hear of it; nothing that was done is lost."""

from sqlalchemy import Select

from backend import access, clock
from backend.codebook import Stage
from backend.domain import assignment, events, kinship
from backend.models import Assignment, Case, User, db
from backend.problems import Problem

IN_HAND = (Stage.ASSIGNED, Stage.RETURNED)


def in_hand(cases: Select[tuple[Case]], user: User) -> Select[tuple[Case]]:
    """Those of `cases` that `user` has still to visit."""
    mine = Case.assignments.any((Assignment.user_id == user.id) & Assignment.ended_at.is_(None))
    return cases.where(Case.stage.in_(IN_HAND), mine)


def hand_over(case: Case, *, leaving: User, to: User, reason: str, actor: User) -> Case:
    """`to` goes instead of `leaving`, with the same duty; who goes along stays. One event case:handed_over.

    What `leaving` still hands in is judged as after any reassignment. Raises Problem wrong_stage, reason_missing,
    not_going, already_going, near_relative, or why `to` may not be sent.
    """
    access.require(actor, "case:assign", case)
    if not reason.strip():
        raise Problem("reason_missing", fields={"reason": "reason"})
    going = [a for a in case.assignments if a.ended_at is None]
    given = next((a for a in going if a.user_id == leaving.id), None)
    if given is None:
        raise Problem("not_going", name=leaving.name)
    if any(a.user_id == to.id for a in going):
        raise Problem("already_going", name=to.name)
    assignment.check_visitor(case, to)
    kinship.check_no_relative(case, {given.duty: to})
    given.ended_at = now = clock.now()
    db.session.flush()
    case.assignments.append(
        Assignment(user=to, duty=given.duty, assigned_at=now, assigned_by=actor.id, reason=reason.strip())
    )
    events.record("case:handed_over", actor=actor, case=case, leaving=leaving.id, to=to.id, duty=given.duty)
    return case
