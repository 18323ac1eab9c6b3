"""Unmasking: a number is shown in full only when asked for with a reason, and it is remembered who asked."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from backend import access, clock
from backend.access_supervision import may_reveal
from backend.domain import events, repeats
from backend.models import Case, Event, User, db
from backend.problems import Problem

TAG = "phone:revealed"
LONG_NUMBERS = re.compile(r"\d{5,}")
MOST_ASKED, WITHIN = 30, timedelta(minutes=1)


def reveal_phone(case: Case, *, reason: str, actor: User) -> str:
    """The applicant's telephone number, the newest of those declared. One event phone:revealed, with the reason.

    Raises Problem reveal_not_drawn (a supervisor, and no lot of theirs), reason_missing without a reason, no_phone when
    there is no number, too_many_requests: nobody reads them by the hundred, from whichever page.
    """
    access.require(actor, "case:reveal", case)
    if not may_reveal(actor, case):
        raise Problem("reveal_not_drawn")
    if not reason.strip():
        raise Problem("reason_missing")
    asked = select(func.count()).select_from(Event).where(Event.actor_id == actor.id, Event.tag == TAG)
    if (db.session.scalar(asked.where(Event.happened_at > clock.now() - WITHIN)) or 0) >= MOST_ASKED:
        raise Problem("too_many_requests")
    phone = repeats.newest_phone(case.declaration)
    if not phone:
        raise Problem("no_phone")
    events.record(TAG, actor=actor, case=case, reason=LONG_NUMBERS.sub("*", reason.strip()))
    return phone
