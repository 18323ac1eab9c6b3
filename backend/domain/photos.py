"""照片: announced by the facts they belong to, brought by resumable uploads, kept re-encoded and sealed.

The hash of the bytes as received stays in the row, so that the receipt can be checked for ever; the
picture that is shown was decoded and written anew, without the camera's notes on place and device.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from backend import clock
from backend.domain import events
from backend.domain.pictures import develop
from backend.domain.sync.receipts import Receipt, receipt_number, sign
from backend.extensions import objects
from backend.models import Attempt, Case, Observation, Photo, Upload, User, Visit, db
from backend.models.base import new_id
from backend.problems import Problem

ARRIVED = ("stored", "unreadable")


def picture_name(photo: Photo) -> str:
    """Where the shown picture of a stored photo lies in the object store."""
    return f"photos/{photo.id}"


def thumbnail_name(photo: Photo) -> str:
    """Where its small copy lies (longest edge 320 pixels)."""
    return f"photos/{photo.id}.thumb"


def received_name(photo: Photo) -> str:
    """Where the bytes lie as received when they could not be read as a picture."""
    return f"photos/{photo.id}.received"


def expect(
    listed: Iterable[Mapping[str, Any]],
    *,
    case: Case,
    author: User,
    visit: Visit | None = None,
    observation: Observation | None = None,
    attempt: Attempt | None = None,
) -> bool:
    """Note which photos belong to these facts, arrived or not; False when one of them is somebody else's.

    `listed` are entries as `payloads.read_photos` gives them. A photo that an earlier visit of the same
    author brought goes over to the newer one. Part of the verb that records the facts: no event.
    """
    entries = {entry["id"]: entry for entry in listed}
    known = {p.id: p for p in db.session.scalars(db.select(Photo).where(Photo.id.in_(entries)))}
    is_clean = True
    for photo_id, entry in entries.items():
        photo = known.get(photo_id)
        if photo is None:
            photo = Photo(id=photo_id, author_id=author.id, sha256=entry["sha256"], size=entry["size"])
            photo.state = "expected"
            db.session.add(photo)
        elif photo.author_id != author.id or photo.case_id not in (None, case.id):
            is_clean = False
            continue
        is_clean = is_clean and photo.sha256 == entry["sha256"]
        photo.case, photo.kind = case, entry["kind"]
        photo.taken_at, photo.source = entry.get("taken_at"), entry["source"]
        photo.visit_id = visit.id if visit else photo.visit_id
        photo.observation_id = observation.id if observation else photo.observation_id
        photo.attempt_id = attempt.id if attempt else photo.attempt_id
    return is_clean


def store_upload(upload: Upload, raw: bytes, *, actor: User) -> Photo:
    """Keep the bytes of a finished upload, and the picture in them if there is one.

    Bytes that are no picture within the limits are kept as received (state unreadable). Other bytes than
    announced under this id become a photo of their own beside it. One event photo:stored, none when these
    bytes are already here. Raises Problem upload_torn when they do not have the announced hash.
    """
    if len(raw) != upload.length or sha256(raw).hexdigest() != upload.sha256:
        raise Problem("upload_torn")
    photo = db.session.get(Photo, upload.photo_id, with_for_update=True)
    now = clock.now()
    upload.finished_at = now
    if photo is not None and photo.sha256 == upload.sha256 and photo.state in ARRIVED:
        return photo
    if photo is None or photo.sha256 != upload.sha256:
        photo = Photo(
            id=new_id() if photo else upload.photo_id,
            author_id=actor.id, sha256=upload.sha256, kind=upload.kind, source="camera",
        )  # fmt: skip
        photo.case_id = upload.case_id
        db.session.add(photo)
    photo.size, photo.stored_at = upload.length, now
    photo.receipt_no = receipt_number(upload.photo_id, upload.sha256)
    _keep(photo, raw)
    db.session.flush()
    case = db.session.get(Case, photo.case_id) if photo.case_id else None
    events.record("photo:stored", actor=actor, case=case, photo=photo.id, state=photo.state, size=photo.size)
    return photo


def _keep(photo: Photo, raw: bytes) -> None:
    picture = develop(raw)
    if picture is None:
        photo.state = "unreadable"
        objects().put(received_name(photo), raw)
        return
    photo.state, photo.width, photo.height = "stored", picture.width, picture.height
    objects().put(picture_name(photo), picture.jpeg)
    objects().put(thumbnail_name(photo), picture.thumbnail)


def receipt_of(upload: Upload) -> Receipt | None:
    """The receipt of a finished upload; None while bytes are missing."""
    if upload.finished_at is None:
        return None
    photo = db.session.get(Photo, upload.photo_id)
    outcome = "stored" if photo is not None and photo.sha256 == upload.sha256 else "conflict"
    number = receipt_number(upload.photo_id, upload.sha256)
    return sign(upload.photo_id, upload.sha256, outcome, number, upload.finished_at)
