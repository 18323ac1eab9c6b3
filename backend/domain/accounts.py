"""Accounts: opened, changed, stopped and restored by the administrator of the area, with one-time passwords.

Passwords and names are never in events; who is who is told by the account's number.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from backend import access, clock
from backend.access_accounts import find_account
from backend.codebook import COUNTY_ROLES, FIELD_ROLES, REFERRAL_QUEUES, Role
from backend.domain import events, sessions
from backend.domain.password_rules import one_time_password
from backend.models import Posting, User, db
from backend.problems import Problem

USERNAME = re.compile(r"[a-z0-9][a-z0-9_.-]{2,39}")
PHONE = re.compile(r"1\d{10}")
# How long the code of an area is in which a role works; who is not named may work anywhere.
AREA_LENGTHS: dict[Role, tuple[int, ...]] = {
    **dict.fromkeys(FIELD_ROLES, (9, 12)),
    Role.TOWNSHIP_COORDINATOR: (9,),
    **dict.fromkeys((*COUNTY_ROLES, Role.LINE_DEPARTMENT), (6,)),
    Role.CITY_SUPERVISOR: (4,),
    Role.PROVINCE_SUPERVISOR: (2,),
}
STOP_REASONS = ("left", "moved", "lost", "other")
PERSONAL = ("name", "unit", "role", "queue", "phone")


class NewAccount(NamedTuple):
    """What an account needs; `area_codes` at least one."""

    username: str
    name: str
    role: str
    unit: str
    queue: str | None
    phone: str
    area_codes: Sequence[str]


def fault_of(new: NewAccount, *, actor: User) -> tuple[str, str]:
    """(field, code of a Problem) of the first thing that is wrong; two empty texts when it can be opened."""
    if not USERNAME.fullmatch(new.username):
        return "username", "username_unfit"
    return _person_fault(new._asdict()) or _area_fault(new.role, new.area_codes, actor) or ("", "")


def _person_fault(told: Mapping[str, Any]) -> tuple[str, str] | None:
    if not 1 <= len(told["name"]) <= 40:
        return "name", "name_missing"
    if told["role"] not in set(Role):
        return "role", "role_unknown"
    if len(told["unit"]) > 80:
        return "unit", "unit_long"
    if (told["role"] == Role.LINE_DEPARTMENT) != (told["queue"] in set(REFERRAL_QUEUES)):
        return "queue", "queue_unfit"
    return ("phone", "phone_unfit") if told["phone"] and not PHONE.fullmatch(told["phone"]) else None


def _area_fault(role: str, codes: Sequence[str], actor: User | None) -> tuple[str, str] | None:
    if not codes:
        return "areas", "areas_missing"
    if actor is not None and not all(code.startswith(tuple(actor.area_codes)) for code in codes):
        return "areas", "area_elsewhere"
    lengths = AREA_LENGTHS.get(Role(role))
    return ("areas", "area_level") if lengths and any(len(code) not in lengths for code in codes) else None


def open_account(new: NewAccount, *, actor: User) -> tuple[User, str]:
    """The account and its one-time password, which is kept only as a hash.

    One event account:opened. Raises Problem forbidden, username_taken and those of `fault_of`, with their field.
    """
    access.require(actor, "user:manage")
    _refuse(fault_of(new, actor=actor))
    password = one_time_password()
    made = _add(new, sessions.hash_password(password))
    events.record("account:opened", actor=actor, account=made.id, role=new.role, areas=list(new.area_codes))
    return made, password


def open_listed(listed: Sequence[tuple[NewAccount, str]], *, actor: User) -> list[User]:
    """The accounts of a checked list, each with the hash of its one-time password; all of them or none.

    One event accounts:opened. Raises Problem forbidden, username_taken and those of `fault_of`.
    """
    access.require(actor, "user:manage")
    for new, _ in listed:
        _refuse(fault_of(new, actor=actor))
    made = [_add(new, password_hash) for new, password_hash in listed]
    events.record("accounts:opened", actor=actor, count=len(made))
    return made


def open_first_administrator(new: NewAccount, *, actor: User | None = None) -> tuple[User, str]:
    """From the server's own terminal, where nobody is signed in: the account that opens all the others.

    One event account:opened. Raises Problem username_taken, username_unfit, name_missing.
    """
    if not USERNAME.fullmatch(new.username):
        raise Problem("username_unfit")
    _refuse(_person_fault(new._asdict()) or ("", ""))
    password = one_time_password()
    made = _add(new, sessions.hash_password(password))
    events.record("account:opened", actor=actor, account=made.id, role=new.role, areas=list(new.area_codes))
    return made, password


def _refuse(fault: tuple[str, str]) -> None:
    field, code = fault
    if code:
        raise Problem(code, fields={field: code})


def _add(new: NewAccount, password_hash: str) -> User:
    if db.session.scalar(select(User.id).where(User.username == new.username)):
        raise Problem("username_taken", fields={"username": "username_taken"}, username=new.username)
    made = User(
        username=new.username, name=new.name, role=new.role, unit=new.unit, queue=new.queue or None,
        password_hash=password_hash, is_password_one_time=True,
    )  # fmt: skip
    made.phone = new.phone or None
    made.postings = [Posting(area_code=code, started_on=_today()) for code in dict.fromkeys(new.area_codes)]
    db.session.add(made)
    db.session.flush()
    return made


def change_account(account: User, told: Mapping[str, Any], *, actor: User) -> User:
    """Name, unit, role, queue and telephone number. Another role ends the sessions: it begins elsewhere.

    One event account:changed with the names of what changed. Raises Problem forbidden, not_found,
    last_administrator, and what `fault_of` finds, with its field.
    """
    access.require(actor, "user:manage")
    find_account(actor, account.id)
    codes = [posting.area_code for posting in account.postings if posting.holds]
    _refuse(_person_fault(told) or (_area_fault(told["role"], codes, None) if codes else None) or ("", ""))
    if told["role"] != Role.ADMINISTRATOR:
        _keep_an_administrator(account)
    changed = [key for key in PERSONAL if (getattr(account, key) or "") != (told[key] or "")]
    for key in changed:
        setattr(account, key, told[key] or (None if key in ("queue", "phone") else ""))
    if "role" in changed or "queue" in changed:
        sessions.end_all(account)
    events.record("account:changed", actor=actor, account=account.id, changed=changed)
    return account


def _keep_an_administrator(account: User) -> None:
    """Raises Problem last_administrator when nobody else could look after the account's areas."""
    if account.role != Role.ADMINISTRATOR or not account.is_active:
        return
    others = db.session.scalars(
        select(User).where(User.role == Role.ADMINISTRATOR, User.is_active, User.id != account.id)
    ).all()
    for code in account.area_codes:
        if not any(code.startswith(other) for one in others for other in one.area_codes):
            raise Problem("last_administrator")


