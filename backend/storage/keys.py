"""The key ring: field encryption, look-up hashes and receipt signatures.

The ring is a JSON file beside, never inside, the database. Every sealed value names the key it was
sealed with, so that a new key can be made active while older values stay readable.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class UnreadableSeal(ValueError):
    """A sealed value does not belong to this row, or its key is not on the ring."""


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_ring() -> dict[str, Any]:
    """A fresh ring as JSON-ready mapping: one field key, one look-up key, one receipt key."""
    receipt = ec.generate_private_key(ec.SECP256R1())
    pem = receipt.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "field": {"active": "f1", "keys": {"f1": _b64(secrets.token_bytes(32))}},
        "lookup": {"active": "l1", "keys": {"l1": _b64(secrets.token_bytes(32))}},
        "receipt": {"active": "r1", "keys": {"r1": pem.decode()}},
    }


@dataclass
class KeyRing:
    """Opened key ring. `ring` has the shape of `new_ring`."""

    ring: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> "KeyRing":
        """Read the ring at `path`, making it (mode 0600) on the first start."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{secrets.token_hex(8)}.new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as out:
                json.dump(new_ring(), out)
                out.flush()
                os.fsync(out.fileno())
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return cls(json.loads(path.read_text()))

    def seal(self, plain: str | bytes, *, aad: str) -> str:
        """AES-256-GCM of `plain`, bound to `aad`: "key id.base64(nonce + ciphertext)"."""
        raw = plain.encode() if isinstance(plain, str) else plain
        return f"{self.ring['field']['active']}.{_b64(self.seal_bytes(raw, aad=aad))}"

    def unseal(self, sealed: str, *, aad: str) -> str:
        """The text behind `sealed`. Raises UnreadableSeal for another row's or a lost key's value."""
        key_id, _, body = sealed.partition(".")
        return self.unseal_bytes(_unb64(body), aad=aad, key_id=key_id).decode()

    def seal_bytes(self, raw: bytes, *, aad: str) -> bytes:
        """nonce + ciphertext under the active field key."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher(self.ring["field"]["active"]).encrypt(nonce, raw, aad.encode())

    def unseal_bytes(self, sealed: bytes, *, aad: str, key_id: str | None = None) -> bytes:
        """The bytes behind `seal_bytes`; tries the active key when `key_id` is None."""
        cipher = self._cipher(key_id or self.ring["field"]["active"])
        try:
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad.encode())
        except Exception as error:
            raise UnreadableSeal("sealed value does not open with this key and row") from error

    def _cipher(self, key_id: str) -> AESGCM:
        try:
            return AESGCM(_unb64(self.ring["field"]["keys"][key_id]))
        except KeyError as error:
            raise UnreadableSeal(f"field key {key_id} is not on the ring") from error

    def lookup(self, plain: str) -> str:
        """Keyed hash by which an equal value is found without being readable (HMAC-SHA-256, 43 chars)."""
        key = _unb64(self.ring["lookup"]["keys"][self.ring["lookup"]["active"]])
        return _b64(hmac.new(key, plain.encode(), hashlib.sha256).digest())

    def sign_receipt(self, message: str) -> str:
        """ECDSA P-256/SHA-256 over `message`, raw r‖s in base64url, as WebCrypto verifies it."""
        der = self._receipt_key().sign(message.encode(), ec.ECDSA(hashes.SHA256()))
        r, s = decode_dss_signature(der)
        return _b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def receipt_jwk(self) -> dict[str, str]:
        """Public half of the receipt key as a JSON Web Key."""
        point = self._receipt_key().public_key().public_numbers()
        return {
            "kty": "EC",
            "crv": "P-256",
            "x": _b64(point.x.to_bytes(32, "big")),
            "y": _b64(point.y.to_bytes(32, "big")),
        }

    def _receipt_key(self) -> ec.EllipticCurvePrivateKey:
        if not hasattr(self, "_receipt"):
            pem = self.ring["receipt"]["keys"][self.ring["receipt"]["active"]]
            self._receipt = serialization.load_pem_private_key(pem.encode(), password=None)
        return self._receipt
