"""What the office's books say afterwards: nothing lost, nothing twice, the chain of events whole."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select

from backend.domain import events
from backend.models import Attempt, InboxConflict, InboxItem, Observation, Photo, Visit, db
from tests.faults.office import Office
from tests.faults.tally import Tally
from tests.faults.worker_phone import WorkerPhone

ARRIVED = ("received", "stored", "unreadable")


def check(office: Office, phones: Iterable[WorkerPhone], row: Tally) -> None:
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
        broken = events.broken_link()
    assert broken is None, f"the chain of events breaks at {broken}"
    assert (row["lost"], row["duplicated"], row["stuck"]) == (0, 0, 0), row.line()


def _lost(made: dict[str, str], stored: dict[str, str], kept: dict[str, str], held: set[str]) -> int:
    """Neither with the phone nor, as it was made, with the server; or receipted without being there."""
    gone = [one for one, digest in made.items() if stored.get(one) != digest and (one not in held or one in kept)]
    return len(gone)


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
