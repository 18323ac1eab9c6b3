"""找一户: by its number or by an ID number, within what the person may see; who looked by ID is remembered.

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
COUNTY_DIGITS = 6
NOT_COUNTED = re.compile(r"[\s\-‐–—_.·]+")
# Behind these letters stands the number of a case, not of a person (`publication.next_number`); its last four digits
# are what people look for, more may be a stretch of somebody's number.
KINDS = ("YJ", "FX")
PRIVATE = re.compile(r"(?<!YJ)(?<!FX)(?<![0-9])[0-9]{5,}", re.I)
NUMBER = re.compile(r"(?:(YJ|FX)([0-9]{6})-?([0-9]{8})-?|([0-9]{6})-([0-9]{8})-)([A-Z]?[0-9]{4,})")
STRETCH = re.compile(r"[0-9-]*(?:-[A-Z])?[0-9]+")
ID_DIGITS = 15
TAG = "search:by_id"


def is_private(words: str) -> bool:
    """Whether what was typed is or holds somebody's number or part of it (ID, telephone): no address may hold that."""
    return PRIVATE.search(NOT_COUNTED.sub("", unicodedata.normalize("NFKC", words))) is not None


def _folded(words: str) -> str:
    return re.sub(r"[‐–—−]", "-", re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))).upper()


def numbers_of(words: str) -> list[str]:
    """The whole numbers of cases that the words may mean: 620525-20261125-0012 is a warning's or a found household's."""
    told = NUMBER.fullmatch(_folded(words))
    if told is None:
        return []
    kind, *rest = (part for part in told.groups() if part is not None) if told[1] else ("", *told.groups()[3:])
    return [f"{one}{'-'.join(rest)}" for one in ((kind,) if kind else KINDS)]


def find_by_number(words: str, *, actor: User) -> list[Case]:
    """Cases in sight with this number, typed with or without the letters before it, or that have this stretch in it.

    A stretch of digits is looked for only where it may be a person's, else lists find it; whoever sees whole cities
    gives it from the beginning.
    """
    query: Select[Any] = access.visible_cases(actor)
    if numbers := numbers_of(words):
        return list(db.session.scalars(query.where(Case.number.in_(numbers)).order_by(Case.number.desc())))
    stretch = _folded(words)
    if not is_private(words) or not STRETCH.fullmatch(stretch):
        return []
    here = or_(*(Case.number.startswith(f"{kind}{stretch}") for kind in KINDS))
    if all(len(code) >= COUNTY_DIGITS for code in actor.area_codes):
        here = Case.number.contains(stretch)
    return list(db.session.scalars(query.where(here).order_by(Case.number.desc()).limit(MOST_FOUND)))


def find_by_person(typed: str, *, actor: User) -> list[Case]:
    """`find_by_id` of what has the length of one. Raises Problem case_number_unknown or number_part for what has not."""
    if numbers_of(typed) and not identity.normalise_id(typed, clock.local(clock.now()).date()).number:
        raise Problem("case_number_unknown")
    if len(re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", typed))) < ID_DIGITS:
        raise Problem("number_part")
    return find_by_id(typed, actor=actor)


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
    theirs = _declared_by(number)
    query: Select[Any] = access.visible_cases(actor).where(Case.declaration_id.in_(theirs))
    newest = query.order_by(Case.published_at.desc(), Case.id).limit(MOST_FOUND)
    found = list(db.session.scalars(newest)) if theirs else []
    events.record(TAG, actor=actor, found=len(found))
    return found


def _declared_by(number: str) -> set[str]:
    """Ids of what this person declared, and of what it was merged into: told one by one, they are found by an index."""
    declared = set(
        db.session.scalars(select(Declaration.id).where(Declaration.id_number_lookup == key_ring().lookup(number)))
    )
    merged = select(Comparison.into_declaration_id).where(Comparison.declaration_id.in_(declared))
    return declared | {one for one in db.session.scalars(merged) if one}
