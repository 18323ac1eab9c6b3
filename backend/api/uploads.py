"""Photos by tus 1.0.0: core, creation (with upload), checksum, termination, expiration; cut anywhere, resumed there.

Whoever brings a photo is signed in, or its phone signs (see `bringer`): hence the policy "public".
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from flask import Response, g, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import ClientDisconnected

from backend.access import policy
from backend.api import beginnings, bringer, tus
from backend.api.guard import Blueprint
from backend.domain import photos
from backend.domain.sync import uploads
from backend.models import Upload, db
from backend.problems import Problem
from backend.storage import jobs
from backend.storage.parts import PartBusy, PartMoved, PieceTooLong, PieceTorn

api = Blueprint("uploads_api", __name__, description="Photos by tus 1.0.0")
api.before_request(tus.check_version)
api.after_request(tus.mark_version)


@api.before_request
def look_first() -> None:
    """Who it is and how far the upload has come are only read: nobody waits for anybody's line (see `_writing`).

    What was read stays at hand over the commits of one request, and is read again where it is written;
    `g.outcome` is what the receipt says of it.
    """
    g.is_writing, g.outcome = False, ""
    db.session().expire_on_commit = False


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
    told = tus.read_announcement()
    claim = bringer.claim_for(told.photo_id, told.sha256, told.author)
    beginnings.refuse_too_many(claim.user_id)
    begun = uploads.announced(told, claim=claim, device_id=bringer.device_named())
    upload, kept = begun.upload, _receive_what_follows(begun)
    try:
        _enter(upload, kept)
    except IntegrityError:
        # Somebody else turned the same bytes into the photo a moment ago.
        _enter(upload, kept)
    headers = {"Location": url_for("uploads_api.state", upload_id=upload.id)}
    return Response(status=201, headers=headers | _state_of(upload))


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
    with _writing():
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


def _state_of(upload: Upload) -> dict[str, str]:
    return tus.state_headers(upload, photos.receipt_of(upload, g.outcome))


def _find(upload_id: UUID) -> Upload:
    upload = uploads.find(str(upload_id))
    photo_id, content_hash = (upload.photo_id, upload.sha256) if upload else ("", "")
    return uploads.refuse_strangers(upload, bringer.claim_for(photo_id, content_hash))


@contextmanager
def _writing() -> Iterator[None]:
    """Inside, the transaction writes: it takes the write lock at its start, in its turn."""
    db.session.commit()
    g.is_writing = True
    try:
        yield
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.is_writing = False


def _again(upload: Upload) -> Upload:
    """The same upload as it stands now, locked."""
    found = db.session.get(Upload, upload.id, with_for_update=True, populate_existing=True)
    if found is None:
        raise Problem("not_found")
    return found


def _receive_what_follows(begun: uploads.Begun) -> str:
    is_followed = request.content_type == tus.BYTES and begun.upload.finished_at is None
    kept = _receive_first(begun) if is_followed else ""
    if not kept:
        beginnings.count(begun.upload.author_id)
    return kept


def _receive_first(begun: uploads.Begun) -> str:
    """The bytes that follow an announcement; what they are kept as when they are all.

    Whoever is cut off here never learns where to go on, so nothing stays of it.
    """
    check, upload = tus.read_checksum(), begun.upload
    if request.content_length == upload.length <= tus.AT_ONCE:
        # The line may be slow: nothing of the database is held while it speaks.
        db.session.commit()
        return uploads.keep_bytes(begun, tus.whole(upload.length, check))
    try:
        if _receive(upload, 0, check) == upload.length:
            return uploads.keep_picture(upload)
    except Problem:
        uploads.parts().remove(upload.id)
        raise
    return ""


def _enter(upload: Upload, kept: str) -> None:
    with _writing():
        over, g.outcome = uploads.enter(upload, kept)
        db.session.commit()
    _let_go(over, upload.author_id)


def _receive(upload: Upload, at: int, check: tuple[str, bytes] | None) -> int:
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
    with _writing():
        waiting = uploads.lock_unfinished(upload)
        if not waiting:
            upload = _again(upload)
        elif not kept:
            raise Problem("upload_busy")
        else:
            g.outcome = uploads.finish(waiting, kept)
        db.session.commit()
    _let_go([one.id for one in waiting or [upload]], upload.author_id)
    return upload


def _let_go(over: Sequence[str], author_id: str) -> None:
    """The parts of finished uploads go, and the worker hears of their photos."""
    for upload_id in over:
        uploads.parts().remove(upload_id)
    if over:
        beginnings.forgive(author_id)
        jobs.hint_develop()
