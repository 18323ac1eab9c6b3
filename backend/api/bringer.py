"""Who brings a photo, asks or tells: signed in with a cookie, or proven by the signature of an enrolled phone."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from flask import Response, request
from flask_limiter.util import get_remote_address
from sqlalchemy import bindparam, select

from backend.domain.devices import known_phones
from backend.domain.sync.attribution import Claim, Phone, attribute
from backend.domain.sync.signatures import is_signed, upload_text, words_text
from backend.domain.sync.weighing import CANONICAL_UUID
from backend.models import User, db
from backend.problems import Problem
from backend.web import bearer_id

_WHO: Any = User.__table__.c
_ACCOUNT = select(_WHO.id, _WHO.is_active).where(_WHO.id == bindparam("author"))
DEVICE_ID = re.compile(rb'"device_id"\s*:\s*"([0-9a-f-]{36})"')


def is_refused(response: Response) -> bool:
    """Nobody vouched for it; only these are counted."""
    return response.status_code == 401


def who_knocks() -> str:
    """A village comes through one address: a phone that knocks in vain keeps nobody else out."""
    named = DEVICE_ID.search(request.get_data())
    return f"{get_remote_address()} {device_named() or (named[1].decode() if named else '')}"


def device_named() -> str | None:
    """The phone that the request names; what is no phone's id names none."""
    return _id_in("Ruhu-Device")


def _id_in(header: str) -> str | None:
    told = request.headers.get(header, "")
    return told if CANONICAL_UUID.fullmatch(told) else None


def claim_for(photo_id: str, content_hash: str, author: str | None = None) -> Claim:
    """In whose name this photo comes, by Ruhu-Device, Ruhu-Author and Ruhu-Signature, else by the session.

    `author` is who is said to have taken it. Raises Problem signed_out when neither phone nor session says.
    """
    return _claim(author, lambda phone, name: upload_text(photo_id, content_hash, phone, name))


def claim_for_words(purpose: str) -> Claim:
    """In whose name this request's JSON body comes, signed for `purpose`. Raises Problem signed_out."""
    body_hash = sha256(request.get_data()).hexdigest()
    return _claim(None, lambda phone, name: words_text(purpose, body_hash, phone, name))


def _claim(author: str | None, text: Callable[[str, str], str]) -> Claim:
    device_id, signature = device_named(), request.headers.get("Ruhu-Signature")
    author = _id_in("Ruhu-Author") or author
    phone = known_phones([device_id]).get(device_id) if device_id else None
    holds = None
    if phone is not None and phone.key is not None and signature is not None and author is not None:
        holds = is_signed(phone.key, text(device_id or "", author), signature)
    claim = attribute(
        author,
        phone=phone,
        signature=holds,
        # Whoever is only vouched for by the session is the session's; nobody asks for the author's account then.
        accounts=_accounts(author, phone) if holds and author and phone else {},
        # Whose session it comes under counts only where the phone's own word is missing.
        carrier_id=None if holds else bearer_id(),
    )
    if claim is None:
        raise Problem("signed_out")
    return claim


def _accounts(author: str, phone: Phone) -> Mapping[str, bool]:
    if author in phone.accounts:
        return phone.accounts
    rows = db.session.connection().execute(_ACCOUNT, {"author": author})
    return {row.id: row.is_active for row in rows}
