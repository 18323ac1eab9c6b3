"""Passwords: one-time ones that an administrator hands out, and those that people choose for themselves."""

from backend import access
from backend.access_accounts import find_account
from backend.domain import events, sessions
from backend.domain.password_rules import fault_of, one_time_password
from backend.models import User
from backend.problems import Problem


def reset_password(account: User, *, actor: User) -> str:
    """A new one-time password, to be shown once; sessions and a lock-out end.

    One event password:reset. Raises Problem forbidden, not_found, account_stopped, own_password.
    """
    access.require(actor, "user:manage")
    find_account(actor, account.id)
    if account.id == actor.id:
        raise Problem("own_password")
    if not account.is_active:
        raise Problem("account_stopped")
    password = one_time_password()
    account.password_hash, account.is_password_one_time = sessions.hash_password(password), True
    account.failed_count, account.locked_until_at = 0, None
    sessions.end_all(account)
    events.record("password:reset", actor=actor, account=account.id)
    return password


def end_sessions(account: User, *, actor: User) -> None:
    """Everywhere the person is signed in ends. One event sessions:ended. Raises Problem forbidden, not_found."""
    access.require(actor, "user:manage")
    find_account(actor, account.id)
    sessions.end_all(account)
    events.record("sessions:ended", actor=actor, account=account.id)


def change_own(old: str, new: str, *, token: str, actor: User) -> None:
    """The person's own choice; every other session of theirs ends, that of `token` goes on.

    One event password:changed. Raises Problem password_wrong, locked_out, password_same, password_short,
    password_long, password_plain, password_name; the caller commits in either case, so that wrong tries count.
    """
    access.require(actor, "password:change")
    sessions.prove(actor, old)
    if code := fault_of(new, actor.username) or ("password_same" if new == old else ""):
        raise Problem(code, fields={"new": code})
    try:
        actor.password_hash = sessions.hash_password(new)
    except ValueError as error:
        raise Problem("password_plain", fields={"new": "password_plain"}) from error
    actor.is_password_one_time, actor.failed_count = False, 0
    sessions.end_all(actor, but=token)
    events.record("password:changed", actor=actor)
