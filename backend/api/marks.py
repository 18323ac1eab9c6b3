"""The server's mark goes with every answer to a phone that tells the last one it got (see `domain.sync.mark`)."""

import logging

from flask import Response, request

from backend.domain.sync import mark
from backend.extensions import reading

HEADER, END = "Ruhu-Mark", "ruhu.chain_end"
LONGEST = 200
log = logging.getLogger(__name__)


def notice_restore() -> None:
    """Begin a new epoch when the phone holds a mark that this server has lost: before the answer names the epoch."""
    told = request.headers.get(HEADER, "")
    if "." not in told or len(told) > LONGEST:
        return
    with reading():
        is_restored = mark.is_older_than(told)
    if is_restored:
        log.warning("a phone has seen a later day of this server: restored, so a new epoch begins")
        mark.begin_after(told)


def tell_end(link: str) -> None:
    """Where the chain ended with what this request committed: nobody needs to look for its answer's mark then."""
    if link:
        request.environ[END] = link


def tell_mark(response: Response) -> Response:
    """How far the chain has come with this answer in it."""
    if response.status_code < 400:
        response.headers.update(told_mark())
    return response


def told_mark() -> dict[str, str]:
    """The header that says so, for who tells a mark; for others none."""
    if HEADER not in request.headers:
        return {}
    if END in request.environ:
        return {HEADER: mark.mark_of(request.environ[END])}
    with reading():
        return {HEADER: mark.current_mark()}
