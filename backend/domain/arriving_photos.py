"""照片 that arrive: kept as they came, noted, receipted; what they show is looked at later (see `photos`).

Plain statements throughout: a village brings its photos all at once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from backend.domain import events
from backend.domain.photos import ARRIVED, beside_id, name_as_received
from backend.domain.sync.coming import AnyUpload
from backend.domain.sync.receipts import Receipt, receipt_number, sign
from backend.extensions import objects
from backend.models import Photo, db
from backend.models.base import written_past
from backend.models.plain import Order, Question, among
from backend.storage.files import Raw

_PHOTOS: Any = Photo.__table__


class Known(NamedTuple):
    """What is asked of a photo that has the id of one that comes."""

    id: str
    author_id: str
    case_id: str | None
    sha256: str
    state: str
    stored_at: datetime | None


_LOOK = select(*(_PHOTOS.c[name] for name in Known._fields))
_LOOK_ONCE = Question(_LOOK.where(_PHOTOS.c.id.in_((bindparam("first"), bindparam("beside")))))
# By id, so that nobody waits crosswise.
_LOCK = Question(_LOOK.where(among(_PHOTOS.c.id)).order_by(_PHOTOS.c.id).with_for_update())
_HERE_NOW = ("state", "size", "stored_at", "receipt_no")
_ARRIVE = update(_PHOTOS).where(_PHOTOS.c.id == bindparam("its_id"))
_ARRIVE = _ARRIVE.values({name: bindparam(f"its_{name}") for name in _HERE_NOW})
_COLUMNS = ("id", "author_id", "case_id", "sha256", "kind", "source", *_HERE_NOW)
_NOTE = Order(insert(_PHOTOS), *_COLUMNS)


def look(photo_id: str, content_hash: str) -> tuple[Known | None, Known | None]:
    """The first photo under this id, and the one with these very bytes once they are here."""
    found = [Known(*row) for row in _LOOK_ONCE.ask(first=photo_id, beside=beside_id(photo_id, content_hash))]
    return _among({one.id: one for one in found}, photo_id, content_hash)


def _among(known: Mapping[str, Known], photo_id: str, content_hash: str) -> tuple[Known | None, Known | None]:
    first, beside = known.get(photo_id), known.get(beside_id(photo_id, content_hash))
    for photo in (first, beside):
        if photo is not None and photo.sha256 == content_hash and photo.state in ARRIVED:
            return first, photo
    return first, None


def keep_received(photo_id: str, content_hash: str, raw: Raw, *, first: Known | None) -> str:
    """Put bytes that have this hash into the object store; the name they got. Not yet a photo: see `receive`.

    `first` is the photo under this id, as `look` found it. Whoever receives it settles the name first, with those of others.
    """
    place = photo_id if first is None or first.sha256 == content_hash else beside_id(photo_id, content_hash)
    name = name_as_received(place, content_hash)
    objects().lay(name, raw)
    return name


def receive(upload: AnyUpload, kept: str) -> str:
    """The photo of a finished upload, whose bytes lie in the object store as `kept`, is here: the receipt's outcome.

    Other bytes than the first under this id become a photo of their own beside it (conflict, else stored). One event
    photo:stored, none when these bytes are already here.
    """
    outcomes, _ = receive_all([(upload, kept)])
    return outcomes[0]


def receive_all(finished: Sequence[tuple[AnyUpload, str]]) -> tuple[list[str], str]:
    """What `receive` does, for photos of different ids; their outcomes, and the chain's new end if it moved."""
    db.session.flush()
    known = _lock([upload for upload, _ in finished])
    arrivals = [_arrive(upload, kept, *_among(known, upload.photo_id, upload.sha256)) for upload, kept in finished]
    fresh = [one.row for one in arrivals if one.said and not one.is_expected]
    expected = [one.row for one in arrivals if one.said and one.is_expected]
    if fresh:
        _NOTE.give(fresh)
    if expected:
        db.session.connection().execute(
            _ARRIVE, [{f"its_{name}": row[name] for name in ("id", *_HERE_NOW)} for row in expected]
        )
        for row in expected:
            written_past(Photo, row["id"])
    said = [one.said for one in arrivals if one.said]
    return [one.outcome for one in arrivals], events.append_all(said) if said else ""


class _Arrival(NamedTuple):
    """The receipt's outcome, and what is to be written: nothing without an event."""

    outcome: str
    row: dict[str, Any]
    is_expected: bool = False
    said: events.Said | None = None


def _lock(uploads: Sequence[AnyUpload]) -> dict[str, Known]:
    ids = {one.photo_id for one in uploads} | {beside_id(one.photo_id, one.sha256) for one in uploads}
    found = [Known(*row) for row in _LOCK.ask_among(ids)]
    return {one.id: one for one in found}


def _arrive(upload: AnyUpload, kept: str, first: Known | None, here: Known | None) -> _Arrival:
    outcome = "stored" if first is None or first.sha256 == upload.sha256 else "conflict"
    if here is not None:
        if here.state == "stored":
            objects().delete(kept)
        return _Arrival(outcome, {})
    row = _row(upload, upload.photo_id if outcome == "stored" else beside_id(upload.photo_id, upload.sha256))
    _rename(kept, name_as_received(row["id"], upload.sha256))
    is_expected = first is not None and outcome == "stored"
    case_id = first.case_id if first is not None and is_expected else upload.case_id
    facts = {"photo": row["id"], "state": "received", "size": row["size"]}
    return _Arrival(outcome, row, is_expected, events.Said("photo:stored", case_id, upload.author_id, facts))


def _row(upload: AnyUpload, photo_id: str) -> dict[str, Any]:
    return {
        "id": photo_id,
        "author_id": upload.author_id,
        "case_id": upload.case_id,
        "sha256": upload.sha256,
        "kind": upload.kind,
        "source": "camera",
        "state": "received",
        "size": upload.picture_size,
        "stored_at": upload.finished_at,
        "receipt_no": receipt_number(upload.photo_id, upload.sha256),
    }


def _rename(kept: str, name: str) -> None:
    """Another picture may have taken the id between the two looks."""
    if kept != name:
        objects().put(name, objects().get(kept))
        objects().delete(kept)


def receipt_of(upload: AnyUpload, outcome: str = "") -> Receipt | None:
    """The receipt of a finished upload, None while bytes are missing; `outcome` as `receive` told it, else looked up."""
    if upload.finished_at is None:
        return None
    if not outcome:
        first, _ = look(upload.photo_id, upload.sha256)
        outcome = "stored" if first is not None and first.sha256 == upload.sha256 else "conflict"
    number = receipt_number(upload.photo_id, upload.sha256)
    return sign(upload.photo_id, upload.sha256, outcome, number, upload.finished_at)
