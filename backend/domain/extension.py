"""延期 (甘民发〔2023〕53号 二, 5日内): nobody can be met within the limit, and the county agrees to a later day.

The published limit is never rewritten and holds until the county says yes: an approved request is a row of its
own, and `deadline.in_force` says which end counts.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from backend import access, clock
from backend.codebook import NoticeKind, PetitionState, VerdictReason
from backend.domain import deadline, events, notices, petitions
from backend.domain.contributions import when_told
from backend.form.limits import LIMITS
from backend.models import Case, Extension, InboxItem, User
from backend.problems import Problem


def request_extension(case: Case, *, until_on: date, reason: str, actor: User) -> Extension:
    """Ask the county, from the desk, for time until 24:00 of `until_on`; an earlier request that waits gives way.

    One event extension:asked. Raises Problem wrong_stage, reason_missing, extension_over (it is asked for before the
    limit ends, so that what is overdue stays counted as overdue), extension_not_later, extension_too_late.
    """
    access.require(actor, "case:extend", case)
    if not reason.strip():
        raise Problem("reason_missing", fields={"reason": "reason"})
    until_at = deadline.end_of(until_on)
    if clock.now() >= case.ends_at:
        raise Problem("extension_over")
    if until_at <= case.ends_at:
        raise Problem("extension_not_later", fields={"until_on": "not_later"})
    if until_at > _latest(case):
        raise Problem("extension_too_late", fields={"until_on": "too_late"})
    return _ask(case, until_at, reason, clock.now(), actor=actor, item=None, is_fit=True)


def record_request(
    case: Case, told: Mapping[str, Any], *, actor: User, item: InboxItem | None = None, is_fit: bool = True
) -> tuple[Extension, list[VerdictReason]]:
    """Keep what a visitor asks for from the phone; one that no longer fits is kept as it was written.

    `told` has asked_at (aware), until_on, reason. One event extension:asked.
    """
    _, moment, doubts = when_told(case, told, "asked_at", item)
    until_at = deadline.end_of(told["until_on"])
    is_fit = is_fit and petitions.is_open_to(case) and moment < case.ends_at < until_at <= _latest(case)
    if not is_fit:
        doubts = [VerdictReason.NOT_TO_EXTEND, *doubts]
    return _ask(case, until_at, told["reason"], moment, actor=actor, item=item, is_fit=is_fit), doubts


def _latest(case: Case) -> datetime:
    """A day further away was mistyped: nobody can be away that long from a household in need."""
    return case.ends_at + timedelta(days=LIMITS["extension_days"])


def _ask(
    case: Case,
    until_at: datetime,
    reason: str,
    asked_at: datetime,
    *,
    actor: User,
    item: InboxItem | None,
    is_fit: bool,
) -> Extension:
    if is_fit:
        petitions.replace_waiting(case.extensions)
    made = Extension(
        until_at=until_at, asked_at=asked_at, asker=actor, item_id=item.id if item else None,
        state=PetitionState.ASKED if is_fit else PetitionState.UNFIT, decision_note="",
    )  # fmt: skip
    made.reason = reason.strip()
    case.extensions.append(made)
    events.record("extension:asked", actor=actor, case=case, extension=made.id, until=clock.iso(until_at), fits=is_fit)
    return made


def approve(extension: Extension, *, actor: User, note: str = "") -> Extension:
    """The county agrees: from now on the case's limit ends with the asked day. One event extension:approved.

    Raises Problem petition_answered, wrong_stage when somebody has been met there meanwhile.
    """
    case = extension.case
    access.require(actor, "petition:decide")
    petitions.grant(extension, note, actor=actor)
    case.extended_until_at = extension.until_at
    notices.tell_extension(extension, NoticeKind.EXTENSION_APPROVED)
    events.record(
        "extension:approved", actor=actor, case=case, extension=extension.id, until=clock.iso(extension.until_at)
    )
    return extension


def refuse(extension: Extension, *, reason: str, actor: User) -> Extension:
    """The county does not agree; the limit stays, and who asked reads the reason. One event extension:refused.

    Raises Problem petition_answered, reason_missing.
    """
    access.require(actor, "petition:decide")
    if not reason.strip():
        raise Problem("reason_missing")
    petitions.answer(extension, PetitionState.REFUSED, reason, actor=actor)
    notices.tell_extension(extension, NoticeKind.EXTENSION_REFUSED)
    events.record("extension:refused", actor=actor, case=extension.case, extension=extension.id)
    return extension
