"""What a phone signs with its device key (ECDSA P-256/SHA-256, raw r‖s in base64url), and whether it holds.

The words at the start keep a signature made for one purpose from serving another.
"""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

AXIS_CHARACTERS = 43
SIGNATURE_CHARACTERS = 86
_ALGORITHM = ec.ECDSA(hashes.SHA256())
_DEPOSITED = ("id", "kind", "device_id", "author", "seq", "key_id", "sha256")


def deposit_text(envelope: Mapping[str, Any]) -> str:
    """Signed under an item."""
    return "\n".join(("ruhu-deposit-2", *(str(envelope[name]) for name in _DEPOSITED)))


def upload_text(photo_id: str, content_hash: str, device_id: str, author: str) -> str:
    """Signed under a photo's upload that comes without a session."""
    return "\n".join(("ruhu-upload-1", photo_id, content_hash, device_id, author))


def words_text(purpose: str, body_hash: str, device_id: str, author: str) -> str:
    """Signed under a request (`purpose` missing, heartbeat) that comes without a session."""
    return "\n".join(("ruhu-words-1", purpose, body_hash, device_id, author))


def enrolment_text(device_id: str, user_id: str, code: str) -> str:
    """Signed when a phone is enrolled: it holds the private half of the key it names."""
    return "\n".join(("ruhu-enrol-1", device_id, user_id, code))


def binding_text(device_id: str, username: str) -> str:
    """Signed at a sign-in by password, which makes the person this phone's user."""
    return "\n".join(("ruhu-bind-1", device_id, username))


def key_text(jwk: Mapping[str, Any]) -> str | None:
    """A public JSON Web Key in its one spelling, None when it is no point of P-256."""
    axes = {axis: str(jwk.get(axis, "")) for axis in "xy"}
    text = json.dumps({"kty": "EC", "crv": "P-256"} | axes)
    if (jwk.get("kty"), jwk.get("crv")) != ("EC", "P-256") or any(len(a) != AXIS_CHARACTERS for a in axes.values()):
        return None
    try:
        _public_key(text)
    except ValueError:
        return None
    return text


def is_signed(key: str, text: str, signature: str) -> bool:
    """Whether `signature` is of `text` by the public key `key`, as `key_text` spells it."""
    if len(signature) != SIGNATURE_CHARACTERS:
        return False
    try:
        raw = urlsafe_b64decode(f"{signature}==")
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        _public_key(key).verify(der, text.encode(), _ALGORITHM)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def _public_key(key: str) -> ec.EllipticCurvePublicKey:
    jwk = json.loads(key)
    x, y = (int.from_bytes(urlsafe_b64decode(f"{jwk[axis]}="), "big") for axis in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
