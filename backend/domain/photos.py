"""照片: announced by the facts they belong to, brought by resumable uploads, kept sealed, then developed.

The hash of the bytes as received stays in the row, so that the receipt can be checked for ever; the
picture that is shown was decoded and written anew, without the camera's notes on place and device. Only
the worker does that: bytes as they came are never shown.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from backend.domain import events
from backend.domain.pictures import Picture
from backend.extensions import objects
from backend.models import Attempt, Case, Explanation, Observation, Photo, User, Visit, db

ARRIVED = ("received", "stored", "unreadable")


def picture_name(photo: Photo) -> str:
    """Where the shown picture of a stored photo lies in the object store."""
    return f"photos/{photo.id}"


def thumbnail_name(photo: Photo) -> str:
    """Where its small copy lies (longest edge 320 pixels)."""
    return f"photos/{photo.id}.thumb"


def received_name(photo: Photo) -> str:
    """Where the bytes lie as received, until they are developed, or for good when they are no picture."""
    return name_as_received(photo.id, photo.sha256)


def name_as_received(photo_id: str, content_hash: str) -> str:
    """The same of a photo that is no row yet."""
    # With the content in the name, other bytes under the same id can never replace these.
    return f"photos/{photo_id}.{content_hash[:16]}.received"


@lru_cache(maxsize=256)
def beside_id(photo_id: str, content_hash: str) -> str:
    """The id of the photo that keeps other bytes than the first under `photo_id`: for the same bytes the same."""
    raw = bytearray(sha256(f"{photo_id}\n{content_hash}".encode()).digest()[:16])
    # Version 8 (RFC 9562): made by a rule of our own.
    raw[6], raw[8] = 0x80 | (raw[6] & 0x0F), 0x80 | (raw[8] & 0x3F)
    return str(UUID(bytes=bytes(raw)))


class Album:
    """The photos that facts name: those the database has, and those that are new with these facts.

    New ones are written together by `write`, in one statement however many facts named them.
    """

    def __init__(self, ids: Collection[str]) -> None:
        self._known: dict[str, Photo] = {}
        self._fresh: dict[str, dict[str, Any]] = {}
        self._look_up(ids)

    def find(self, photo_id: str) -> Photo | None:
        """The photo as the database has it, a new one of earlier facts included."""
        if photo_id in self._fresh:
            ids = list(self._fresh)
            self.write()
            self._look_up(ids)
        return self._known.get(photo_id)

    def add(self, row: dict[str, Any]) -> None:
        """A photo that nobody has named before and that is not here."""
        self._fresh[row["id"]] = row

    def write(self) -> None:
        """Note the new ones, after the facts they belong to."""
        if self._fresh:
            db.session.flush()
            db.session.execute(db.insert(Photo.__table__), list(self._fresh.values()))
            self._fresh = {}

    def _look_up(self, ids: Collection[str]) -> None:
        if ids:
            self._known |= {p.id: p for p in db.session.scalars(db.select(Photo).where(Photo.id.in_(ids)))}


def expect(
    listed: Iterable[Mapping[str, Any]],
    *,
    case: Case,
    author: User,
    visit: Visit | None = None,
    observation: Observation | None = None,
    attempt: Attempt | None = None,
    explanation: Explanation | None = None,
    album: Album | None = None,
) -> bool:
    """Note which photos belong to these facts, arrived or not; False when one of them is somebody else's.

    `listed` are entries as `payloads.read_photos` gives them. A photo that an earlier visit of the same
    author brought goes over to the newer one. `album` knows all these ids, and whoever gives one writes it.
    Part of the verb that records the facts: no event.
    """
    entries = {entry["id"]: entry for entry in listed}
    pages = Album(entries) if album is None else album
    facts = {"visit": visit, "observation": observation, "attempt": attempt, "explanation": explanation}
    owners: dict[str, Any] = {f"{name}_id": one.id if one else None for name, one in facts.items()}
    is_clean = True
    for photo_id, entry in entries.items():
        photo = pages.find(photo_id)
        told: dict[str, Any] = {"case_id": case.id, "author_id": author.id}
        told |= {name: entry[name] for name in ("kind", "source", "taken_at")}
        if photo is None:
            fresh = {"id": photo_id, "sha256": entry["sha256"], "size": entry["size"], "state": "expected"}
            pages.add(fresh | told | owners)
        elif _may_take(photo, entry, author, case):
            is_clean = is_clean and photo.sha256 == entry["sha256"]
            _give(photo, told | {name: owner for name, owner in owners.items() if owner})
        else:
            is_clean = False
    if album is None:
        pages.write()
    return is_clean


def _give(photo: Photo, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(photo, name, value)


def _may_take(photo: Photo, entry: Mapping[str, Any], author: User, case: Case) -> bool:
    """A photo goes to facts of its author; one that somebody else carried in, to those that name its content."""
    if photo.author_id == author.id:
        return photo.case_id in (None, case.id)
    return photo.case_id is None and photo.sha256 == entry["sha256"]


def keep_developed(photo_id: str, picture: Picture) -> None:
    """Put the picture written anew into the object store, durably, before its photo says that it is there."""
    objects().put(f"photos/{photo_id}", picture.jpeg)
    objects().put(f"photos/{photo_id}.thumb", picture.thumbnail)


def develop(photo: Photo, picture: Picture | None, *, actor: User | None) -> None:
    """Say what the received bytes turned out to be; what is no picture stays as it came (state unreadable).

    One event photo:developed. It belongs to the case only when somebody has to take the picture again: a
    phone need not hear of the others.
    """
    if picture is None:
        photo.state = "unreadable"
    else:
        photo.state, photo.width, photo.height = "stored", picture.width, picture.height
    case = db.session.get(Case, photo.case_id) if photo.case_id and picture is None else None
    events.record("photo:developed", actor=actor, case=case, photo=photo.id, state=photo.state)
