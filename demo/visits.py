"""What the phones of the demo county hand in: items and photos, by the way that real phones take."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from backend import clock, form
from backend.codebook import ItemKind, Verdict
from backend.domain import assignment
from backend.domain.devices import note_device
from backend.domain.sync import apply, inbox, uploads, weighing
from backend.models import Case, InboxItem, User, db
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
    photos = photos_of(case, at)
    answers = fill_in(case, (main, people["companion"]), at, [facts for facts, _ in photos])
    envelope = _envelope(_payload(case, at, answers), main)
    weighed = weighing.weigh([envelope], inbox.senders_of([envelope]), carrier_id=main.id)
    inbox.deposit(weighed.offers, actor=main)
    apply.apply_pending(user=main)
    item = db.session.get_one(InboxItem, envelope["id"])
    if item.verdict != Verdict.APPLIED:
        raise RuntimeError(f"{case.number}: {item.verdict} {item.reason}")
    for facts, content in photos:
        _bring(facts, content, case, main)


def _payload(case: Case, at: datetime, answers: dict[str, Any]) -> str:
    told = {
        "case_id": case.id, "base_revision": case.revision, "form_version": form.VERSION,
        "visited_at": clock.iso(at), "ended_at": clock.iso(at + AT_THE_HOUSE),
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0, "answers": answers,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _envelope(payload: str, author: User) -> weighing.Envelope:
    device = note_device(str(uuid5(NAMESPACE_URL, author.username)), actor=author, name="演示手机")
    return weighing.Envelope(
        id=new_id(), kind=ItemKind.VISIT, device_id=device.id, author=None, seq=1, payload=payload, sealed=None,
        key_id=None, sha256=hashlib.sha256(payload.encode()).hexdigest(), signature=None,
    )  # fmt: skip


def _bring(facts: dict[str, Any], content: bytes, case: Case, author: User) -> None:
    upload = uploads.begin(
        facts["id"], facts["sha256"], len(content), case_id=case.id, kind=facts["kind"], actor=author
    )
    db.session.flush()
    uploads.parts().append(upload.id, 0, [content], length=upload.length)
    uploads.finish(upload, actor=author)
    uploads.parts().remove(upload.id)
