"""What guards every endpoint: bodies read before the database is touched, strict schemas, rate limits."""

import json
import re
from typing import Any

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_smorest import Api as SmorestApi
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser

from backend.api.marks import notice_restore, tell_mark
from backend.api.packing import pack_answer, unpack_request
from backend.api.schemas.problem import ProblemSchema
from backend.problems import Problem

JSON_BYTES = 1024 * 1024
SILENCE_SECONDS = 30
HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")
UNKNOWN, MISSING = "Unknown field.", "Missing data for required field."

limiter = Limiter(get_remote_address, storage_uri="memory://")
parser = FlaskParser()


class Api(SmorestApi):
    """flask-smorest for schemas and the OpenAPI document; failures stay in the app's own shape."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Errors are shown by backend.web."""


class Blueprint(SmorestBlueprint):
    """Endpoints whose arguments are parsed by the strict parser below."""

    ARGUMENTS_PARSER = parser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before_request(hang_up_on_silence)
        self.before_request(read_json_first)
        self.before_request(notice_restore)
        self.after_request(pack_answer)
        self.after_request(tell_mark)


def hang_up_on_silence() -> None:
    """A phone whose line died says nothing more: it must not keep a thread, or its own upload locked."""
    line = request.environ.get("gunicorn.socket")
    if line is not None:
        line.settimeout(SILENCE_SECONDS)


def read_json_first() -> None:
    """Read a JSON body whole before the session is looked up.

    On SQLite a request that may write holds the write lock from its first look at the database; a phone
    on 50 bytes a second must not hold it while it speaks.
    """
    if request.method not in ("POST", "PUT", "DELETE") or not request.is_json:
        return
    unpack_request(JSON_BYTES)
    if (request.content_length or 0) > JSON_BYTES:
        raise Problem("too_large", limit="1 MB")
    request.max_content_length = JSON_BYTES
    raw = request.get_data()
    if raw:
        _refuse_unreadable(raw)


def _refuse_unreadable(raw: bytes) -> None:
    """JSON that no later step could read: broken, nested or numbered without end, half characters."""
    try:
        told = json.loads(raw)
        if HALF_CHARACTER.search(raw):
            json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Problem("bad_request") from error


@parser.error_handler
def refuse(error: ValidationError, *_: Any, **__: Any) -> None:
    """Say which fields are unknown, missing or wrong, in codes that a program can read."""
    fields = dict(_leaves(error.messages, ()))
    raise Problem("unknown_field" if "unknown" in fields.values() else "invalid", fields=fields)


def _leaves(messages: Any, path: tuple[str, ...]) -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        return [leaf for key, inner in messages.items() for leaf in _leaves(inner, (*path, str(key)[:60]))]
    codes = {UNKNOWN: "unknown", MISSING: "required"}
    first = messages[0] if isinstance(messages, list) and messages else messages
    return [(".".join(path[1:]), codes.get(str(first), "wrong"))]
