"""Before anything is stored: which of the envelopes can be, with their bytes, and in whose name.

Reads nothing and holds nothing: signatures are checked while the database is free for others.
"""

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple, TypedDict

from backend.codebook import ItemKind
from backend.domain.sync.attribution import Claim, Phone, attribute
from backend.domain.sync.signatures import deposit_text, is_signed
from backend.problems import sentence

CANONICAL_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
KEY_ID = re.compile(r"[a-z0-9-]{1,8}")
BASE64_URL = re.compile(r"[A-Za-z0-9_-]+")
SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")
LARGEST_SEQ = 2**31 - 1
LEAST_BLOB = 65 + 1 + 16
KINDS = frozenset(kind.value for kind in ItemKind)


class Envelope(TypedDict):
    """One item as it travels: `sealed` (base64url of the HPKE blob to `key_id`), or an older phone's plain `payload`.

    `sha256` is of the blob's bytes, or of the payload's UTF-8. `author` is the account whose work it says it is.
    """

    id: str
    kind: str
    device_id: str
    author: str | None
    seq: int
    key_id: str | None
    sealed: str | None
    sha256: str
    signature: str | None
    payload: str | None


class Refusal(TypedDict):
    """An envelope that could not be stored; it stays on the phone."""

    id: str
    code: str
    message: str


class Senders(NamedTuple):
    """What the database knows of the phones and authors that envelopes name; see `inbox.senders_of`."""

    phones: Mapping[str, Phone]
    accounts: Mapping[str, bool]


class Offer(NamedTuple):
    """An envelope that can be stored; `blob` holds its sealed bytes, None when it is plain."""

    envelope: Envelope
    blob: bytes | None
    claim: Claim


class Weighed(NamedTuple):
    offers: list[Offer]
    refused: list[Refusal]

    @property
    def is_nobody(self) -> bool:
        """Whether a session is all that is missing."""
        return not self.offers and all(refusal["code"] == "device_unknown" for refusal in self.refused)


class _Unfit(ValueError):
    """The code of the refusal."""


def weigh(envelopes: Iterable[Envelope], senders: Senders, *, carrier_id: str | None) -> Weighed:
    """Sort envelopes into those to store and those to refuse, in their order; `carrier_id` is who is signed in."""
    weighed = Weighed([], [])
    for envelope in envelopes:
        try:
            blob = _content(envelope)
            signed = envelope if _has_signature(envelope) else _unsigned(envelope)
            weighed.offers.append(Offer(signed, blob, _claim(signed, senders, carrier_id)))
        except _Unfit as unfit:
            weighed.refused.append(refusal(envelope, str(unfit)))
    return weighed


def refusal(envelope: Envelope, code: str) -> Refusal:
    """What the phone is told of an envelope that was not stored."""
    return Refusal(id=envelope["id"], code=code, message=sentence(code))


def _has_signature(envelope: Envelope) -> bool:
    return envelope["signature"] is None or SIGNATURE.fullmatch(envelope["signature"]) is not None


def _unsigned(envelope: Envelope) -> Envelope:
    """What cannot be a signature proves nothing, and no database need be able to keep it."""
    unsigned = envelope.copy()
    unsigned["signature"] = None
    return unsigned


def _content(envelope: Envelope) -> bytes | None:
    author, sealed, payload = envelope["author"], envelope["sealed"], envelope["payload"]
    names = (
        (envelope["id"], envelope["device_id"]) if author is None else (envelope["id"], envelope["device_id"], author)
    )
    is_named = all(CANONICAL_UUID.fullmatch(name) for name in names) and 0 <= envelope["seq"] <= LARGEST_SEQ
    if not is_named or envelope["kind"] not in KINDS or not HASH.fullmatch(envelope["sha256"]):
        raise _Unfit("item_unfit")
    if bool(sealed) is bool(payload):
        raise _Unfit("item_unfit")
    blob = _decoded(sealed, envelope["key_id"]) if sealed else None
    try:
        raw = (payload or "").encode() if blob is None else blob
    except UnicodeEncodeError as error:  # half a character: no phone can have hashed that
        raise _Unfit("item_torn") from error
    if sha256(raw).hexdigest() != envelope["sha256"]:
        raise _Unfit("item_torn")
    return blob


def _decoded(sealed: str, key_id: str | None) -> bytes:
    if key_id is None or not KEY_ID.fullmatch(key_id):
        raise _Unfit("item_unfit")
    if not BASE64_URL.fullmatch(sealed):
        raise _Unfit("item_torn")
    try:
        blob = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    except binascii.Error as error:
        raise _Unfit("item_torn") from error
    if len(blob) < LEAST_BLOB:
        raise _Unfit("item_torn")
    return blob


def _claim(envelope: Envelope, senders: Senders, carrier_id: str | None) -> Claim:
    phone = senders.phones.get(envelope["device_id"])
    claim = attribute(
        envelope["author"],
        phone=phone,
        signature=_signature(envelope, phone),
        accounts=senders.accounts,
        carrier_id=carrier_id,
    )
    if claim is None:
        raise _Unfit("device_unknown")
    return claim


def _signature(envelope: Envelope, phone: Phone | None) -> bool | None:
    """Whether the signature holds; None where there is none, or nothing to check it with."""
    signature = envelope["signature"]
    if phone is None or phone.key is None or not signature or not envelope["sealed"] or envelope["author"] is None:
        return None
    return is_signed(phone.key, deposit_text(envelope), signature)
