"""What the worker does, piece by piece: each is committed by itself and may be done again after any crash."""

import logging
import time
from typing import NamedTuple

from sqlalchemy import select

from backend import clock, webhooks
from backend.domain import figures_snapshots, messages, orphans, photos
from backend.domain.sync.apply import apply_pending
from backend.extensions import objects
from backend.models import Photo, db
from backend.storage.darkroom import Darkroom, DarkroomClosed, darkroom

log = logging.getLogger(__name__)
ITEMS_AT_ONCE = 20
MOST_ROUNDS = 10_000
LONGEST_COUNT = 120


class Done(NamedTuple):
    """How many deposits were judged and photos developed."""

    applied: int
    developed: int


def do_what_waits() -> Done:
    """Everything that waits now, for tests and for a server without a worker."""
    applied = developed = 0
    for _ in range(MOST_ROUNDS):
        count = apply_some()
        applied += count
        if not count:
            break
    tried: set[str] = set()
    for _ in range(MOST_ROUNDS):
        count = develop_some(ITEMS_AT_ONCE, tried)
        developed += count
        if not count:
            break
    return Done(applied, developed)


def apply_some() -> int:
    """Judge some deposits that nobody has judged; how many."""
    try:
        count = apply_pending()
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.error("deposits wait to be judged: %s", type(error).__name__)
        return 0
    return count


def develop_some(most: int, tried: set[str] | None = None) -> int:
    """Develop up to `most` received photos; how many. `tried` collects those that were attempted."""
    seen = tried if tried is not None else set()
    query = select(Photo.id).where(Photo.state == "received", Photo.id.not_in(seen)).order_by(Photo.stored_at)
    waiting = db.session.scalars(query.limit(most)).all()
    db.session.rollback()
    if not waiting:
        return 0
    count = 0
    with darkroom() as room:
        for photo_id in waiting:
            seen.add(photo_id)
            try:
                count += _develop(photo_id, room)
            except DarkroomClosed:
                log.error("the darkroom closed; photos wait for the next")
                break
            except Exception as error:
                db.session.rollback()
                log.error("photo %s waits to be developed: %s", photo_id, type(error).__name__)
    return count


def _develop(photo_id: str, room: Darkroom) -> bool:
    photo = db.session.get(Photo, photo_id)
    if photo is None or photo.state != "received":
        return False
    received = photos.received_name(photo)
    raw = objects().get(received)
    # Decoding takes its time, and the store its own: nothing of the database is held meanwhile.
    db.session.rollback()
    picture = room.develop(raw)
    if picture is not None:
        photos.keep_developed(photo_id, picture)
    photo = db.session.get(Photo, photo_id, with_for_update=True, populate_existing=True)
    if photo is None or photo.state != "received":
        db.session.rollback()
        return False
    photos.develop(photo, picture, actor=None)
    db.session.commit()
    if picture is not None:
        objects().delete(received)
    return True


def sweep_leftovers(*, is_restore_over: bool = False) -> list[orphans.Leftover]:
    """Take away what nobody needs any more; what was found (see `domain.orphans`)."""
    found = orphans.find_orphans(clock.now(), is_restore_over=is_restore_over)
    orphans.sweep(found, actor=None)
    db.session.commit()
    orphans.remove_files(found)
    return found


def count_areas() -> int:
    """Make the newest figures of large areas, each committed by itself; how many.

    After `LONGEST_COUNT` seconds the others wait for the next time, when they come first.
    """
    areas, until, count = figures_snapshots.areas_to_count(), time.monotonic() + LONGEST_COUNT, 0
    db.session.rollback()
    for code in areas:
        if time.monotonic() > until:
            break
        figures_snapshots.take_snapshot(code)
        db.session.commit()
        count += 1
    return count


def tell_offices() -> int:
    """Make messages of what happened since the last time, and in the morning of what is due; how many events."""
    walked = 0
    for _ in range(MOST_ROUNDS):
        count = messages.tell_new()
        db.session.commit()
        walked += count
        if count < messages.EVENTS_AT_ONCE:
            break
    messages.tell_due()
    db.session.commit()
    return walked


def send_summaries() -> int:
    """Send the day's summary to the groups it has not reached; how many were tried."""
    waiting = [one.id for one in webhooks.waiting()]
    db.session.rollback()
    for webhook_id in waiting:
        webhooks.send(webhook_id, webhooks.summary_of, is_daily=True)
    return len(waiting)


def send_urgent() -> int:
    """Tell groups of households in 急难 at once; how many groups were tried."""
    waiting = [one.id for one in webhooks.urgent_waiting()]
    db.session.rollback()
    for webhook_id in waiting:
        webhooks.send(webhook_id, webhooks.urgent_of)
    return len(waiting)
