"""Deposit: what a phone hands in is stored and receipted; judging comes after, outside of this request."""

import logging
import re
from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, request
from flask_limiter.util import get_remote_address
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from backend import clock
from backend.access import policy
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.inbox import DepositSchema, InboxAnswerSchema
from backend.domain import devices
from backend.domain.sync import inbox
from backend.domain.sync.weighing import Offer, Weighed, weigh
from backend.extensions import reading, settings
from backend.models import User, db
from backend.problems import Problem
from backend.storage.epoch import read_epoch
from backend.storage.jobs import hint_apply

DEVICE_ID = re.compile(rb'"device_id"\s*:\s*"([0-9a-f-]{36})"')
log = logging.getLogger(__name__)
api = Blueprint("inbox_api", __name__, description="Finished items and their receipts")


def _is_refused(response: Response) -> bool:
    return response.status_code == 401


def _phone() -> str:
    """A village comes through one address: a phone that knocks in vain keeps nobody else out."""
    named = DEVICE_ID.search(request.get_data())
    return f"{get_remote_address()} {named[1].decode() if named else ''}"


@api.post("/inbox")
@policy("device")
@limiter.limit("60/minute", key_func=_phone, deduct_when=_is_refused)
@api.arguments(DepositSchema)
@api.alt_response(200, schema=InboxAnswerSchema)
def hand_in(body: dict[str, Any]) -> Response:
    """Store up to 50 items durably and answer each with a signed receipt; signed by the phone or by a session."""
    with reading():
        carrier_id = current_user.id if current_user.is_authenticated else None
        senders = inbox.senders_of(body["items"])
    weighed = weigh(body["items"], senders, carrier_id=carrier_id)
    if weighed.is_nobody:
        raise Problem("signed_out")
    kept = inbox.deposit(weighed.offers, actor=db.session.get(User, carrier_id) if carrier_id else None)
    _note_heartbeat(body["heartbeat"], weighed.offers, carrier_id)
    db.session.commit()
    hint_apply()
    return _answer(kept, weighed)


def _answer(kept: Sequence[inbox.Kept], weighed: Weighed) -> Response:
    return jsonify(
        server_time=clock.iso(clock.now()),
        epoch=read_epoch(settings().data),
        receipts=[one.receipt() for one in kept],
        refused=weighed.refused,
    )


def _note_heartbeat(heartbeat: dict[str, Any] | None, offers: Sequence[Offer], carrier_id: str | None) -> None:
    speaker_id = inbox.speaker(heartbeat, offers, carrier_id=carrier_id) if heartbeat else None
    speaker = db.session.get(User, speaker_id) if speaker_id else None
    if heartbeat is None or speaker is None:
        return
    try:
        with db.session.begin_nested():
            devices.note_heartbeat(heartbeat, actor=speaker)
    except SQLAlchemyError as error:
        # Counts come again with the next contact; the items must not wait for them.
        log.error("a heartbeat was not kept: %s", type(error).__name__)
