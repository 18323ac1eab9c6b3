"""What a phone holds once its photos have gone, and which epoch it talks to: by itself, without a deposit or a pull."""

import logging
from typing import Any

from flask import Response, g, jsonify
from sqlalchemy.exc import SQLAlchemyError

from backend import clock
from backend.access import policy
from backend.api import bringer
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.changes import HeartbeatSchema
from backend.api.schemas.heartbeat import HeardSchema
from backend.domain import devices
from backend.extensions import settings
from backend.models import db
from backend.storage.epoch import read_epoch

log = logging.getLogger(__name__)
api = Blueprint("heartbeat_api", __name__, description="Counts of one person's work on one phone")


@api.before_request
def read_first() -> None:
    """Who it is, is only read."""
    g.is_writing = False


@api.post("/heartbeat")
@policy("device")
@limiter.limit("60/minute", key_func=bringer.who_knocks, deduct_when=bringer.is_refused)
@api.arguments(HeartbeatSchema)
@api.alt_response(200, schema=HeardSchema)
def tell(body: dict[str, Any]) -> Response:
    """Keep the counts of a person who is signed in or whose own phone signs; anybody known hears the epoch."""
    claim = bringer.claim_for_words("heartbeat")
    if not claim.flag and body["author"] in (None, claim.user_id):
        _keep(body, claim.user_id)
    return jsonify(server_time=clock.iso(clock.now()), epoch=read_epoch(settings().data))


def _keep(heartbeat: dict[str, Any], user_id: str) -> None:
    db.session.rollback()
    g.is_writing = True
    try:
        devices.note_heartbeat(heartbeat, actor_id=user_id)
        db.session.commit()
    except SQLAlchemyError as error:
        # Counts come again with the next contact.
        db.session.rollback()
        log.error("a heartbeat was not kept: %s", type(error).__name__)
