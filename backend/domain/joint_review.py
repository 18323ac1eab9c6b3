"""联合研判 by two offices (甘民发〔2023〕53号 二): 民政办 and 乡村振兴办 both agree before a visit is approved.

Whether a township has two offices that do is the dated parameter `joint_review`; never set means one is enough.
"""

from collections.abc import Sequence

from sqlalchemy import select

from backend import access, clock
from backend.domain import events, parameters
from backend.models import Case, JointOpinion, User, Visit, db
from backend.problems import Problem

KEY = "joint_review"


def is_joint(case: Case) -> bool:
    """Whether the case's township judges by two offices today."""
    day = clock.local(clock.now()).date()
    row = parameters.standing((KEY,), on=day, area_code=case.township_code).get(KEY)
    return row is not None and row.value is True


def opinions_on(visit: Visit) -> Sequence[JointOpinion]:
    """Who agreed with this very visit already, the first one first; a corrected visit starts anew."""
    query = select(JointOpinion).where(JointOpinion.visit_id == visit.id).order_by(JointOpinion.id)
    return db.session.scalars(query).all()


def other_office(visit: Visit, user: User) -> JointOpinion | None:
    """The opinion of another office than that of `user`."""
    return next((one for one in opinions_on(visit) if one.office != user.unit and one.given_by != user.id), None)


def give_opinion(case: Case, visit: Visit, *, text: str, actor: User) -> JointOpinion:
    """The first office agrees; the other one then approves. One event visit:agreed.

    Raises Problem wrong_stage, not_joint, opinion_given when this office agreed already.
    """
    access.require(actor, "case:review", case)
    if not is_joint(case):
        raise Problem("not_joint")
    if any(one.office == actor.unit or one.given_by == actor.id for one in opinions_on(visit)):
        raise Problem("opinion_given")
    made = JointOpinion(case_id=case.id, visit_id=visit.id, office=actor.unit, text=text.strip(), giver=actor,
                        given_at=clock.now())  # fmt: skip
    db.session.add(made)
    events.record("visit:agreed", actor=actor, case=case, visit=visit.id)
    return made


def check_both_offices(case: Case, visit: Visit, actor: User) -> None:
    """Raises Problem second_office_missing while another office than that of `actor` has not agreed."""
    if is_joint(case) and other_office(visit, actor) is None:
        raise Problem("second_office_missing")
