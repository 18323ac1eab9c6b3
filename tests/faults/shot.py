"""A photo on its way: sealed and signed by the phone, or plain under a session, as any tus client brings it."""

import os
from base64 import b64encode
from typing import Any, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests import phone
from tests.faults.office import Held
from tests.faults.transports import Answer
from tests.handset import b64u

PLAIN_CHUNK = 49_136


class Sender(Protocol):
    """What a shot needs of the phone that it is on."""

    held: Held

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None: ...

    def take_photo_receipt(self, headers: dict[str, str]) -> None: ...


class Shot:
    """`listed` is what the facts say of it; `raw` are the bytes that travel."""

    def __init__(self, listed: dict[str, Any], picture: bytes, case_id: str, held: Held) -> None:
        self.listed, self.raw, self.path = listed, picture, ""
        told = {"photo_id": listed["id"], "sha256": listed["sha256"], "kind": listed["kind"], "case_id": case_id}
        self.headers = held.cookie
        if held.handset:
            told |= self._seal(picture, held)
            self.headers = _proof(listed, held)
        self._told = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in told.items())

    def _seal(self, picture: bytes, held: Held) -> dict[str, str]:
        key, bound = os.urandom(32), f"ruhu-photo-1|{self.listed['id']}"
        pieces = [picture[start : start + PLAIN_CHUNK] for start in range(0, len(picture), PLAIN_CHUNK)]
        sealed = [AESGCM(key).encrypt(n.to_bytes(12, "big"), raw, bound.encode()) for n, raw in enumerate(pieces)]
        self.raw = b"".join(sealed)
        key_id, blob = held.handset.seal(bound, key)
        return {"sealed_key": b64u(blob), "key_id": key_id, "size": str(len(picture)), "author": held.user_id}

    def announce(self, sender: Sender, *, at_once: bool = False) -> Answer | None:
        """The POST that begins an upload; `at_once` with all its bytes."""
        told = phone.TUS | self.headers | {"Upload-Length": str(len(self.raw)), "Upload-Metadata": self._told}
        told |= {"Content-Type": phone.BYTES} if at_once else {}
        answer = sender.call("POST", "/api/v1/uploads", self.raw if at_once else b"", told)
        sender.take_photo_receipt(answer[1] if answer else {})
        if answer and answer[0] == 201 and answer[1].get("location", "").startswith("/api/v1/uploads/"):
            self.path = answer[1]["location"]
        return answer

    def bring_on(self, sender: Sender, *, at_once: bool = False) -> None:
        """Announce it, `at_once` with all its bytes, or go on where the server says that it is."""
        if not self.path:
            self.announce(sender, at_once=at_once)
            return
        seen = sender.call("HEAD", self.path, b"", phone.TUS | self.headers)
        if seen is None or seen[0] != 200 or "upload-offset" not in seen[1]:
            if seen and 400 <= seen[0] < 500:
                self.path = ""
            return
        sender.take_photo_receipt(seen[1])
        at = int(seen[1]["upload-offset"])
        if seen[1].get("upload-length") != str(len(self.raw)) or at == len(self.raw):
            # Whole without our receipt, or of another length: this address is not our photo's.
            self.path = ""
            return
        self.send(sender, at, self.raw[at:])

    def send(self, sender: Sender, at: int, piece: bytes) -> None:
        """One PATCH."""
        told = phone.TUS | self.headers | {"Upload-Offset": str(at), "Content-Type": phone.BYTES}
        sent = sender.call("PATCH", self.path, piece, told)
        sender.take_photo_receipt(sent[1] if sent else {})
        if sent and 400 <= sent[0] < 500 and sent[0] not in (409, 423):
            self.path = ""


def _proof(listed: dict[str, Any], held: Held) -> dict[str, str]:
    text = "\n".join(("ruhu-upload-1", listed["id"], listed["sha256"], held.handset.id, held.user_id))
    return {
        "Ruhu-Device": held.handset.id, "Ruhu-Author": held.user_id, "Ruhu-Signature": held.handset.sign(text),
    }  # fmt: skip