def add_posting(
    account: User, area_codes: Sequence[str], *, started_on: date, until_on: date | None, actor: User
) -> None:
    """The person also works there, from a day until the end of another.

    One event posting:added. Raises Problem forbidden, not_found, posting_days, posting_twice, areas_missing,
    area_elsewhere, area_level.
    """
    access.require(actor, "user:manage")
    find_account(actor, account.id)
    _refuse(_area_fault(account.role, area_codes, actor) or ("", ""))
    if until_on is not None and until_on < started_on:
        raise Problem("posting_days", fields={"until_on": "posting_days"})
    ends = until_on + timedelta(days=1) if until_on else None
    for code in dict.fromkeys(area_codes):
        mine = (one for one in account.postings if one.area_code == code)
        if any(
            (one.ended_on is None or one.ended_on > started_on) and (not ends or one.started_on < ends) for one in mine
        ):
            raise Problem("posting_twice", fields={"areas": "posting_twice"})
        account.postings.append(Posting(area_code=code, started_on=started_on, ended_on=ends))
    events.record("posting:added", actor=actor, account=account.id, areas=list(area_codes))


def end_posting(posting: Posting, *, actor: User) -> None:
    """The person works there no longer, from today on; one that has not begun is as if it never was.

    One event posting:ended. Raises Problem forbidden, not_found, posting_over, last_administrator.
    """
    access.require(actor, "user:manage")
    account = find_account(actor, posting.user_id)
    if posting.ended_on is not None and posting.ended_on <= _today():
        raise Problem("posting_over")
    if posting.holds:
        _keep_an_administrator(account)
    posting.ended_on = max(_today(), posting.started_on)
    events.record("posting:ended", actor=actor, account=account.id, area=posting.area_code)


def stop_account(account: User, *, reason: str, actor: User) -> User:
    """Nobody signs in with it any more; what its phones still hold can be handed in, signed.

    One event account:stopped. Raises Problem forbidden, not_found, reason_missing, account_stopped, last_administrator.
    """
    access.require(actor, "user:manage")
    find_account(actor, account.id)
    if not account.is_active:
        raise Problem("account_stopped")
    if reason not in STOP_REASONS:
        raise Problem("reason_missing")
    _keep_an_administrator(account)
    account.is_active = False
    sessions.end_all(account)
    events.record("account:stopped", actor=actor, account=account.id, reason=reason)
    return account


def restore_account(account: User, *, actor: User) -> User:
    """It may sign in again, with its old password. One event account:restored. Raises Problem account_active."""
    access.require(actor, "user:manage")
    find_account(actor, account.id)
    if account.is_active:
        raise Problem("account_active")
    account.is_active, account.failed_count, account.locked_until_at = True, 0, None
    events.record("account:restored", actor=actor, account=account.id)
    return account


def _today() -> date:
    return clock.local(clock.now()).date()
