"""Uploads under way: where the bytes of a photo gather until all of them are here (tus 1.0.0)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import sha256 as hash_of
from typing import Any, NamedTuple

from sqlalchemy import select

from backend import clock
from backend.codebook import PhotoKind
from backend.domain import arriving_photos, sealed_photos
from backend.domain.arriving_photos import Known
from backend.domain.sync.attribution import Claim
from backend.domain.sync.coming import AnyUpload, Coming
from backend.extensions import key_ring, objects, settings
from backend.models import Assignment, Upload, db
from backend.models.plain import Question, among
from backend.problems import Problem
from backend.storage.keys import UnreadableSeal
from backend.storage.parts import Parts

KEPT_FOR = timedelta(days=30)
_KINDS = frozenset(PhotoKind)
_TO: Any = Assignment.__table__.c
_SENT = Question(select(_TO.case_id, _TO.user_id).where(among(_TO.case_id)))


class Announcement(NamedTuple):
    """What a phone says of a photo before it sends it.

    `length` bytes travel. They are the picture itself, or its sealed chunks when `photo_key` is set: then
    `size` is the picture's, and its key is sealed to the deposit key `key_id`.
    """

    photo_id: str
    sha256: str
    length: int
    case_id: str | None = None
    kind: str = ""
    size: int = 0
    photo_key: bytes | None = None
    key_id: str | None = None
    author: str | None = None


class Begun(NamedTuple):
    """An upload that is not yet noted, the key of its picture, and the photo that its id stands for already."""

    upload: AnyUpload
    key: bytes | None
    first: Known | None


def parts() -> Parts:
    """The files of unfinished uploads."""
    return Parts(settings().data / "uploads")


def begin(told: Announcement, *, claim: Claim, device_id: str | None = None) -> Upload:
    """Prepare for the bytes of a photo: `announced`, and noted. Bookkeeping, so no event."""
    coming = announced(told, claim=claim, device_id=device_id).upload
    leave_out([coming])
    upload = Upload(**vars(coming))
    db.session.add(upload)
    return upload


def announced(told: Announcement, *, claim: Claim, device_id: str | None = None) -> Begun:
    """The upload that this announcement asks for, not yet noted; finished when the photo is already here.

    Whoever notes it leaves its household out if need be (`leave_out`).
    Raises Problem photo_taken for other bytes than another person's photo has, whoever brings the same gets
    its receipt: it may have been carried in before; upload_key_unknown, upload_unopened.
    """
    first, here = arriving_photos.look(told.photo_id, told.sha256)
    if first is not None and first.author_id != claim.user_id and first.sha256 != told.sha256:
        raise Problem("photo_taken")
    key = None if told.photo_key is None else _open_key(told.photo_id, told.key_id, told.photo_key)
    now = clock.now()
    upload = Coming(
        photo_id=told.photo_id,
        author_id=claim.user_id,
        case_id=None if claim.flag else told.case_id,
        kind=told.kind if told.kind in _KINDS else PhotoKind.OTHER,
        sha256=told.sha256,
        length=told.length,
        picture_size=told.size or told.length,
        photo_key=told.photo_key,
        key_id=told.key_id,
        device_id=device_id,
        flag=claim.flag,
        started_at=now,
        expires_at=now + KEPT_FOR,
        finished_at=None if here is None else here.stored_at,
    )
    return Begun(upload, key, first)


def leave_out(noted: Iterable[AnyUpload]) -> None:
    """A household that the author was never sent to is no upload's: such a photo waits for the facts that name it."""
    named = [upload for upload in noted if upload.case_id]
    if named:
        sent = set(_SENT.ask_among({one.case_id for one in named if one.case_id}))
        for upload in named:
            if (upload.case_id, upload.author_id) not in sent:
                upload.case_id = None


def find(upload_id: str) -> Upload | None:
    """The upload, whoever brings it."""
    found: Upload | None = db.session.get(Upload, upload_id)
    return found


