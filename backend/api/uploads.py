"""Photos by tus 1.0.0: core, creation, checksum, termination, expiration; cut anywhere, resumed there."""

from uuid import UUID

from flask import Response, g, request, url_for
from flask_login import current_user
from werkzeug.exceptions import ClientDisconnected

from backend.access import policy
from backend.api import tus
from backend.api.guard import Blueprint
from backend.domain import photos
from backend.domain.sync import uploads
from backend.models import Upload, db
from backend.problems import Problem
from backend.storage.parts import PartBusy, PartMoved, PieceTooLong, PieceTorn

api = Blueprint("uploads_api", __name__, description="Photos by tus 1.0.0")
api.before_request(tus.check_version)
api.after_request(tus.mark_version)


@api.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@api.route("/uploads/<uuid:upload_id>", methods=["OPTIONS"], provide_automatic_options=False, endpoint="offer_one")
@policy("public")
@api.alt_response(204)
def offer(upload_id: UUID | None = None) -> Response:
    """What this server can do."""
    return Response(status=204, headers=tus.OFFER)


@api.post("/uploads")
@policy("inbox:deposit")
@api.alt_response(201)
def begin() -> Response:
    """Announce a photo: Upload-Length, Upload-Metadata photo_id, sha256, case_id, kind."""
    told = tus.read_announcement()
    upload = uploads.begin(
        told.photo_id, told.sha256, told.length, case_id=told.case_id, kind=told.kind, actor=current_user
    )
    db.session.commit()
    headers = tus.state_headers(upload, photos.receipt_of(upload))
    headers["Location"] = url_for("uploads_api.state", upload_id=upload.id)
    return Response(status=201, headers=headers)


@api.route("/uploads/<uuid:upload_id>", methods=["HEAD"])
@policy("inbox:deposit")
@api.alt_response(200)
def state(upload_id: UUID) -> Response:
    """How many bytes are here; a complete photo comes with its receipt."""
    upload = _find(upload_id)
    if upload.finished_at is None and uploads.offset_of(upload) == upload.length:
        upload = _finished(upload_id)
    return Response(status=200, headers=tus.state_headers(upload, photos.receipt_of(upload)))


@api.patch("/uploads/<uuid:upload_id>")
@policy("inbox:deposit")
@api.alt_response(204)
def append(upload_id: UUID) -> Response:
    """Bytes from Upload-Offset on; what arrives before a cut stays."""
    at, check = tus.read_offset(), tus.read_checksum()
    upload = _find(upload_id)
    length, is_finished = upload.length, upload.finished_at is not None
    # The line may be slow: nothing of the database is held while it speaks.
    db.session.rollback()
    if is_finished and at != length:
        raise Problem("upload_offset", fields={"offset": length})
    if not is_finished:
        _receive(str(upload_id), at, length, check)
    upload = _finished(upload_id)
    return Response(status=204, headers=tus.state_headers(upload, photos.receipt_of(upload)))


@api.delete("/uploads/<uuid:upload_id>")
@policy("inbox:deposit")
@api.alt_response(204)
def drop(upload_id: UUID) -> Response:
    """Give an unfinished upload up."""
    uploads.drop(_find(upload_id))
    db.session.commit()
    return Response(status=204)


@api.post("/uploads/<uuid:upload_id>")
@policy("inbox:deposit")
@api.alt_response(204)
def override(upload_id: UUID) -> Response:
    """X-HTTP-Method-Override, for networks that let only GET and POST through."""
    verbs = {"PATCH": append, "DELETE": drop}
    verb = verbs.get(request.headers.get("X-HTTP-Method-Override", "").upper())
    if verb is None:
        raise Problem("method_not_allowed")
    return verb(upload_id=upload_id)


def _find(upload_id: UUID) -> Upload:
    return uploads.find(current_user, str(upload_id))


def _receive(name: str, at: int, length: int, check: tuple[str, bytes] | None) -> int:
    try:
        return uploads.parts().append(name, at, tus.pieces(), length=length, check=check)
    except PartMoved as moved:
        raise Problem("upload_offset", fields={"offset": moved.offset}) from moved
    except PartBusy as error:
        raise Problem("upload_busy") from error
    except PieceTorn as error:
        raise Problem("upload_torn") from error
    except PieceTooLong as error:
        raise Problem("too_large", limit="10 MB") from error
    except FileNotFoundError as error:
        raise Problem("upload_expired") from error
    except (ClientDisconnected, OSError) as error:
        raise Problem("bad_request") from error


def _finished(upload_id: UUID) -> Upload:
    """The upload, turned into its photo if its bytes are complete."""
    # Also behind a HEAD this writes, so the write lock is taken at the start of the transaction.
    g.is_writing = True
    db.session.rollback()
    upload = _find(upload_id)
    is_new = upload.finished_at is None
    uploads.finish(upload, actor=current_user)
    db.session.commit()
    if is_new and upload.finished_at is not None:
        uploads.parts().remove(upload.id)
    return upload
