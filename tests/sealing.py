"""A photo as a phone seals and sends it: chunks under a key of its own, the key for the server only."""

import os
from base64 import b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask.testing import FlaskClient

from backend.models import Case, User
from backend.models.base import new_id
from tests import phone
from tests.handset import Handset, b64u

CHUNK = 49_136


def seal_chunks(key: bytes, photo_id: str, raw: bytes) -> bytes:
    bound = f"ruhu-photo-1|{photo_id}".encode()
    pieces = (raw[start : start + CHUNK] for start in range(0, len(raw), CHUNK))
    return b"".join(AESGCM(key).encrypt(i.to_bytes(12, "big"), piece, bound) for i, piece in enumerate(pieces))


class SealedPhoto:
    """`stored` are the bytes that travel; `told` is its Upload-Metadata; `headers` prove the phone."""

    def __init__(self, handset: Handset, author: User, raw: bytes, case: Case | None = None, **other: Any) -> None:
        self.id, key = new_id(), os.urandom(32)
        self.sha256, self.stored = sha256(raw).hexdigest(), seal_chunks(key, self.id, raw)
        key_id, blob = handset.seal(f"ruhu-photo-1|{self.id}", key)
        self.told = {
            "photo_id": self.id, "sha256": self.sha256, "kind": "house", "size": str(len(raw)),
            "sealed_key": b64u(blob), "key_id": key_id, "author": author.id,
        } | ({"case_id": case.id} if case else {}) | other  # fmt: skip
        signed = f"ruhu-upload-1\n{self.id}\n{self.sha256}\n{handset.id}\n{author.id}"
        self.headers = {"Ruhu-Device": handset.id, "Ruhu-Author": author.id, "Ruhu-Signature": handset.sign(signed)}

    def announce(self, client: FlaskClient, **headers: str) -> Any:
        metadata = ",".join(f"{k} {b64encode(v.encode()).decode()}" for k, v in self.told.items())
        told = phone.TUS | {"Upload-Length": str(len(self.stored)), "Upload-Metadata": metadata}
        return client.post("/api/v1/uploads", headers=told | headers)

    def send(self, client: FlaskClient, **headers: str) -> Any:
        """Announce, then everything in one piece; the last answer."""
        begun = self.announce(client, **headers)
        if begun.status_code != 201:
            return begun
        return phone.send(client, begun.headers["Location"], self.stored, **headers)

    def listed(self) -> dict[str, Any]:
        """As the facts name it."""
        return phone.listed(b"", photo_id=self.id) | {"sha256": self.sha256, "size": int(self.told["size"])}
