"""What the phones of the demo county hand in: items and photos, by the way that real phones take."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from backend import clock, form
from backend.codebook import ItemKind, Verdict
from backend.domain import assignment, photos
from backend.domain.devices import note_device
from backend.domain.pictures import develop
from backend.domain.sync import apply, inbox, uploads, weighing
from backend.domain.sync.attribution import Claim
from backend.extensions import objects
from backend.models import Case, InboxItem, Photo, User, db
from backend.models.base import new_id
from demo.answers import fill_in, photos_of

ON_THE_WAY = timedelta(minutes=50)
AT_THE_HOUSE = timedelta(minutes=35)


def hand_in(case: Case) -> None:
    """The main visitor's phone finds a network, fifty minutes after the door: the form, then its photos.

    Raises RuntimeError when the server does not adopt it as it is: no story gives a reason for that.
    """
    people = assignment.active(case)
    main = people["main"]
    at = clock.now() - ON_THE_WAY
    taken = photos_of(case, at)
    answers = fill_in(case, (main, people["companion"]), at, [facts for facts, _ in taken])
    item = bring(ItemKind.VISIT, _told(case, at, answers), main)
    if item.verdict != Verdict.APPLIED:
        raise RuntimeError(f"{case.number}: {item.verdict} {item.reason}")
    for facts, content in taken:
        _bring(facts, content, case, main)


def bring(kind: str, told: dict[str, Any], author: User) -> InboxItem:
    """What the author's phone hands in, judged at once."""
    envelope = envelope_of(kind, told, author)
    weighed = weighing.weigh([envelope], inbox.senders_of([envelope]), carrier_id=author.id)
    inbox.deposit(weighed.offers, actor_id=author.id)
    apply.apply_pending(user=author)
    return db.session.get_one(InboxItem, envelope["id"])


def _told(case: Case, at: datetime, answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_id": case.id, "base_revision": case.revision, "form_version": form.VERSION,
        "visited_at": clock.iso(at), "ended_at": clock.iso(at + AT_THE_HOUSE),
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0, "answers": answers,
    }  # fmt: skip


def envelope_of(kind: str, told: dict[str, Any], author: User) -> weighing.Envelope:
    """An item from the person's own phone, plain, as an older phone sends it under a session."""
    device = note_device(str(uuid5(NAMESPACE_URL, author.username)), actor=author)
    payload = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return weighing.Envelope(
        id=new_id(), kind=kind, device_id=device.id, author=None, seq=1, payload=payload, sealed=None,
        key_id=None, sha256=hashlib.sha256(payload.encode()).hexdigest(), signature=None,
    )  # fmt: skip


def _bring(facts: dict[str, Any], content: bytes, case: Case, author: User) -> None:
    told = uploads.Announcement(facts["id"], facts["sha256"], len(content), case_id=case.id, kind=facts["kind"])
    upload = uploads.begin(told, claim=Claim(author.id, "", None, is_signed=False))
    db.session.flush()
    uploads.parts().append(upload.id, 0, [content], length=upload.length)
    uploads.complete(upload)
    uploads.parts().remove(upload.id)
    _develop(db.session.get_one(Photo, facts["id"]))


def _develop(photo: Photo) -> None:
    """What the worker does later; these pictures were drawn here, so they need no process of their own."""
    received = photos.received_name(photo)
    picture = develop(objects().get(received))
    if picture is not None:
        photos.keep_developed(photo.id, picture)
    photos.develop(photo, picture, actor=None)
    objects().delete(received)
