"""What the tus 1.0.0 headers say (https://tus.io/protocols/resumable-upload), read strictly."""

import binascii
import json
import re
from base64 import b64decode, b64encode, urlsafe_b64decode
from collections.abc import Iterator
from hashlib import new as new_hash

from flask import Response, request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from backend.domain import sealed_photos
from backend.domain.sync.coming import AnyUpload
from backend.domain.sync.inbox import CANONICAL_UUID, HASH
from backend.domain.sync.payloads import LARGEST_PHOTO
from backend.domain.sync.receipts import Receipt
from backend.domain.sync.uploads import Announcement, offset_of
from backend.problems import Problem

VERSION = "1.0.0"
SPOKEN = {"Tus-Resumable": VERSION}
OFFER = {
    "Tus-Version": VERSION,
    "Tus-Max-Size": str(LARGEST_PHOTO),
    "Tus-Extension": "creation,creation-with-upload,checksum,termination,expiration",
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
DIGEST_BYTES = {"sha1": 20, "sha256": 32}
PIECE = 8 * 1024
# What comes in one request and is no longer than this waits in memory, not in a part.
AT_ONCE = 1024 * 1024
BYTES = "application/offset+octet-stream"
KEY_NAME, KEY_TEXT = re.compile(r"[A-Za-z0-9_-]{1,8}"), re.compile(r"[A-Za-z0-9_-]{1,400}")
WHOLE_NUMBER = re.compile(r"\d{1,15}")


def check_version() -> None:
    """Every request but OPTIONS names the version. Raises Problem upload_version."""
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise Problem("upload_version")


def mark_version(response: Response) -> Response:
    """Every answer names it, too; a refused version learns which ones there are."""
    response.headers.update(SPOKEN)
    if response.status_code == 412:
        response.headers["Tus-Version"] = VERSION
    return response


def read_announcement() -> Announcement:
    """Upload-Length and Upload-Metadata. Raises Problem upload_unfit or too_large."""
    length = _number("Upload-Length")
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    photo_id, content_hash = told.get("photo_id", ""), told.get("sha256", "")
    case_id, author = told.get("case_id") or None, told.get("author") or None
    ids = [photo_id, *(name for name in (case_id, author) if name is not None)]
    if not all(CANONICAL_UUID.fullmatch(name) for name in ids) or not HASH.fullmatch(content_hash):
        raise Problem("upload_unfit")
    plain = Announcement(photo_id, content_hash, length, case_id, told.get("kind", ""), length, author=author)
    announced = _read_seal(plain, told) if told.get("sealed_key") else plain
    if announced.size > LARGEST_PHOTO:
        raise Problem("too_large", limit="10 MB")
    if announced.size == 0:
        raise Problem("upload_unfit")
    return announced


def _read_seal(plain: Announcement, told: dict[str, str]) -> Announcement:
    size, key_id = told.get("size", ""), told.get("key_id", "")
    if not WHOLE_NUMBER.fullmatch(size) or not KEY_NAME.fullmatch(key_id):
        raise Problem("upload_unfit")
    text = told["sealed_key"]
    if not KEY_TEXT.fullmatch(text) or len(text) % 4 == 1:
        raise Problem("upload_unfit")
    blob = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if plain.length != sealed_photos.stored_size(int(size)):
        raise Problem("upload_unfit")
    return plain._replace(size=int(size), photo_key=blob, key_id=key_id)


def read_offset() -> int:
    """Upload-Offset of a PATCH with the right content type. Raises Problem upload_type or upload_unfit."""
    if request.content_type != BYTES:
        raise Problem("upload_type")
    return _number("Upload-Offset")


def read_checksum() -> tuple[str, bytes] | None:
    """Upload-Checksum as (algorithm, digest), None without one. Raises Problem upload_checksum."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    digest = _decoded(encoded)
    if digest is None or len(digest) != DIGEST_BYTES.get(algorithm):
        raise Problem("upload_checksum")
    return algorithm, digest


def whole(length: int, check: tuple[str, bytes] | None) -> bytes:
    """A body of that many bytes, all of it. Raises Problem bad_request where the line breaks off, upload_torn."""
    try:
        # As the line brings it: how long it is was announced, and it is not copied about.
        raw: bytes = request.environ["wsgi.input"].read(length)
    except OSError as error:
        raise Problem("bad_request") from error
    if len(raw) != length:
        raise Problem("bad_request")
    if check and new_hash(check[0], raw).digest() != check[1]:
        raise Problem("upload_torn")
    return raw


def pieces() -> Iterator[bytes]:
    """The body as it comes in. Raises ClientDisconnected where the line breaks off."""
    while piece := _piece():
        yield piece


def _piece() -> bytes:
    try:
        return request.stream.read(PIECE)
    except OSError as error:
        raise ClientDisconnected from error


def state_headers(upload: AnyUpload, receipt: Receipt | None) -> dict[str, str]:
    """Where an upload stands, with the receipt once it is whole."""
    headers = {"Upload-Offset": str(offset_of(upload)), "Upload-Length": str(upload.length)}
    if receipt is None:
        return headers | {"Upload-Expires": http_date(upload.expires_at)}
    return headers | {"Ruhu-Receipt": b64encode(json.dumps(receipt).encode()).decode()}


def _number(header: str) -> int:
    value = request.headers.get(header, "")
    if not WHOLE_NUMBER.fullmatch(value):
        raise Problem("upload_unfit")
    return int(value)


def _metadata(header: str) -> dict[str, str]:
    told = {}
    for pair in header.split(",") if header else ():
        key, _, encoded = pair.strip().partition(" ")
        raw = _decoded(encoded)
        if not key or raw is None or key in told:
            raise Problem("upload_unfit")
        told[key] = raw.decode("utf-8", errors="replace")
    return told


def _decoded(encoded: str) -> bytes | None:
    try:
        return b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None
