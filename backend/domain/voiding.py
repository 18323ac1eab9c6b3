"""作废 (甘民发〔2023〕53号 二): a warning that needs no visit after all, asked by the township, granted by the county.

Such a case is closed and counted apart: it is neither visited nor overdue.
"""

from backend import access, clock
from backend.codebook import PetitionState, Stage, VoidReason
from backend.domain import events, petitions
from backend.models import Case, User, Voiding
from backend.problems import Problem


def request_voiding(case: Case, *, reason_code: str, reason: str, actor: User) -> Voiding:
    """Ask the county to void a case that nobody has visited; the limit runs on until it agrees.

    One event voiding:asked. Raises Problem wrong_stage, reason_missing.
    """
    access.require(actor, "case:void", case)
    if reason_code not in set(VoidReason) or not reason.strip():
        raise Problem("reason_missing", fields={} if reason.strip() else {"reason": "reason"})
    petitions.replace_waiting(case.voidings)
    made = Voiding(
        reason_code=reason_code, asked_at=clock.now(), asker=actor, state=PetitionState.ASKED, decision_note=""
    )
    made.reason = reason.strip()
    case.voidings.append(made)
    events.record("voiding:asked", actor=actor, case=case, voiding=made.id, reason=reason_code)
    return made


def approve(voiding: Voiding, *, actor: User, note: str = "") -> Voiding:
    """The county agrees: the case is closed as void and leaves the phones. One event case:voided.

    Raises Problem petition_answered, wrong_stage when somebody has been met there meanwhile.
    """
    case = voiding.case
    access.require(actor, "petition:decide")
    petitions.grant(voiding, note, actor=actor)
    petitions.replace_waiting(case.extensions)
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    case.voided_at = case.closed_at
    events.record("case:voided", actor=actor, case=case, voiding=voiding.id, reason=voiding.reason_code)
    return voiding


def refuse(voiding: Voiding, *, reason: str, actor: User) -> Voiding:
    """The county does not agree; the case goes on as before. One event voiding:refused.

    Raises Problem petition_answered, reason_missing.
    """
    access.require(actor, "petition:decide")
    if not reason.strip():
        raise Problem("reason_missing")
    petitions.answer(voiding, PetitionState.REFUSED, reason, actor=actor)
    events.record("voiding:refused", actor=actor, case=voiding.case, voiding=voiding.id)
    return voiding
