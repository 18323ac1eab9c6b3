"""Deposit: what a phone hands in is stored and receipted; judging comes after."""

import logging
from typing import Any

from flask import Response, jsonify
from flask_login import current_user

from backend import clock
from backend.access import policy
from backend.api.guard import Blueprint
from backend.api.schemas.inbox import DepositSchema, InboxAnswerSchema
from backend.domain.sync.apply import apply_pending
from backend.domain.sync.inbox import deposit
from backend.extensions import settings
from backend.models import db
from backend.storage.epoch import read_epoch

log = logging.getLogger(__name__)
api = Blueprint("inbox_api", __name__, description="Finished items and their receipts")


@api.post("/inbox")
@policy("inbox:deposit")
@api.arguments(DepositSchema)
@api.alt_response(200, schema=InboxAnswerSchema)
def hand_in(body: dict[str, Any]) -> Response:
    """Store up to 50 items durably, answer each with a signed receipt, then try to apply them."""
    done = deposit(body["items"], actor=current_user)
    db.session.commit()
    _judge()
    epoch = read_epoch(settings().data)
    return jsonify(server_time=clock.iso(clock.now()), epoch=epoch, receipts=done.receipts, refused=done.refused)


def _judge() -> None:
    try:
        apply_pending(actor=current_user)
        db.session.commit()
    except Exception as error:
        # The items are safe and wait; the next contact judges them. The receipts must go out now.
        db.session.rollback()
        log.error("items wait to be judged: %s", type(error).__name__)
