"""找一户: by an ID number, within what the person may see, and remembered that somebody looked.

甘民发〔2023〕53号 四: 严格保护个人信息. The number stands in no address, log or event.
"""

import re
import unicodedata
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from backend import access, clock
from backend.domain import events, identity
from backend.extensions import key_ring
from backend.models import Case, Comparison, Declaration, Event, User, db
from backend.problems import Problem

MOST_FOUND = 20
MOST_ASKED, WITHIN = 20, timedelta(minutes=10)
NOT_COUNTED = re.compile(r"[\s\-_.·]+")
# Behind these letters stands the number of a case, not of a person (`publication.next_number`).
PRIVATE = re.compile(r"(?<!YJ)(?<!FX)(?<![0-9])[0-9]{11,}", re.I)
TAG = "search:by_id"


def is_private(words: str) -> bool:
    """Whether what was typed is or holds somebody's number (ID, telephone) and must not stand in an address."""
    return PRIVATE.search(NOT_COUNTED.sub("", unicodedata.normalize("NFKC", words))) is not None


def find_by_id(typed: str, *, actor: User) -> list[Case]:
    """Cases in sight whose declarer, now or in a declaration merged into it, has this ID number; newest first.

    One event search:by_id with how many were found. Raises Problem id_number_invalid, too_many_requests.
    """
    access.require(actor, TAG)
    now = clock.now()
    asked = select(func.count()).select_from(Event).where(Event.actor_id == actor.id, Event.happened_at > now - WITHIN)
    if (db.session.scalar(asked.where(Event.tag == TAG)) or 0) >= MOST_ASKED:
        raise Problem("too_many_searches")
    number = identity.normalise_id(typed, clock.local(now).date()).number
    if not number:
        raise Problem("id_number_invalid")
    declared = select(Declaration.id).where(Declaration.id_number_lookup == key_ring().lookup(number))
    merged = select(Comparison.into_declaration_id).where(Comparison.declaration_id.in_(declared))
    is_theirs = or_(Case.declaration_id.in_(declared), Case.declaration_id.in_(merged))
    query: Select[Any] = access.visible_cases(actor).where(is_theirs)
    found = list(db.session.scalars(query.order_by(Case.published_at.desc(), Case.id).limit(MOST_FOUND)))
    events.record(TAG, actor=actor, found=len(found))
    return found
