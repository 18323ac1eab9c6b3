"""Receipts: the server's signed word that exactly this content is stored. Only they end an item on the phone."""

from datetime import datetime
from hashlib import sha256
from typing import TypedDict

from backend import clock
from backend.extensions import key_ring


class Receipt(TypedDict):
    """`id` of the item or photo, `sha256` (hex) of its content, `outcome` stored, duplicate or conflict."""

    id: str
    sha256: str
    outcome: str
    receipt_no: str
    received_at: str
    signature: str


def receipt_number(content_id: str, content_hash: str) -> str:
    """3F7A-91C2: eight characters that a person can read out, the same for the same content."""
    digits = sha256(f"{content_id}\n{content_hash}".encode()).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"


def receipt_text(content_id: str, content_hash: str, outcome: str, number: str, received_at: str) -> str:
    """What is signed."""
    return "\n".join(("ruhu-receipt-1", content_id, content_hash, outcome, number, received_at))


def sign(content_id: str, content_hash: str, outcome: str, number: str, received_at: datetime) -> Receipt:
    """A receipt with the server's signature (ECDSA P-256 over `receipt_text`, raw r‖s in base64url)."""
    stamp = clock.iso(received_at) or ""
    text = receipt_text(content_id, content_hash, outcome, number, stamp)
    return Receipt(
        id=content_id,
        sha256=content_hash,
        outcome=outcome,
        receipt_no=number,
        received_at=stamp,
        signature=key_ring().sign_receipt(text),
    )
