"""AB 角: somebody is on leave, and the stand-in sees and visits what was theirs, from a day to a day.

Nothing is reassigned: `access.visible_cases` counts the days, so that a cover begins and ends by itself, and a
phone hears of it with its next pull, which is always the difference of what it holds and what it may see.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from backend import access, clock
from backend.domain import assignment, events
from backend.models import Case, Cover, User, db
from backend.models.questions import each, today
from backend.problems import Problem

LONGEST_DAYS = 92


def _overlaps(from_on: Any, until_on: Any) -> ColumnElement[bool]:
    return and_(Cover.ended_at.is_(None), Cover.from_on <= until_on, Cover.until_on >= from_on)


_AWAY_TODAY = select(Cover).where(Cover.user_id.in_(each("people")), _overlaps(today(), today()))


def covers_now(user_ids: Sequence[str]) -> dict[str, Cover]:
    """{account id: the cover by which that person is away today}."""
    return {row.user_id: row for row in db.session.scalars(_AWAY_TODAY, {"people": user_ids})}


def ends_of(user: User, case: Case) -> list[date | None]:
    """How `user` stood in at this case, for those who were sent there: None while it lasts, else its last day."""
    day = clock.local(clock.now()).date()
    sent = {a.user_id: a.ended_at for a in case.assignments}
    still = {a.user_id for a in case.assignments if a.ended_at is None}
    rows = db.session.scalars(select(Cover).where(Cover.stand_in_id == user.id, Cover.user_id.in_(sent)))
    begun = [row for row in rows if row.from_on <= day]
    lasts = [row.ended_at is None and row.until_on >= day and row.user_id in still for row in begun]
    return [None if on else row.until_on for row, on in zip(begun, lasts, strict=True)]


def set_cover(user: User, *, stand_in: User, from_on: date, until_on: date, actor: User) -> Cover:
    """`stand_in` goes to the households of `user` on these days, both included. One event cover:set.

    Raises Problem cover_days, cover_too_long, cover_overlaps, stand_in_away, same_person_twice, not_field_worker,
    inactive_user.
    """
    access.require(actor, "cover:set")
    if user.id == stand_in.id:
        raise Problem("same_person_twice", fields={"stand_in": "choose"})
    assignment.check_may_visit(stand_in)
    if until_on < from_on or until_on < clock.local(clock.now()).date():
        raise Problem("cover_days", fields={"until_on": "cover_days"})
    if (until_on - from_on).days >= LONGEST_DAYS:
        raise Problem("cover_too_long", fields={"until_on": "cover_days"}, days=LONGEST_DAYS)
    for away in db.session.scalars(
        select(Cover).where(or_(Cover.user_id == user.id, Cover.user_id == stand_in.id), _overlaps(from_on, until_on))
    ):
        code, field = ("cover_overlaps", "from_on") if away.user_id == user.id else ("stand_in_away", "stand_in")
        raise Problem(code, fields={field: code}, name=away.user.name)
    made = Cover(user=user, stand_in=stand_in, from_on=from_on, until_on=until_on, set_by=actor.id, set_at=clock.now())
    db.session.add(made)
    db.session.flush()
    events.record("cover:set", actor=actor, cover=made.id, user=user.id, stand_in=stand_in.id)
    return made


def end_cover(cover: Cover, *, actor: User) -> Cover:
    """The person is back earlier. One event cover:ended. Raises Problem cover_over."""
    access.require(actor, "cover:set")
    if cover.ended_at is not None or cover.until_on < clock.local(clock.now()).date():
        raise Problem("cover_over")
    cover.ended_at = clock.now()
    events.record("cover:ended", actor=actor, cover=cover.id)
    return cover
