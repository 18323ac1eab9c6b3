"""Photos by tus 1.0.0: core, creation (with upload), checksum, termination, expiration; cut anywhere, resumed there.

Whoever brings a photo is signed in, or its phone signs (see `bringer`): hence the policy "public".
"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from flask import Response, g, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import ClientDisconnected

from backend.access import policy
from backend.api import beginnings, bringer, tus
from backend.api.entering import enter, let_go, rest, stand_in_line, writing
from backend.api.guard import Blueprint
from backend.domain import arriving_photos
from backend.domain.sync import uploads
from backend.domain.sync.coming import AnyUpload
from backend.models import Upload, db
from backend.problems import Problem
from backend.storage.parts import PartBusy, PartMoved, PieceTooLong, PieceTorn

api = Blueprint("uploads_api", __name__, description="Photos by tus 1.0.0")
api.before_request(tus.check_version)
api.after_request(tus.mark_version)
api.record(stand_in_line)


@api.before_request
def look_first() -> None:
    """Who it is and how far the upload has come are only read (see `writing`); `g.outcome` is what the receipt says."""
    g.is_writing, g.outcome = False, ""


@api.route("/uploads", methods=["OPTIONS"], provide_automatic_options=False)
@api.route("/uploads/<uuid:upload_id>", methods=["OPTIONS"], provide_automatic_options=False, endpoint="offer_one")
@policy("public")
@api.alt_response(204)
def offer(upload_id: UUID | None = None) -> Response:
    """What this server can do."""
    return Response(status=204, headers=tus.OFFER)


@api.post("/uploads")
@policy("public")
@api.alt_response(201)
def begin() -> Response:
    """Announce a photo: Upload-Length, Upload-Metadata photo_id, sha256, case_id, kind; its bytes may follow."""
    return Response(status=201, headers=begun())


def begun() -> dict[str, str]:
    """What the answer to `begin` says, once all that came with the announcement is kept and committed."""
    told = tus.read_announcement()
    claim = bringer.claim_for(told.photo_id, told.sha256, told.author)
    beginnings.refuse_too_many(claim.user_id)
    announced = uploads.announced(told, claim=claim, device_id=bringer.device_named())
    upload, keep = announced.upload, _receive_what_follows(announced)
    try:
        enter(upload, keep)
    except IntegrityError:
        # Somebody else turned the same bytes into the photo a moment ago.
        enter(upload, keep)
    return {"Location": url_for("uploads_api.state", upload_id=upload.id)} | _state_of(upload)


@api.route("/uploads/<uuid:upload_id>", methods=["HEAD"])
@policy("public")
@api.alt_response(200)
def state(upload_id: UUID) -> Response:
    """How many bytes are here; a complete photo comes with its receipt."""
    return Response(status=200, headers=_state_of(_finished(_find(upload_id))))


@api.patch("/uploads/<uuid:upload_id>")
@policy("public")
@api.alt_response(204)
def append(upload_id: UUID) -> Response:
    """Bytes from Upload-Offset on; what arrives before a cut stays."""
    at, check = tus.read_offset(), tus.read_checksum()
    upload = _find(upload_id)
    if upload.finished_at is not None and at != upload.length:
        raise Problem("upload_offset", fields={"offset": upload.length})
    if upload.finished_at is None:
        _receive(upload, at, check)
        upload = _finished(upload)
    return Response(status=204, headers=_state_of(upload))


@api.delete("/uploads/<uuid:upload_id>")
@policy("public")
@api.alt_response(204)
def drop(upload_id: UUID) -> Response:
    """Give an unfinished upload up."""
    upload = _find(upload_id)
    with writing():
        uploads.drop(_again(upload))
        db.session.commit()
    return Response(status=204)


@api.post("/uploads/<uuid:upload_id>")
@policy("public")
@api.alt_response(204)
def override(upload_id: UUID) -> Response:
    """X-HTTP-Method-Override, for networks that let only GET and POST through."""
    verbs = {"PATCH": append, "DELETE": drop}
    verb = verbs.get(request.headers.get("X-HTTP-Method-Override", "").upper())
    if verb is None:
        raise Problem("method_not_allowed")
    return verb(upload_id=upload_id)


def _state_of(upload: AnyUpload) -> dict[str, str]:
    return tus.state_headers(upload, arriving_photos.receipt_of(upload, g.outcome))


def _find(upload_id: UUID) -> Upload:
    """What is read here stays at hand over the commits of this request, and is read again where it is written."""
    db.session().expire_on_commit = False
    upload = uploads.find(str(upload_id))
    photo_id, content_hash = (upload.photo_id, upload.sha256) if upload else ("", "")
    return uploads.refuse_strangers(upload, bringer.claim_for(photo_id, content_hash))


def _again(upload: Upload) -> Upload:
    """The same upload as it stands now, locked."""
    found = db.session.get(Upload, upload.id, with_for_update=True, populate_existing=True)
    if found is None:
        raise Problem("not_found")
    return found


def _receive_what_follows(begun: uploads.Begun) -> Callable[[], str]:
    """Take the bytes that follow an announcement. Called, it keeps them and says as what; "" if they are not all."""
    is_followed = request.content_type == tus.BYTES and begun.upload.finished_at is None
    keep = _receive_first(begun) if is_followed else None
    if keep is None:
        beginnings.count(begun.upload.author_id)
    return keep or str


def _receive_first(begun: uploads.Begun) -> Callable[[], str] | None:
    """Whoever is cut off here never learns where to go on, so nothing stays of it."""
    check, upload = tus.read_checksum(), begun.upload
    if request.content_length == upload.length <= tus.AT_ONCE:
        # The line may be slow: nothing of the database is held while it speaks.
        rest()
        return partial(uploads.keep_bytes, begun, tus.whole(upload.length, check))
    try:
        if _receive(upload, 0, check) == upload.length:
            kept = uploads.keep_picture(upload)
            return lambda: kept
    except Problem:
        uploads.parts().remove(upload.id)
        raise
    return None


def _receive(upload: AnyUpload, at: int, check: tuple[str, bytes] | None) -> int:
    """Append what the line brings; how many bytes are here then."""
    # The line may be slow: nothing of the database is held while it speaks.
    db.session.commit()
    try:
        return uploads.parts().append(upload.id, at, tus.pieces(), length=upload.length, check=check)
    except PartMoved as moved:
        raise Problem("upload_offset", fields={"offset": moved.offset}) from moved
    except PartBusy as error:
        raise Problem("upload_busy") from error
    except PieceTorn as error:
        raise Problem("upload_torn") from error
    except PieceTooLong as error:
        raise Problem("too_large", limit="10 MB") from error
    except ClientDisconnected as error:
        raise Problem("bad_request") from error


def _finished(upload: Upload) -> Upload:
    """The upload, turned into its photo if its bytes are complete."""
    if upload.finished_at is not None or uploads.offset_of(upload) < upload.length:
        return upload
    try:
        return _turned(upload)
    except IntegrityError:
        db.session.rollback()
        return _turned(upload)


def _turned(upload: Upload) -> Upload:
    try:
        kept = uploads.keep_picture(upload)
    except FileNotFoundError:
        # Somebody else is done with the bytes, or about to be.
        kept = ""
    with writing():
        waiting = uploads.lock_unfinished(upload)
        if not waiting:
            upload = _again(upload)
        elif not kept:
            raise Problem("upload_busy")
        else:
            g.outcome = uploads.finish(waiting, kept)
        db.session.commit()
    let_go([one.id for one in waiting or [upload]], [upload.author_id])
    return upload
