"""人工比对: what a person says to a weak match or a damaged number (甘民发〔2023〕53号 一; DOMAIN 4.2 M2, M3, MX).

The answer stays with the finding and is never overwritten by a later run; a corrected number is
compared anew.
"""

from collections.abc import Sequence

from sqlalchemy import Select, select

from backend import access, clock
from backend.codebook import ComparisonAnswer, ComparisonCode
from backend.domain import events
from backend.domain.comparison_run import keep_past
from backend.domain.identity import normalise_id
from backend.models import Case, Comparison, Declaration, User, db
from backend.problems import Problem

MATCHES = (ComparisonCode.M2, ComparisonCode.M3)
WAITING = (*MATCHES, ComparisonCode.MX)


def waiting(actor: User) -> Select[tuple[Comparison]]:
    """Findings within sight that wait for a person, oldest declaration first."""
    seen = access.visible_declarations(actor).with_only_columns(Declaration.id)
    return (
        select(Comparison)
        .join(Declaration, Comparison.declaration_id == Declaration.id)
        .where(Comparison.code.in_(WAITING), Comparison.answer.is_(None), Declaration.id.in_(seen))
        .order_by(Comparison.code, Declaration.submitted_at, Declaration.source_no)
    )


def answers_for(code: str) -> Sequence[ComparisonAnswer]:
    """What may be said to a finding of this code."""
    if code in MATCHES:
        return (ComparisonAnswer.SAME_PERSON, ComparisonAnswer.NOT_SAME)
    return (ComparisonAnswer.CORRECTED, ComparisonAnswer.INVALID)


def answer(finding: Comparison, *, said: str, actor: User, id_number: str = "") -> None:
    """Settle a finding: 同一人 is receiving, 不是 becomes a warning, 补正 is compared anew with `id_number`.

    One event comparison:answered. Raises Problem answer_unfit for a finding that does not wait for this
    answer, id_number_invalid for a number that is not whole.
    """
    access.require(actor, "comparison:answer")
    declaration = finding.declaration
    is_published = db.session.scalar(select(Case.id).where(Case.declaration_id == declaration.id))
    if finding.answer is not None or is_published or said not in answers_for(finding.code):
        raise Problem("answer_unfit")
    events.record("comparison:answered", actor=actor, declaration=declaration.id, code=finding.code, answer=said)
    if said == ComparisonAnswer.CORRECTED:
        _correct(finding, id_number)
        return
    finding.answer, finding.answered_by, finding.answered_at = said, actor.id, clock.now()
    finding.is_warned = said == ComparisonAnswer.NOT_SAME


def _correct(finding: Comparison, id_number: str) -> None:
    found = normalise_id(id_number, clock.local(clock.now()).date())
    if not found.number:
        raise Problem("id_number_invalid")
    declaration = finding.declaration
    declaration.id_number, declaration.id_problem = found.number, None
    keep_past(finding)
    db.session.delete(finding)
