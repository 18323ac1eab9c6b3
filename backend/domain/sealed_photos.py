"""照片 as a phone seals them: AES-256-GCM in chunks, their key sealed to the server's deposit key.

A chunk can be opened only as the one it is: its place is the nonce, its photo the additional data. That
no chunk is missing at the end is proven by the size and hash announced for the picture.
"""

from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STORED_CHUNK = 49_152
TAG = 16
PLAIN_CHUNK = STORED_CHUNK - TAG
KEY_BYTES = 32


def binding(photo_id: str) -> str:
    """What key and chunks of a photo are bound to."""
    return f"ruhu-photo-1|{photo_id}"


def stored_size(size: int) -> int:
    """Bytes that travel for a picture of `size` bytes."""
    return size + TAG * -(-size // PLAIN_CHUNK)


def open_key(ring: Any, photo_id: str, key_id: str, blob: bytes) -> bytes:
    """The photo's own key; `ring` is the server's KeyRing. Raises UnreadableSeal."""
    key: bytes = ring.open_sealed(key_id, blob, binding(photo_id))
    return key


def open_chunks(key: bytes, photo_id: str, stored: bytes) -> bytearray | None:
    """The picture in the chunks; None when one of them is not what the phone sealed, or is out of place."""
    cipher, bound = AESGCM(key), binding(photo_id).encode()
    starts = range(0, len(stored), STORED_CHUNK)
    # Each chunk is opened into its place: a photo is not copied about.
    picture = bytearray(max(0, len(stored) - TAG * len(starts)))
    try:
        with memoryview(stored) as chunks, memoryview(picture) as view:
            for place, start in enumerate(starts):
                chunk, at = chunks[start : start + STORED_CHUNK], place * PLAIN_CHUNK
                cipher.decrypt_into(place.to_bytes(12, "big"), chunk, bound, view[at : at + len(chunk) - TAG])
    except (InvalidTag, ValueError):
        return None
    return picture
