"""What the tus 1.0.0 headers say (https://tus.io/protocols/resumable-upload), read strictly."""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import NamedTuple

from flask import Response, json, request
from werkzeug.http import http_date

from backend.domain.sync.inbox import CANONICAL_UUID, HASH
from backend.domain.sync.receipts import Receipt
from backend.domain.sync.uploads import LARGEST_PHOTO, offset_of
from backend.models import Upload
from backend.problems import Problem

VERSION = "1.0.0"
OFFER = {
    "Tus-Version": VERSION,
    "Tus-Max-Size": str(LARGEST_PHOTO),
    "Tus-Extension": "creation,checksum,termination,expiration",
    "Tus-Checksum-Algorithm": "sha1,sha256",
}
DIGEST_BYTES = {"sha1": 20, "sha256": 32}
PIECE = 8 * 1024
WHOLE_NUMBER = re.compile(r"\d{1,15}")


class Announcement(NamedTuple):
    """What the phone says of a photo before it sends it."""

    photo_id: str
    sha256: str
    length: int
    case_id: str | None
    kind: str


def check_version() -> None:
    """Every request but OPTIONS names the version. Raises Problem upload_version."""
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise Problem("upload_version")


def mark_version(response: Response) -> Response:
    """Every answer names it, too; a refused version learns which ones there are."""
    response.headers["Tus-Resumable"] = VERSION
    if response.status_code == 412:
        response.headers["Tus-Version"] = VERSION
    return response


def read_announcement() -> Announcement:
    """Upload-Length and Upload-Metadata. Raises Problem upload_unfit or too_large."""
    length = _number("Upload-Length")
    if length > LARGEST_PHOTO:
        raise Problem("too_large", limit="10 MB")
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    photo_id, content_hash, case_id = told.get("photo_id", ""), told.get("sha256", ""), told.get("case_id", "")
    is_fit = length > 0 and CANONICAL_UUID.fullmatch(photo_id) and HASH.fullmatch(content_hash)
    if not is_fit or (case_id and not CANONICAL_UUID.fullmatch(case_id)):
        raise Problem("upload_unfit")
    return Announcement(photo_id, content_hash, length, case_id or None, told.get("kind", ""))


def read_offset() -> int:
    """Upload-Offset of a PATCH with the right content type. Raises Problem upload_type or upload_unfit."""
    if request.content_type != "application/offset+octet-stream":
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


def pieces() -> Iterator[bytes]:
    """The body as it comes in; what broke off simply ends it with an error."""
    while piece := request.stream.read(PIECE):
        yield piece


def state_headers(upload: Upload, receipt: Receipt | None) -> dict[str, str]:
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
