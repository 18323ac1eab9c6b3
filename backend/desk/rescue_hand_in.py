"""Handing in a rescue file: its items and photos go the way that a phone's own would go, a few at a time.

Each is committed by itself: what breaks later takes nothing back, and handing in twice is harmless.
"""

import json
from base64 import b64decode, urlsafe_b64decode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from flask_login import current_user
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from sqlalchemy import select

from backend.api.schemas.inbox import EnvelopeSchema
from backend.domain import arriving_photos, sealed_photos
from backend.domain.devices import known_phones
from backend.domain.sync import inbox, payloads, uploads
from backend.domain.sync.attribution import Claim, attribute
from backend.domain.sync.rescue_file import Piece, RescueTorn, pieces
from backend.domain.sync.signatures import is_signed, upload_text
from backend.domain.sync.weighing import CANONICAL_UUID, HASH, Offer, weigh
from backend.models import Upload, User, db
from backend.problems import Problem
from backend.storage import jobs

AT_ONCE = 50


class RescuePhotoSchema(Schema):
    """A sealed photo in the file; what else it says is for another phone."""

    class Meta:
        unknown = EXCLUDE

    id = fields.String(required=True, validate=validate.Regexp(rf"{CANONICAL_UUID.pattern}\Z"))
    item_id = fields.String(required=True, validate=validate.Length(max=36))
    case_id = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=36))
    kind = fields.String(load_default="", validate=validate.Length(max=20))
    sha256 = fields.String(required=True, validate=validate.Regexp(rf"{HASH.pattern}\Z"))
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, payloads.LARGEST_PHOTO))
    author = fields.String(required=True, validate=validate.Regexp(rf"{CANONICAL_UUID.pattern}\Z"))
    device_id = fields.String(required=True, validate=validate.Regexp(rf"{CANONICAL_UUID.pattern}\Z"))
    signature = fields.String(required=True, validate=validate.Length(max=200))
    key_id = fields.String(required=True, validate=validate.Length(max=8))
    sealed_key = fields.String(required=True, validate=validate.Length(max=400))
    chunks = fields.List(fields.String(), required=True, validate=validate.Length(1, 300))


@dataclass
class Line:
    """What became of one item. `outcome`: stored, duplicate, conflict, or unfit when it could not be kept."""

    kind: str
    outcome: str
    receipt_no: str = ""
    author: User | None = None
    flag: str = ""
    item_id: str = ""


@dataclass
class Outcome:
    """What became of a whole file; `is_torn`: it broke off, and what came before is kept."""

    lines: list[Line] = field(default_factory=list)
    photos: Counter[str] = field(default_factory=Counter)
    photos_of: Counter[str] = field(default_factory=Counter)
    is_torn: bool = False

    @property
    def by_outcome(self) -> Counter[str]:
        return Counter(line.outcome for line in self.lines)


def hand_in(stream: IO[bytes]) -> Outcome:
    """Keep everything of the file that can be kept. Raises NoRescueFile for a file of another kind."""
    outcome, found = Outcome(), pieces(stream)
    while batch := _some(found, outcome):
        _deposit([piece.told for piece in batch if piece.kind == "item"], outcome)
        for piece in batch:
            if piece.kind == "photo":
                _bring(piece.told, outcome)
    jobs.hint_apply()
    jobs.hint_develop()
    return outcome


def _some(found: Iterable[Piece], outcome: Outcome) -> list[Piece]:
    """The next items together, or the next photo alone."""
    batch: list[Piece] = []
    try:
        for piece in islice(found, AT_ONCE):
            batch.append(piece)
            if piece.kind == "photo":
                break
    except RescueTorn:
        outcome.is_torn = True
    return batch


def _deposit(told: list[Any], outcome: Outcome) -> None:
    fit = []
    for item in told:
        try:
            envelope = item.get("envelope") if isinstance(item, dict) else None
            json.dumps(envelope, ensure_ascii=False).encode()  # no half characters
            fit.append(EnvelopeSchema().load(envelope))
        except (ValidationError, TypeError, UnicodeEncodeError):
            outcome.lines.append(Line("", "unfit"))
    if not fit:
        return
    weighed = weigh(fit, inbox.senders_of(fit), carrier_id=current_user.id)
    kept = inbox.deposit(weighed.offers, actor_id=current_user.id)
    db.session.commit()
    outcome.lines += [Line(r["code"], "unfit", item_id=r["id"]) for r in weighed.refused]
    outcome.lines += [_line(offer, one) for offer, one in zip(weighed.offers, kept, strict=True)]


def _line(offer: Offer, kept: inbox.Kept) -> Line:
    author = db.session.get(User, offer.claim.user_id)
    return Line(offer.envelope["kind"], kept.outcome, kept.receipt_no, author, offer.claim.flag, kept.item_id)


def _bring(told: Any, outcome: Outcome) -> None:
    try:
        photo = RescuePhotoSchema().load(told)
        word = _keep(photo)
        outcome.photos_of[photo["item_id"]] += 1
    except (ValidationError, ValueError, TypeError, Problem, *inbox.ITEMS_OWN_FAULT):
        db.session.rollback()
        word = "unfit"
    outcome.photos[word] += 1


def _keep(photo: dict[str, Any]) -> str:
    """Take a photo in like an upload that came in one piece; "stored", or "duplicate" when it is here already."""
    stored = b"".join(b64decode(chunk, validate=True) for chunk in photo["chunks"])
    if len(stored) != sealed_photos.stored_size(photo["size"]):
        raise ValueError("not the bytes of that size")
    key = urlsafe_b64decode(photo["sealed_key"] + "=" * (-len(photo["sealed_key"]) % 4))
    announced = uploads.Announcement(
        photo["id"], photo["sha256"], len(stored), case_id=photo["case_id"], kind=photo["kind"], size=photo["size"],
        photo_key=key, key_id=photo["key_id"], author=photo["author"],
    )  # fmt: skip
    upload = uploads.begin(announced, claim=_claim(photo), device_id=photo["device_id"])
    db.session.flush()
    if upload.finished_at is not None:
        db.session.rollback()
        return "duplicate"
    db.session.commit()
    uploads.parts().append(upload.id, 0, [stored], length=upload.length)
    return _finish(upload)


def _finish(upload: Upload) -> str:
    over = uploads.complete(upload)
    db.session.commit()
    for one in over:
        uploads.parts().remove(one.id)
    jobs.hint_develop()
    return "stored" if arriving_photos.receipt_of(upload) else "unfit"


def _claim(photo: dict[str, Any]) -> Claim:
    phone = known_phones([photo["device_id"]]).get(photo["device_id"])
    text = upload_text(photo["id"], photo["sha256"], photo["device_id"], photo["author"])
    holds = is_signed(phone.key, text, photo["signature"]) if phone is not None and phone.key is not None else None
    accounts = db.session.execute(select(User.id, User.is_active).where(User.id == photo["author"]))
    claim = attribute(
        photo["author"], phone=phone, signature=holds, accounts={row.id: row.is_active for row in accounts},
        carrier_id=current_user.id,
    )  # fmt: skip
    return claim or Claim(current_user.id, "", None, False)
