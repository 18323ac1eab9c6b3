"""Rescue files as a phone writes them: a head, then one item and one photo a line."""

import json
from base64 import b64encode
from hashlib import sha256
from os import urandom
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.domain.sealed_photos import PLAIN_CHUNK, binding
from backend.domain.sync.signatures import upload_text
from backend.models import User
from tests.handset import Handset, b64u


def rescue_text(items: list[dict[str, Any]], photos: list[dict[str, Any]], **head: Any) -> str:
    """The file's text, line by line as the phone's own code lays it out."""
    told = {"format": "ruhu-rescue-1", "made_at": "2026-07-08T01:00:00Z", "device_id": "d", "app_version": "1"} | head
    begin = json.dumps(told, separators=(",", ":"))[:-1]
    rows = [json.dumps({"envelope": e, "case_id": "c", "saved_at": "2026-07-08T01:00:00Z"}) for e in items]
    pictures = [json.dumps(photo) for photo in photos]
    text = begin + ',"items":[' + ",".join("\n" + row for row in rows) + '],"photos":['
    return text + ",".join("\n" + picture for picture in pictures) + "]}\n"


def sealed_photo(
    handset: Handset, raw: bytes, *, author: User, item_id: str, photo_id: str, kind: str = "house"
) -> dict:
    """A photo in the file: chunks under a key of its own, the key sealed to the server, signed by the phone."""
    key = urandom(32)
    key_id, sealed_key = handset.seal(binding(photo_id), key)
    cipher, bound = AESGCM(key), binding(photo_id).encode()
    chunks = [
        cipher.encrypt(place.to_bytes(12, "big"), raw[start : start + PLAIN_CHUNK], bound)
        for place, start in enumerate(range(0, len(raw), PLAIN_CHUNK))
    ]
    content = sha256(raw).hexdigest()
    return {
        "id": photo_id, "item_id": item_id, "case_id": "c", "purpose": "visit", "kind": kind, "sha256": content,
        "size": len(raw), "taken_at": "2026-07-08T01:00:00Z", "source": "camera", "author": author.id,
        "device_id": handset.id, "signature": handset.sign(upload_text(photo_id, content, handset.id, author.id)),
        "key_id": key_id, "sealed_key": b64u(sealed_key), "chunks": [b64encode(chunk).decode() for chunk in chunks],
    }  # fmt: skip
