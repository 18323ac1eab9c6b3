"""督办 (甘民发〔2023〕53号 四 督促落实): a written order to a township about its households, its answer, and the end."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from backend import access, clock
from backend.codebook import SupervisionState
from backend.domain import events
from backend.models import Area, Case, SupervisionNotice, User, db
from backend.problems import Problem

MOST_HOUSEHOLDS = 200


def issue_notice(
    township: Area, *, cases: Sequence[Case], due_at: datetime, matter: str, reply_wanted: str, actor: User
) -> SupervisionNotice:
    """Order a township to see to `cases` until `due_at` (aware) and to say what `reply_wanted` asks.

    One event supervision:issued. Raises Problem supervision_empty, supervision_other_township,
    supervision_due (not ahead), supervision_matter.
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
    notice = SupervisionNotice(
        number=_next_number(township.code[:6]), county_code=township.code[:6], township_code=township.code,
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
    return f"{prefix}{int(last.rsplit('-', 1)[1]) + 1 if last else 1:03d}"