def refuse_strangers(upload: Upload | None, claim: Claim) -> Upload:
    """The upload, for who began it. Raises Problem not_found, or upload_expired for one that lay too long."""
    if upload is None or upload.author_id != claim.user_id:
        raise Problem("not_found")
    if upload.finished_at is None and upload.expires_at <= clock.now():
        raise Problem("upload_expired")
    return upload


def offset_of(upload: AnyUpload) -> int:
    """How many bytes are here."""
    return upload.length if upload.finished_at is not None else parts().offset(upload.id)


def keep_picture(upload: Upload) -> str:
    """Put the picture of a complete upload into the object store, durably; the name it got there.

    Nothing of the database is held meanwhile, so this may take its time. Raises Problem upload_torn for bytes that
    are not the announced ones: they are dropped, and the phone sends them anew. Bytes whose key the server
    has lost stay (upload_key_unknown): once the key is back, the next look makes them a photo.
    """
    raw = parts().read(upload.id)
    key = None if upload.photo_key is None else _open_key(upload.photo_id, upload.key_id, upload.photo_key)
    first, _ = arriving_photos.look(upload.photo_id, upload.sha256)
    try:
        kept = keep_bytes(Begun(upload, key, first), raw)
    except Problem:
        parts().clear(upload.id)
        raise
    objects().settle([kept])
    return kept


def keep_bytes(begun: Begun, raw: bytes) -> str:
    """What `keep_picture` does with bytes that never lay in a part; the same name, still to be settled.

    Raises Problem upload_torn.
    """
    upload, key = begun.upload, begun.key
    picture = raw if key is None else sealed_photos.open_chunks(key, upload.photo_id, raw)
    if picture is None or len(picture) != upload.picture_size or hash_of(picture).hexdigest() != upload.sha256:
        raise Problem("upload_torn")
    return arriving_photos.keep_received(upload.photo_id, upload.sha256, picture, first=begun.first)


def _open_key(photo_id: str, key_id: str | None, blob: bytes) -> bytes:
    ring = key_ring()
    if key_id not in ring.ring["deposit"]["keys"]:
        raise Problem("upload_key_unknown")
    try:
        key = sealed_photos.open_key(ring, photo_id, key_id or "", blob)
    except UnreadableSeal as error:
        raise Problem("upload_unopened") from error
    if len(key) != sealed_photos.KEY_BYTES:
        raise Problem("upload_unopened")
    return key


def lock_unfinished(upload: Upload) -> list[Upload]:
    """This upload, first, and others of the same picture under the same id; none when it is finished or gone."""
    found = _lock_same(upload)
    return sorted(found, key=lambda one: one.id != upload.id) if upload in found else []


def _lock_same(upload: Upload) -> Sequence[Upload]:
    query = select(Upload).where(
        Upload.photo_id == upload.photo_id, Upload.sha256 == upload.sha256, Upload.finished_at.is_(None)
    )
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def finish(waiting: Sequence[Upload], kept: str) -> str:
    """Turn a complete upload into its photo, whose picture lies in the object store as `kept`.

    `waiting` are the upload and others of the same picture: they are finished with it, and their parts may
    go once this is committed. Event and outcome are those of `arriving_photos.receive`.
    """
    now = clock.now()
    for one in waiting:
        one.finished_at = now
    return arriving_photos.receive(waiting[0], kept)


def complete(upload: Upload) -> list[Upload]:
    """All of it in the caller's transaction, for bytes that came by another way than tus: keep, lock, finish."""
    kept = keep_picture(upload)
    waiting = lock_unfinished(upload)
    if waiting:
        finish(waiting, kept)
    return waiting


def drop(upload: Upload) -> None:
    """Give an unfinished upload up. Raises Problem upload_finished for one whose photo is stored."""
    if upload.finished_at is not None:
        raise Problem("upload_finished")
    parts().remove(upload.id)
    db.session.delete(upload)
