"""What the office's books say afterwards: nothing lost, nothing twice, the chain of events whole."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import func, select

from backend import clock
from backend.domain import events, photos
from backend.extensions import objects
from backend.models import Attempt, InboxConflict, InboxItem, Observation, Photo, Upload, Visit, db
from backend.storage.keys import UnreadableSeal
from backend.upkeep import sweep_leftovers
from tests.faults.office import Office
from tests.faults.tally import Tally

ARRIVED = ("received", "stored", "unreadable")


class Holder(Protocol):
    """A phone's books: hashes of what it made and of what was receipted, and what it still holds."""

    made: dict[str, str]
    shots: dict[str, str]
    kept: dict[str, str]
    outbox: dict[str, Any]
    album: dict[str, Any]
    waiting: set[str]


def check(office: Office, phones: Iterable[Holder], row: Tally) -> None:
    """Compare the books with what the phones made and were receipted, fill `row`, and fail on any loss."""
    made: dict[str, str] = {}
    shots: dict[str, str] = {}
    kept: dict[str, str] = {}
    held: set[str] = set()
    for holder in phones:
        made |= holder.made
        shots |= holder.shots
        kept |= holder.kept
        held |= holder.outbox.keys() | holder.album.keys()
        row.add("stuck", len(holder.outbox) + len(holder.album) + len(holder.waiting))
    with office.opened():
        stored = dict(db.session.execute(select(InboxItem.id, InboxItem.sha256)).all())
        arrived = dict(db.session.execute(select(Photo.id, Photo.sha256).where(Photo.state.in_(ARRIVED))).all())
        row.add("items", len(made))
        row.add("photos", len(shots))
        row.add("lost", _lost(made, stored, kept, held) + _lost(shots, arrived, kept, held))
        row.add("duplicated", _twice(made, shots))
        row.add("lost", sum(not _is_readable(photo) for photo in _waiting(shots)))
        broken = events.broken_link()
    assert broken is None, f"the chain of events breaks at {broken}"
    assert (row["lost"], row["duplicated"], row["stuck"]) == (0, 0, 0), row.line()


def _lost(made: dict[str, str], stored: dict[str, str], kept: dict[str, str], held: set[str]) -> int:
    """Neither with the phone nor, as it was made, with the server; or receipted without being there."""
    gone = [one for one, digest in made.items() if stored.get(one) != digest and (one not in held or one in kept)]
    return len(gone)


def _waiting(shots: dict[str, str]) -> Iterable[Photo]:
    found = db.session.scalars(select(Photo).where(Photo.state == "received"))
    return [photo for photo in found if photo.id in shots]


def _is_readable(photo: Photo) -> bool:
    """Whether the bytes as received lie in the object store and are the announced ones."""
    try:
        return sha256(objects().get(photos.received_name(photo))).hexdigest() == photo.sha256
    except (FileNotFoundError, UnreadableSeal):
        return False


def _twice(made: dict[str, str], shots: dict[str, str]) -> int:
    """Rows beyond the one that each item and each photo may have."""
    rows: Counter[str] = Counter()
    for table in (Visit, Observation, Attempt):
        counted = select(table.item_id, func.count()).where(table.item_id.is_not(None)).group_by(table.item_id)
        for item_id, number in db.session.execute(counted):
            rows[item_id] += number
    hashes = Counter(db.session.scalars(select(Photo.sha256)))
    too_many = sum(number - 1 for item_id, number in rows.items() if item_id in made)
    too_many += sum(max(0, hashes[digest] - 1) for digest in shots.values())
    return too_many + (db.session.scalar(select(func.count()).select_from(InboxConflict)) or 0)


def rows_of(item_id: str) -> int:
    """How many facts an item has become."""
    counts = (select(func.count()).where(table.item_id == item_id) for table in (Visit, Observation, Attempt))
    return sum(db.session.scalar(count) or 0 for count in counts)


def leftovers(office: Office) -> list[str]:
    """Files that nobody needs: parts of uploads that are finished or unknown, halves of broken writes."""
    with office.opened():
        under_way = set(db.session.scalars(select(Upload.id).where(Upload.finished_at.is_(None))))
    parts = [path.name for path in office.folder.glob("uploads/*") if path.name not in under_way]
    return parts + [path.name for path in office.folder.glob("objects/**/*.new")]


def sweep(office: Office) -> None:
    """What the night of the day after the thirtieth takes away."""
    with office.opened(), clock.standing_at(clock.now() + timedelta(days=31)):
        sweep_leftovers()
