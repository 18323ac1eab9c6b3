"""After the server was restored to an older day: what must come again."""

from typing import Any

from flask import Response, g, jsonify

from backend.access import policy
from backend.api import bringer
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.inbox_missing import AskMissingSchema, MissingSchema
from backend.domain.sync.missing import Named, missing_items, missing_photos

api = Blueprint("inbox_missing_api", __name__, description="What a restored server lacks")


@api.before_request
def only_read() -> None:
    """Nothing is written: the write lock stays with who hands in."""
    g.is_writing = False


@api.post("/inbox/missing")
@policy("device")
@limiter.limit("60/minute", key_func=bringer.who_knocks, deduct_when=bringer.is_refused)
@api.arguments(AskMissingSchema)
@api.alt_response(200, schema=MissingSchema)
def ask(body: dict[str, Any]) -> Response:
    """Which of these items and photos are not stored here with that hash, whoever they belong to.

    An enrolled phone's signature is enough: the work of a closed account comes back, too.
    """
    bringer.claim_for_words("missing")
    items, photos = ([Named(**one) for one in body[kind]] for kind in ("items", "photos"))
    return jsonify(items=missing_items(items), photos=missing_photos(photos))
