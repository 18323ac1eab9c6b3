"""Deposit: what a phone hands in is stored and receipted; judging comes after, outside of this request."""

import logging
from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from backend import clock
from backend.access import policy
from backend.api.bringer import is_refused, who_knocks
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.inbox import DepositSchema, InboxAnswerSchema
from backend.domain import devices
from backend.domain.sync import inbox
from backend.domain.sync.weighing import Offer, Weighed, weigh
from backend.extensions import phones, reading, settings
from backend.models import db
from backend.problems import Problem
from backend.storage.epoch import read_epoch
from backend.storage.jobs import hint_apply
from backend.web import bearer_id

log = logging.getLogger(__name__)
api = Blueprint("inbox_api", __name__, description="Finished items and their receipts")


@api.post("/inbox")
@policy("device")
@limiter.limit("60/minute", key_func=who_knocks, deduct_when=is_refused)
@api.arguments(DepositSchema)
@api.alt_response(200, schema=InboxAnswerSchema)
def hand_in(body: dict[str, Any]) -> Response:
    """Store up to 50 items durably and answer each with a signed receipt; signed by the phone or by a session."""
    with phones().first():
        return _hand_in(body)


def _hand_in(body: dict[str, Any]) -> Response:
    with reading():
        carrier_id = bearer_id()
        senders = inbox.senders_of(body["items"])
    weighed = weigh(body["items"], senders, carrier_id=carrier_id)
    if weighed.is_nobody:
        raise Problem("signed_out")
    kept = _keep(weighed, carrier_id)
    _note_heartbeat(body["heartbeat"], weighed.offers, carrier_id)
    db.session.commit()
    hint_apply()
    return _answer(kept, weighed)


def _keep(weighed: Weighed, carrier_id: str | None) -> list[inbox.Kept]:
    try:
        return inbox.deposit(weighed.offers, actor_id=carrier_id)
    except inbox.ITEMS_OWN_FAULT as error:
        log.error("a deposit is kept item by item: %s", type(error).__name__)
        db.session.rollback()
        kept, refused = inbox.deposit_singly(weighed.offers, actor_id=carrier_id)
        weighed.refused.extend(refused)
        return kept


def _answer(kept: Sequence[inbox.Kept], weighed: Weighed) -> Response:
    return jsonify(
        server_time=clock.iso(clock.now()),
        epoch=read_epoch(settings().data),
        receipts=[one.receipt() for one in kept],
        refused=weighed.refused,
    )


def _note_heartbeat(heartbeat: dict[str, Any] | None, offers: Sequence[Offer], carrier_id: str | None) -> None:
    speaker_id = inbox.speaker(heartbeat, offers, carrier_id=carrier_id) if heartbeat else None
    if heartbeat is None or speaker_id is None:
        return
    try:
        with db.session.begin_nested():
            devices.note_heartbeat(heartbeat, actor_id=speaker_id)
    except SQLAlchemyError as error:
        # Counts come again with the next contact; the items must not wait for them.
        log.error("a heartbeat was not kept: %s", type(error).__name__)
