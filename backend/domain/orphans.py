"""Leftovers of uploads that nobody needs after 30 days: bytes without a row, rows without a use.

What a person did is not among them: a photo that no facts name is listed for somebody to look at, and so
is an upload whose bytes are all here but cannot be opened. Neither is ever removed by this. Nor is a file
that a restored database knows nothing of: its phone may have let go of it, so an administrator says when.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select

from backend.domain import events, photos
from backend.domain.sync.uploads import parts
from backend.extensions import objects, settings
from backend.models import Photo, Upload, User, db
from backend.storage.epoch import restored_at

KEPT_FOR = timedelta(days=30)
UNFINISHED, FINISHED = "unfinished_upload", "finished_upload"
PART, OBJECT, RECEIVED = "part_without_upload", "object_without_photo", "received_copy"
UNNAMED, UNOPENED, RESTORED = "unnamed_photo", "unopened_upload", "object_before_restore"
GOES = (UNFINISHED, FINISHED, PART, OBJECT, RECEIVED)
STAYS = (UNNAMED, UNOPENED, RESTORED)


class Leftover(NamedTuple):
    """`name` of a row or a file, `size` in bytes, and since when nothing has happened to it."""

    kind: str
    name: str
    size: int
    since: datetime


def find_orphans(now: datetime, *, is_restore_over: bool = False) -> list[Leftover]:
    """Everything older than 30 days that goes (GOES) or that somebody should look at (STAYS).

    `is_restore_over`: nothing is missing any more since the last restore, files from before it may go, too.
    """
    before = now - KEPT_FOR
    lying = {name: (size, changed_at) for name, size, changed_at in parts().listing()}
    found = [
        *_uploads(before, lying),
        *_lost_parts(before, lying),
        *_lost_objects(before, is_restore_over),
        *_unnamed(before),
    ]
    return sorted(found, key=lambda one: ((*GOES, *STAYS).index(one.kind), one.since, one.name))


def _uploads(before: datetime, lying: dict[str, tuple[int, datetime]]) -> Iterator[Leftover]:
    for upload in db.session.scalars(select(Upload).where(Upload.finished_at.is_(None), Upload.started_at < before)):
        size, changed_at = lying.get(upload.id, (0, upload.started_at))
        if size >= upload.length:
            yield Leftover(UNOPENED, upload.id, size, changed_at)
        elif changed_at < before:
            yield Leftover(UNFINISHED, upload.id, size, changed_at)
    # Who brought a photo that no facts have named yet can be read in its upload only.
    waiting = select(Photo.id).where(Photo.case_id.is_(None))
    is_needed = (Upload.flag != "") & Upload.photo_id.in_(waiting)
    for upload in db.session.scalars(select(Upload).where(Upload.finished_at < before, ~is_needed)):
        yield Leftover(FINISHED, upload.id, 0, upload.finished_at or upload.started_at)


def _lost_parts(before: datetime, lying: dict[str, tuple[int, datetime]]) -> Iterator[Leftover]:
    open_ids = set(db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))))
    for name, (size, changed_at) in lying.items():
        if name not in open_ids and changed_at < before:
            yield Leftover(PART, name, size, changed_at)


def _lost_objects(before: datetime, is_restore_over: bool) -> Iterator[Leftover]:
    restored = None if is_restore_over else restored_at(settings().data)
    rows = {photo.id: photo for photo in db.session.scalars(select(Photo))}
    for stored in objects().listing("photos"):
        photo = rows.get(stored.name.removeprefix("photos/").partition(".")[0])
        if stored.changed_at >= before or (photo is not None and stored.name in _names(photo)):
            continue
        is_copy = photo is not None and stored.name == photos.received_name(photo)
        is_older = restored is not None and stored.changed_at < restored
        kind = RECEIVED if is_copy else RESTORED if is_older else OBJECT
        yield Leftover(kind, stored.name, stored.size, stored.changed_at)


def _names(photo: Photo) -> set[str]:
    """Where the bytes of a photo may lie in its state."""
    if photo.state == "stored":
        return {photos.picture_name(photo), photos.thumbnail_name(photo)}
    # An expected photo's bytes are here, too, when a crash came between the store and the database.
    return {photos.received_name(photo), f"photos/{photo.id}.received"}


def _unnamed(before: datetime) -> Iterator[Leftover]:
    facts = (Photo.visit_id, Photo.observation_id, Photo.attempt_id, Photo.explanation_id)
    is_alone = [one.is_(None) for one in facts]
    query = select(Photo).where(Photo.state.in_(photos.ARRIVED), *is_alone, Photo.stored_at < before)
    for photo in db.session.scalars(query):
        yield Leftover(UNNAMED, photo.id, photo.size, photo.stored_at or before)


def sweep(found: Iterable[Leftover], *, actor: User | None) -> None:
    """Delete the rows that go; `remove_files` follows once that is committed. One event orphans:swept if any goes."""
    going = [one for one in found if one.kind in GOES]
    if not going:
        return
    rows = [one.name for one in going if one.kind in (UNFINISHED, FINISHED)]
    for start in range(0, len(rows), 500):
        db.session.execute(delete(Upload).where(Upload.id.in_(rows[start : start + 500])))
    counts = Counter(one.kind for one in going)
    events.record("orphans:swept", actor=actor, counts=dict(counts), bytes=sum(one.size for one in going))


def remove_files(found: Iterable[Leftover]) -> None:
    """Take away the files of what went, unless somebody has written to them since."""
    for one in found:
        if one.kind in (UNFINISHED, PART):
            parts().remove(one.name)
        elif one.kind in (OBJECT, RECEIVED):
            objects().delete(one.name, unless_changed_since=one.since)
