"""Unmasking: a number is shown in full only when asked for with a reason, and it is remembered who asked."""

import re

from backend.domain import events, repeats
from backend.models import Case, User
from backend.problems import Problem

LONG_NUMBERS = re.compile(r"\d{5,}")


def reveal_phone(case: Case, *, reason: str, actor: User) -> str:
    """The applicant's telephone number, the newest of those declared. One event phone:revealed, with the reason.

    Raises Problem reason_missing without a reason and no_phone when there is no number.
    """
    if not reason.strip():
        raise Problem("reason_missing")
    phone = repeats.newest_phone(case.declaration)
    if not phone:
        raise Problem("no_phone")
    events.record("phone:revealed", actor=actor, case=case, reason=LONG_NUMBERS.sub("*", reason.strip()))
    return phone
