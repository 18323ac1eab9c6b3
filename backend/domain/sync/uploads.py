"""Uploads under way: where the bytes of a photo gather until all of them are here (tus 1.0.0)."""

from datetime import timedelta

from sqlalchemy import select

from backend import clock
from backend.codebook import PhotoKind
from backend.domain import photos
from backend.extensions import settings
from backend.models import Assignment, Photo, Upload, User, db
from backend.problems import Problem
from backend.storage.parts import Parts

LARGEST_PHOTO = 10 * 1024 * 1024
KEPT_FOR = timedelta(days=30)


def parts() -> Parts:
    """The files of unfinished uploads."""
    return Parts(settings().data / "uploads")


def begin(photo_id: str, sha256: str, length: int, *, case_id: str | None, kind: str, actor: User) -> Upload:
    """Prepare for the bytes of a photo; a photo that is already here gives an upload that is finished.

    Bookkeeping, so no event. Raises Problem not_found for a household the person was never sent to, and
    photo_taken for another person's photo.
    """
    if case_id is not None and not _was_sent(actor, case_id):
        raise Problem("not_found")
    photo = db.session.get(Photo, photo_id)
    if photo is not None and photo.author_id != actor.id:
        raise Problem("photo_taken")
    now = clock.now()
    upload = Upload(
        photo_id=photo_id,
        author_id=actor.id,
        case_id=case_id,
        kind=kind if kind in set(PhotoKind) else PhotoKind.OTHER,
        sha256=sha256,
        length=length,
        picture_size=length,
        started_at=now,
        expires_at=now + KEPT_FOR,
    )
    if photo is not None and photo.sha256 == sha256 and photo.state in photos.ARRIVED:
        upload.finished_at = photo.stored_at
    else:
        parts().create(upload.id)
    db.session.add(upload)
    return upload


def _was_sent(user: User, case_id: str) -> bool:
    query = select(Assignment.id).where(Assignment.case_id == case_id, Assignment.user_id == user.id).limit(1)
    return db.session.scalar(query) is not None


def find(user: User, upload_id: str) -> Upload:
    """The person's own upload. Raises Problem not_found, or upload_expired for one that lay too long."""
    upload: Upload | None = db.session.scalar(select(Upload).where(Upload.id == upload_id, Upload.author_id == user.id))
    if upload is None:
        raise Problem("not_found")
    if upload.finished_at is None and upload.expires_at <= clock.now():
        raise Problem("upload_expired")
    return upload


def offset_of(upload: Upload) -> int:
    """How many bytes are safely here."""
    if upload.finished_at is not None:
        return upload.length
    try:
        return parts().offset(upload.id)
    except FileNotFoundError as error:
        raise Problem("upload_expired") from error


def finish(upload: Upload, *, actor: User) -> None:
    """Turn a complete upload into its photo (see `photos.store_upload`); unfinished ones stay as they are.

    Bytes that do not have the announced hash are dropped, so that the phone sends them anew, and Problem
    upload_torn is raised.
    """
    if upload.finished_at is not None or offset_of(upload) < upload.length:
        return
    try:
        photos.store_upload(upload, parts().read(upload.id), actor=actor)
    except Problem:
        parts().clear(upload.id)
        raise


def drop(upload: Upload) -> None:
    """Give an unfinished upload up. Raises Problem upload_finished for one whose photo is stored."""
    if upload.finished_at is not None:
        raise Problem("upload_finished")
    parts().remove(upload.id)
    db.session.delete(upload)
