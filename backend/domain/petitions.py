"""报县批 (甘民发〔2023〕53号 二: 县乡村振兴部门牵头入户核查): what 延期 and 作废 have in common.

Parts of the verbs in `extension` and `voiding`; they record no event themselves.
"""

from collections.abc import Iterable

from backend import clock
from backend.codebook import PetitionState, Stage
from backend.domain.held_cases import NOT_VISITED
from backend.models import Case, Extension, User, Voiding, db
from backend.problems import Problem


def is_open_to(case: Case) -> bool:
    """Whether a request about the case still makes sense: nobody has been met there yet."""
    return case.stage in NOT_VISITED


def replace_waiting(petitions: Iterable[Extension | Voiding]) -> None:
    """What waits gives way to what comes now; it stays as it was written."""
    for petition in petitions:
        if petition.state == PetitionState.ASKED:
            petition.state = PetitionState.REPLACED
    db.session.flush()


def grant(petition: Extension | Voiding, note: str, *, actor: User) -> None:
    """The county agrees. Raises Problem petition_answered, wrong_stage (a visit came first)."""
    if not is_open_to(petition.case):
        raise Problem("wrong_stage", stage=Stage(petition.case.stage).label)
    answer(petition, PetitionState.APPROVED, note, actor=actor)


def answer(petition: Extension | Voiding, state: PetitionState, note: str, *, actor: User) -> None:
    """The county's word. Raises Problem petition_answered."""
    if petition.state != PetitionState.ASKED:
        raise Problem("petition_answered")
    petition.state, petition.decision_note = state, note.strip()
    petition.decider, petition.decided_at = actor, clock.now()
