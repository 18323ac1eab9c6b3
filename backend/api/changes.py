"""Pull: the difference between what a phone knows and what is so."""

from typing import Any

from flask import Response, jsonify
from flask_login import current_user

from backend.access import policy
from backend.api.guard import Blueprint
from backend.api.schemas.changes import AskChangesSchema, ChangesSchema
from backend.domain import devices
from backend.domain.sync.apply import apply_pending
from backend.domain.sync.changes import changes_for
from backend.models import db

api = Blueprint("changes_api", __name__, description="New and changed cases, verdicts")


@api.post("/changes")
@policy("inbox:deposit")
@api.arguments(AskChangesSchema)
@api.alt_response(200, schema=ChangesSchema)
def ask(body: dict[str, Any]) -> Response:
    """Cases that are new or changed, those that left the person's sight, and verdicts."""
    if body["heartbeat"]:
        devices.note_heartbeat(body["heartbeat"], actor=current_user)
    # What a crash left unjudged is judged at the next contact.
    apply_pending(actor=current_user)
    answer = changes_for(current_user, body["known"], body["items"])
    db.session.commit()
    return jsonify(answer)
