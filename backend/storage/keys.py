"""The key ring: field encryption, look-up hashes, receipt signatures, and what only the server can open.

The ring is a JSON file beside, never inside, the database. Every sealed value names the key it was
sealed with, so that a new key can be made active while older values stay readable.
"""

import base64
import fcntl
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.storage.files import Raw, write_durably

NONCE_BYTES, TAG_BYTES = 12, 16
SECTIONS = {"field", "lookup", "receipt", "deposit"}
# RFC 9180: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
SUITE = hpke.Suite(hpke.KEM.P256, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class UnreadableSeal(ValueError):
    """A sealed value does not belong to this row, or its key is not on the ring."""


def _b64(raw: Raw) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _new_pem() -> str:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def new_ring() -> dict[str, Any]:
    """A fresh ring as JSON-ready mapping: one key each for fields, look-ups, receipts and deposits."""
    return {
        "field": {"active": "f1", "keys": {"f1": _b64(secrets.token_bytes(32))}},
        "lookup": {"active": "l1", "keys": {"l1": _b64(secrets.token_bytes(32))}},
        "receipt": {"active": "r1", "keys": {"r1": _new_pem()}},
        "deposit": {"active": "d1", "keys": {"d1": _new_pem()}},
    }


@dataclass
class KeyRing:
    """Opened key ring. `ring` has the shape of `new_ring`."""

    ring: dict[str, Any]
    _opened: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, path: Path) -> "KeyRing":
        """Read the ring at `path`: made (mode 0600) on the first start, given what newer versions need on later ones."""
        ring = json.loads(path.read_text()) if path.exists() else {}
        return cls(ring if ring.keys() >= SECTIONS else _completed(path))

    def seal(self, plain: str | bytes, *, aad: str) -> str:
        """AES-256-GCM of `plain`, bound to `aad`: "key id.base64(nonce + ciphertext)"."""
        raw = plain.encode() if isinstance(plain, str) else plain
        return f"{self.ring['field']['active']}.{_b64(self.seal_bytes(raw, aad=aad))}"

    def unseal(self, sealed: str, *, aad: str) -> str:
        """The text behind `sealed`. Raises UnreadableSeal for another row's or a lost key's value."""
        key_id, _, body = sealed.partition(".")
        return self.unseal_bytes(_unb64(body), aad=aad, key_id=key_id).decode()

    def seal_bytes(self, raw: Raw, *, aad: str, head: bytes = b"") -> bytearray:
        """`head` as it is, then nonce + ciphertext under the active field key."""
        nonce, start = os.urandom(NONCE_BYTES), len(head) + NONCE_BYTES
        # In its place from the start: a photo is not copied about.
        sealed = bytearray(start + len(raw) + TAG_BYTES)
        sealed[:start] = head + nonce
        with memoryview(sealed) as view:
            self._cipher(self.ring["field"]["active"]).encrypt_into(nonce, raw, aad.encode(), view[start:])
        return sealed

    def unseal_bytes(self, sealed: bytes, *, aad: str, key_id: str | None = None) -> bytes:
        """The bytes behind `seal_bytes`; tries the active key when `key_id` is None."""
        cipher = self._cipher(key_id or self.ring["field"]["active"])
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad.encode())
        except Exception as error:
            raise UnreadableSeal("sealed value does not open with this key and row") from error

    def _cipher(self, key_id: str) -> AESGCM:
        text = self.ring["field"]["keys"].get(key_id)
        if text is None:
            raise UnreadableSeal(f"field key {key_id} is not on the ring")
        # Setting a cipher up costs more than sealing a short text with it.
        found = self._opened.get(text)
        if found is None:
            found = self._opened[text] = AESGCM(_unb64(text))
        return found

    def lookup(self, plain: str) -> str:
        """Keyed hash by which an equal value is found without being readable (HMAC-SHA-256, 43 chars)."""
        key = _unb64(self.ring["lookup"]["keys"][self.ring["lookup"]["active"]])
        return _b64(hmac.digest(key, plain.encode(), "sha256"))

    def sign_receipt(self, message: str) -> str:
        """ECDSA P-256/SHA-256 over `message`, raw r‖s in base64url, as WebCrypto verifies it."""
        der = self._private("receipt", self.ring["receipt"]["active"]).sign(message.encode(), ec.ECDSA(hashes.SHA256()))
        r, s = decode_dss_signature(der)
        return _b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def receipt_jwk(self) -> dict[str, str]:
        """Public half of the receipt key as a JSON Web Key."""
        return _jwk(self._private("receipt", self.ring["receipt"]["active"]))

    def deposit_jwk(self) -> dict[str, Any]:
        """{id, jwk}: the public key to which phones seal what they hand in."""
        active = self.ring["deposit"]["active"]
        return {"id": active, "jwk": _jwk(self._private("deposit", active))}

    def open_sealed(self, key_id: str, blob: bytes, info: str) -> bytes:
        """What a phone sealed (HPKE base mode) to the deposit key `key_id`, bound to `info`. Raises UnreadableSeal."""
        key = self._private("deposit", key_id)
        try:
            return SUITE.decrypt(blob, key, info.encode())
        except Exception as error:
            raise UnreadableSeal("what was handed in does not open with this key and item") from error

    def _private(self, section: str, key_id: str) -> ec.EllipticCurvePrivateKey:
        pem = self.ring[section]["keys"].get(key_id)
        if pem is None:
            raise UnreadableSeal(f"{section} key {key_id} is not on the ring")
        found = self._opened.get(pem)
        if found is None:
            found = self._opened[pem] = serialization.load_pem_private_key(pem.encode(), password=None)
        return found


def _jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    point = key.public_key().public_numbers()
    axes = {"x": _b64(point.x.to_bytes(32, "big")), "y": _b64(point.y.to_bytes(32, "big"))}
    return {"kty": "EC", "crv": "P-256"} | axes


def _completed(path: Path) -> dict[str, Any]:
    """The ring with the sections it lacks. Written durably before it is used: a lost key opens nothing again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        ring = json.loads(path.read_text()) if path.exists() else {}
        if not ring.keys() >= SECTIONS:
            ring = new_ring() | ring
            write_durably(path, json.dumps(ring).encode())
    finally:
        os.close(folder)
    return ring
