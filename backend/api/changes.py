"""Pull: the difference between what a phone knows and what is so."""

from collections.abc import Callable
from typing import Any

from flask import Response, g, jsonify
from flask_login import current_user

from backend.access import policy
from backend.api.guard import Blueprint
from backend.api.judging import judge_waiting
from backend.api.schemas.changes import AskChangesSchema, ChangesSchema
from backend.domain import devices, drafts, notices
from backend.domain.sync.changes import Waiting, changes_for, waiting_for
from backend.models.base import keep_and_commit

api = Blueprint("changes_api", __name__, description="New and changed cases, verdicts, notices, drafts")


@api.before_request
def read_first() -> None:
    """The answer is read without the write lock: a first pull of 300 cases must not hold up who hands in."""
    g.is_writing = False


@api.post("/changes")
@policy("inbox:deposit")
@api.arguments(AskChangesSchema)
@api.alt_response(200, schema=ChangesSchema)
def ask(body: dict[str, Any]) -> Response:
    """Cases that are new or changed, those that left the person's sight, verdicts, notices and drafts.

    With a digest that does not fit only {server_time, epoch, stale}: ask again with `known`.
    """
    waiting: Waiting | None = waiting_for(current_user)
    user_id = current_user.id
    if waiting and waiting.items:
        _write(lambda: judge_waiting(current_user))
        waiting = None
    if body["heartbeat"] or body["drafts_taken"] or body["notices_taken"]:
        _write(lambda: _note(user_id, **body))
        waiting = waiting if not (body["drafts_taken"] or body["notices_taken"]) else None
    return jsonify(_changes(waiting=waiting, **body))


def _changes(
    known: dict[str, int] | None,
    items: list[str],
    digest: str | None,
    parameters: str | None,
    office: str | None,
    words: str | None,
    waiting: Waiting | None,
    **_: Any,
) -> dict[str, Any]:
    return changes_for(
        current_user, known, items, digest=digest, parameters_tag=parameters, office=office, words_tag=words,
        waiting=waiting,
    )  # fmt: skip


def _write(work: Callable[[], None]) -> None:
    keep_and_commit()
    g.is_writing = True
    work()
    g.is_writing = False


def _note(
    user_id: str, heartbeat: dict[str, Any] | None, drafts_taken: list[str], notices_taken: list[str], **_: Any
) -> None:
    # Somebody else's counts on a shared phone are theirs to tell.
    if heartbeat and heartbeat["author"] in (None, user_id):
        devices.note_heartbeat(heartbeat, actor_id=user_id)
    drafts.note_taken(drafts_taken, user=current_user)
    notices.note_taken(notices_taken, user=current_user)
    keep_and_commit()
