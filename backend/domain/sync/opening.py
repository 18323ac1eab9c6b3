"""Opening: what an item says, whether it came sealed to the server's key or plain from an older phone."""

import zlib

from backend.codebook import ItemKind, VerdictReason
from backend.domain.sync.payloads import Unreadable
from backend.extensions import key_ring
from backend.models import InboxConflict, InboxItem, db
from backend.storage.keys import UnreadableSeal

# A request holds 1 MB; text shrinks to about a fifth.
LARGEST_TEXT = 8 * 1024 * 1024
PLAIN, DEFLATED = b"\x00", b"\x01"


def text_of(item: InboxItem) -> str:
    """The JSON text of an item. Raises Unreadable."""
    try:
        if item.sealed is None:
            return str(item.payload)
        return _opened(item.sealed, item.key_id, item.id, item.kind)
    except UnreadableSeal as error:
        # An item that a person made of a conflict was sealed under the id that it conflicts with.
        conflict = db.session.get(InboxConflict, item.id) if item.sealed else None
        if conflict is not None:
            return text_of_conflict(conflict, item.kind)
        raise Unreadable(VerdictReason.UNOPENED) from error


def text_of_conflict(conflict: InboxConflict, kind: str) -> str:
    """The JSON text of other content under an item's id, as of `kind`. Raises Unreadable."""
    try:
        if conflict.sealed is None:
            return str(conflict.payload)
        return _opened(conflict.sealed, conflict.key_id, conflict.item_id, kind)
    except UnreadableSeal as error:
        raise Unreadable(VerdictReason.UNOPENED) from error


def kind_of_conflict(conflict: InboxConflict, likely: str) -> str:
    """Which kind a sealed conflict opens as; `likely` where none does, or where it came plain."""
    for kind in (likely, *(kind.value for kind in ItemKind if kind != likely)):
        try:
            text_of_conflict(conflict, kind)
        except Unreadable as unreadable:
            if unreadable.reason is VerdictReason.UNOPENED:
                continue
        return kind
    return likely


def _opened(sealed: bytes, key_id: str | None, item_id: str, kind: str) -> str:
    raw = key_ring().open_sealed(key_id or "", sealed, f"ruhu-item-1|{item_id}|{kind}")
    flag, body = raw[:1], raw[1:]
    try:
        if flag == DEFLATED:
            body = _inflated(body)
        elif flag != PLAIN:
            raise Unreadable(VerdictReason.UNREADABLE)
        return body.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise Unreadable(VerdictReason.UNREADABLE) from error


def _inflated(body: bytes) -> bytes:
    # Never more than the bound in memory, however small the bytes that claim to hold more.
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    text = inflater.decompress(body, LARGEST_TEXT)
    if not inflater.eof or inflater.unused_data:
        raise Unreadable(VerdictReason.UNREADABLE)
    return text
