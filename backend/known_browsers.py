"""Browsers from which somebody has signed in before: a stranger's wrong guesses lock an account for strangers only.

Five wrong passwords lock an account (等保 2.0, 身份鉴别). With nothing else anybody who knows a name could keep an
office out for good; who has been here before has tries of their own instead.
"""

import json
from datetime import timedelta
from hashlib import sha256

from flask import Response, request
from limits import RateLimitItemPerMinute

from backend.api.guard import limiter
from backend.extensions import key_ring, settings
from backend.models import User
from backend.storage.keys import UnreadableSeal

COOKIE, SEALED_FOR = "ruhu-known", "known browser"
KEPT_FOR = timedelta(days=180)
MOST_PEOPLE = 5
TRIES = RateLimitItemPerMinute(10, 15)


def _people() -> list[str]:
    try:
        told = json.loads(key_ring().unseal(request.cookies.get(COOKIE, ""), aad=SEALED_FOR))
    except (UnreadableSeal, ValueError):
        return []
    return told if isinstance(told, list) else []


def vouched_for() -> frozenset[str]:
    """Ids of those who signed in from this browser before; of nobody once it has guessed too often."""
    people = _people()
    return frozenset(people) if people and limiter.limiter.test(TRIES, SEALED_FOR, _mark()) else frozenset()


def note_wrong() -> None:
    """A password was wrong from here."""
    if _people():
        limiter.limiter.hit(TRIES, SEALED_FOR, _mark())


def _mark() -> str:
    return sha256(request.cookies.get(COOKIE, "").encode()).hexdigest()


def remember(response: Response, user: User) -> Response:
    """The person's password was right here. Somebody who shares the browser is remembered beside them."""
    people = [user.id, *(one for one in _people() if one != user.id)][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE, key_ring().seal(json.dumps(people), aad=SEALED_FOR), max_age=int(KEPT_FOR.total_seconds()), path="/",
        httponly=True, samesite="Lax", secure=settings().is_production,
    )  # fmt: skip
    return response
