"""督办 (甘民发〔2023〕53号 四 督促落实): a written order to a township about its households, its answer, and the end."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from backend import access, clock
from backend.codebook import SupervisionState
from backend.domain import events, running_numbers
from backend.domain.late_cases import late_query
from backend.models import Area, Case, SupervisionNotice, User, db
from backend.problems import Problem

MOST_HOUSEHOLDS = 200
MOST_NAMED = 5


def issue_notice(
    township: Area, *, cases: Sequence[Case], due_at: datetime, matter: str, reply_wanted: str, actor: User
) -> SupervisionNotice:
    """Order a township to see to `cases` until `due_at` (aware) and to say what `reply_wanted` asks.

    One event supervision:issued. Raises Problem supervision_empty, supervision_other_township,
    supervision_due (not ahead), supervision_matter, supervision_not_late, supervision_twice.
    """
    access.require(actor, "supervision:issue")
    if not any(township.code.startswith(code) for code in actor.area_codes) or township.level != "township":
        raise Problem("not_found")
    if not cases or len(cases) > MOST_HOUSEHOLDS:
        raise Problem("supervision_empty")
    if any(case.township_code != township.code for case in cases):
        raise Problem("supervision_other_township")
    now = clock.now()
    if due_at <= now:
        raise Problem("supervision_due")
    if not matter.strip() or not reply_wanted.strip():
        raise Problem("supervision_matter")
    _expect_late(township, cases, now)
    number = _next_number(township.code[:6])
    _expect_first(township, cases)
    notice = SupervisionNotice(
        number=number, county_code=township.code[:6], township_code=township.code,
        matter=matter.strip(), reply_wanted=reply_wanted.strip(), state=SupervisionState.ISSUED,
        issuer=actor, issued_at=now, due_at=due_at, answer="", cases=list(cases),
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    events.record("supervision:issued", actor=actor, notice=notice.id, township=township.code, cases=len(cases))
    return notice


def answer_notice(notice: SupervisionNotice, *, answer: str, actor: User) -> SupervisionNotice:
    """The township says what it did. One event supervision:answered. Raises Problem supervision_state, reason_missing."""
    access.require(actor, "supervision:answer")
    _expect(notice, SupervisionState.ISSUED)
    if not answer.strip():
        raise Problem("supervision_answer")
    notice.answer, notice.answerer, notice.answered_at = answer.strip(), actor, clock.now()
    notice.state = SupervisionState.ANSWERED
    events.record("supervision:answered", actor=actor, notice=notice.id)
    return notice


def close_notice(notice: SupervisionNotice, *, actor: User) -> SupervisionNotice:
    """销号: what was answered is good. One event supervision:closed. Raises Problem supervision_state."""
    access.require(actor, "supervision:issue")
    _expect(notice, SupervisionState.ANSWERED)
    notice.state, notice.closed_at = SupervisionState.CLOSED, clock.now()
    events.record("supervision:closed", actor=actor, notice=notice.id)
    return notice


def _expect_late(township: Area, cases: Sequence[Case], now: datetime) -> None:
    """Not visited and over the limit or near its end, as the page of late households lists them, or visited too late."""
    listed = {one for near in (False, True) for one in db.session.scalars(late_query(township.code, now, is_near=near))}
    others = [one for one in cases if one.id not in listed]
    fine = [one.number for one in others if one.visited_at is None or one.visited_at < one.ends_at]
    if fine:
        raise Problem("supervision_not_late", numbers="、".join(fine[:MOST_NAMED]))


def _expect_first(township: Area, cases: Sequence[Case]) -> None:
    # Asked after the number was drawn: whoever sent the same form at the same moment has waited there.
    asked = {case.id for case in cases}
    waiting = select(SupervisionNotice).where(
        SupervisionNotice.township_code == township.code, SupervisionNotice.state == SupervisionState.ISSUED,
        SupervisionNotice.cases.any(Case.id.in_(asked)),
    )  # fmt: skip
    for notice in db.session.scalars(waiting.order_by(SupervisionNotice.id)):
        if {case.id for case in notice.cases} == asked:
            raise Problem("supervision_twice", number=notice.number)


def _expect(notice: SupervisionNotice, state: SupervisionState) -> None:
    if notice.state != state:
        raise Problem("supervision_state", state=SupervisionState(notice.state).label)


def _next_number(county_code: str) -> str:
    # Whoever issues at the same moment waits here, so that no number is given twice.
    events.hold_chain()
    prefix = f"DB{county_code}-{clock.local(clock.now()).year}-"
    last = db.session.scalar(
        select(func.max(SupervisionNotice.number)).where(SupervisionNotice.number.startswith(prefix))
    )
    return prefix + running_numbers.following(last.rsplit("-", 1)[1] if last else None, width=3)
