"""Bodies packed with gzip, both ways: a village's network pays by the byte.

Nothing secret stands beside what a caller may choose in these answers, so packing tells nobody anything.
"""

import gzip
import zlib
from io import BytesIO

from flask import Response, request
from werkzeug.wsgi import get_input_stream

from backend.problems import Problem

WORTH_PACKING = 1024
LEVEL = 6
GZIP_HEAD = 31


def unpack_request(limit: int) -> None:
    """Put the unpacked body in the packed one's place. Raises Problem bad_request, or too_large beyond `limit` bytes."""
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "identity":
        return
    if coding != "gzip":
        raise Problem("bad_request")
    if (request.content_length or 0) > limit:
        raise Problem("too_large", limit="1 MB")
    packed = get_input_stream(request.environ, max_content_length=limit).read()
    plain = _unpacked(packed, limit)
    request.environ["wsgi.input"] = BytesIO(plain)
    request.environ["CONTENT_LENGTH"] = str(len(plain))
    # Werkzeug remembers the packed length once it was asked for.
    request.__dict__.pop("content_length", None)


def _unpacked(packed: bytes, limit: int) -> bytes:
    reader = zlib.decompressobj(GZIP_HEAD)
    try:
        plain = reader.decompress(packed, limit + 1)
    except zlib.error as error:
        raise Problem("bad_request") from error
    if len(plain) > limit:
        raise Problem("too_large", limit="1 MB")
    if not reader.eof:
        raise Problem("bad_request")
    return plain


def pack_answer(response: Response) -> Response:
    """Pack an answer that is worth it for a caller who can read it."""
    response.vary.add("Accept-Encoding")
    is_plain = response.is_json and not response.is_streamed and not response.content_encoding
    if is_plain and request.accept_encodings["gzip"] > 0 and (response.content_length or 0) >= WORTH_PACKING:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response
