"""A phone with its own keys: seals what is finished to the server and signs it, as the real one does."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from backend import clock
from backend.extensions import key_ring
from backend.models import Device, DeviceUser, User, db
from backend.models.base import new_id
from backend.storage.keys import SUITE


def b64u(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64u(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def jwk_of(public: ec.EllipticCurvePublicKey) -> dict[str, str]:
    point = public.public_numbers()
    axes = {"x": b64u(point.x.to_bytes(32, "big")), "y": b64u(point.y.to_bytes(32, "big"))}
    return {"kty": "EC", "crv": "P-256"} | axes


def public_key(jwk: dict[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(unb64u(jwk[axis]), "big") for axis in "xy")
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


class Handset:
    """`jwk` is its public key; `deposit_key` {id, jwk} is what the session told, by default the app's at hand."""

    def __init__(self, device_id: str | None = None, *, deposit_key: dict[str, Any] | None = None) -> None:
        self.id = device_id or new_id()
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.jwk = jwk_of(self.private.public_key())
        self.deposit_key = deposit_key
        self.seq = 0

    def sign(self, text: str) -> str:
        """ECDSA P-256/SHA-256, raw r‖s in base64url."""
        r, s = decode_dss_signature(self.private.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return b64u(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def seal(self, info: str, plain: bytes) -> tuple[str, bytes]:
        """(key id, HPKE blob) of `plain`, for the server only."""
        to = self.deposit_key or key_ring().deposit_jwk()
        return to["id"], SUITE.encrypt(plain, public_key(to["jwk"]), info.encode())

    def sealed(self, kind: str, content: Any, *, author: User | str, item_id: str | None = None, **other: Any) -> dict:
        """An item as it travels; `content` may be a text that is no JSON, `other` overrides what is signed."""
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, sort_keys=True)
        item_id, self.seq = item_id or new_id(), self.seq + 1
        squeezed = zlib.compress(text.encode(), wbits=-15)
        key_id, blob = self.seal(f"ruhu-item-1|{item_id}|{kind}", b"\x01" + squeezed)
        facts = {
            "id": item_id, "kind": kind, "device_id": self.id, "author": author if isinstance(author, str) else author.id,
            "seq": self.seq, "key_id": key_id, "sealed": b64u(blob), "sha256": sha256(blob).hexdigest(),
        } | other  # fmt: skip
        return facts | {"signature": self.sign(deposit_text(facts)), "payload": None}

    def vouch(self, purpose: str, body: bytes, *, author: User) -> dict[str, str]:
        """Headers that let a request in without a session."""
        text = "\n".join(("ruhu-words-1", purpose, sha256(body).hexdigest(), self.id, author.id))
        return {"Ruhu-Device": self.id, "Ruhu-Author": author.id, "Ruhu-Signature": self.sign(text)}

    def binding(self, username: str) -> str:
        """The proof that goes with a sign-in."""
        return self.sign(f"ruhu-bind-1\n{self.id}\n{username}")

    def enrolment(self, user: User, code: str, **other: Any) -> dict[str, Any]:
        """Body of POST /api/v1/devices."""
        proof = self.sign(f"ruhu-enrol-1\n{self.id}\n{user.id}\n{code}")
        return {
            "device_id": self.id,
            "name": "Redmi Note 9",
            "public_key": self.jwk,
            "code": code,
            "proof": proof,
        } | other


def deposit_text(facts: dict[str, Any]) -> str:
    """What the phone signs under an item."""
    names = ("id", "kind", "device_id", "author", "seq", "key_id", "sha256")
    return "\n".join(("ruhu-deposit-2", *(str(facts[name]) for name in names)))


def enrolled(*users: User, device_id: str | None = None) -> Handset:
    """A phone that is enrolled, held by the first of `users` and bound to all of them."""
    handset, now = Handset(device_id), clock.now()
    db.session.add(
        Device(
            id=handset.id, user_id=users[0].id, public_key=json.dumps(handset.jwk), first_seen_at=now, seen_at=now,
            enrolled_at=now, name="Redmi Note 9",
        )
    )  # fmt: skip
    db.session.flush()
    db.session.add_all(DeviceUser(device_id=handset.id, user_id=user.id, bound_at=now) for user in users)
    db.session.commit()
    return handset
