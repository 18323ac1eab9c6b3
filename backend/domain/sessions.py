"""Signing in and out: opaque sessions on the server, lock-out after five wrong passwords."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import joinedload

from backend import clock
from backend.codebook import FIELD_ROLES
from backend.config import DEMO_PASSWORD
from backend.domain import events
from backend.extensions import settings
from backend.models import LoginSession, User, db
from backend.problems import Problem

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
DESK_IDLE, FIELD_IDLE = timedelta(hours=2), timedelta(days=7)
LONGEST = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)
_KEPT: Any = LoginSession.__table__.c
_WHO: Any = User.__table__.c
_BEARER = select(_KEPT.user_id, _KEPT.seen_at, _KEPT.expires_at, _WHO.role).where(
    _KEPT.token_hash == bindparam("token"), _WHO.id == _KEPT.user_id, _WHO.is_active
)

# One question for both; where a person is posted is asked by those who need it.
_SESSION = (
    select(LoginSession).options(joinedload(LoginSession.user)).where(LoginSession.token_hash == bindparam("token"))
)

hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_DUMMY = hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """argon2id hash. Raises ValueError for the demo password outside demo mode."""
    if password == DEMO_PASSWORD and settings().is_production:
        raise ValueError("the demo password is for demo mode only")
    return hasher.hash(password)


def _matches(user: User | None, password: str) -> bool:
    try:
        hasher.verify(user.password_hash if user else _DUMMY, password)
    except (VerificationError, InvalidHashError):
        return False
    return user is not None and not (password == DEMO_PASSWORD and settings().is_production)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _count_failure(user: User) -> None:
    user.failed_count += 1
    if user.failed_count >= LOCK_AFTER:
        user.locked_until_at, user.failed_count = clock.now() + LOCK_FOR, 0
        events.record("account:locked", actor=None, account=user.id)


def sign_in(
    username: str, password: str, *, device_id: str | None = None, known: Collection[str] = ()
) -> tuple[User, str]:
    """The user and a fresh session token (kept only as a hash).

    `known`: ids of those who have signed in from this browser before; a lock is for everybody else, and their wrong
    tries are counted by who asks. Raises Problem bad_credentials or locked_out; the caller commits in either case, so that wrong
    tries count.
    """
    user = db.session.scalar(select(User).where(User.username == username.strip()))
    now = clock.now()
    is_known = user is not None and user.id in known
    is_locked = user is not None and user.locked_until_at is not None and user.locked_until_at > now
    if user and user.locked_until_at and is_locked and not is_known:
        minutes = int((user.locked_until_at - now).total_seconds() // 60) + 1
        raise Problem("locked_out", minutes=minutes)
    if not _matches(user, password) or user is None or not user.is_active:
        if user and not is_known:
            _count_failure(user)
        raise Problem("bad_credentials")
    if not is_locked:
        user.failed_count, user.locked_until_at = 0, None
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginSession(
            token_hash=_token_hash(token), user=user, device_id=device_id,
            started_at=now, seen_at=now, expires_at=now + LONGEST,
        )
    )  # fmt: skip
    events.record("session:started", actor=user, device=device_id)
    return user, token


def prove(user: User, password: str) -> None:
    """Raises Problem password_wrong or locked_out unless it is the person's password; wrong tries count as at sign-in."""
    now = clock.now()
    if user.locked_until_at and user.locked_until_at > now:
        raise Problem("locked_out", minutes=int((user.locked_until_at - now).total_seconds() // 60) + 1)
    if not _matches(user, password):
        _count_failure(user)
        raise Problem("password_wrong")


def end_all(user: User, *, but: str = "") -> None:
    """End the person's sessions, except that of the token `but`. The verb that calls this records it."""
    mine = LoginSession.user_id == user.id
    db.session.execute(delete(LoginSession).where(mine, LoginSession.token_hash != _token_hash(but)))


def session_of(token: str) -> LoginSession | None:
    """The live session of a token: not expired, not idle too long, of an active account."""
    session = db.session.scalar(_SESSION, {"token": _token_hash(token)})
    if session is None or not session.user.is_active:
        return None
    return session if _is_live(session.expires_at, session.seen_at, session.user.role) else None


def _is_live(expires_at: datetime, seen_at: datetime, role: str) -> bool:
    now, idle = clock.now(), FIELD_IDLE if role in FIELD_ROLES else DESK_IDLE
    return expires_at > now and seen_at + idle > now


class Bearer(NamedTuple):
    """Whose live session it is, for who needs nothing else of them; when its use was last noted."""

    user_id: str
    seen_at: datetime


def bearer_of(token: str) -> Bearer | None:
    """The same question as `session_of`, in one plain statement."""
    row = db.session.connection().execute(_BEARER, {"token": _token_hash(token)}).first()
    if row is None or not _is_live(row.expires_at, row.seen_at, row.role):
        return None
    return Bearer(row.user_id, row.seen_at)


def is_use_to_note(seen_at: datetime) -> bool:
    """Whether the last noted use is more than five minutes ago."""
    return clock.now() - seen_at >= SEEN_EVERY


def touch(token: str) -> None:
    """Note that the session was used. Bookkeeping, so no event."""
    db.session.execute(
        update(LoginSession).where(LoginSession.token_hash == _token_hash(token)).values(seen_at=clock.now())
    )


def sign_out(token: str, *, actor: User) -> None:
    """End the session of `token`."""
    session = db.session.get(LoginSession, _token_hash(token))
    if session:
        db.session.delete(session)
        events.record("session:ended", actor=actor)
