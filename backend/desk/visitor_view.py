"""Who was at the door, by account where there is one (57号 第16条: two visitors sign): what a signature is worth to a reader."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from backend.domain.sync.weighing import CANONICAL_UUID
from backend.models import Case, User, db

SENT, ACCOUNT, DIFFERS, NONE = "sent", "account", "differs", "none"


def visitors_of(case: Case, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The visitors as they were written down, each with `standing`: sent to this household, with an account all the
    same, with one of another name, or with none.
    """
    given = answers.get("visitors")
    listed = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    sent = {assignment.user_id for assignment in case.assignments}
    ids = {account for one in listed if (account := _account(one))}
    found = db.session.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    names = {account: name for account, name in found}
    return [one | {"standing": _standing(one, sent, names)} for one in listed]


def _account(told: Mapping[str, Any]) -> str:
    account = told.get("user_id")
    return account if isinstance(account, str) and CANONICAL_UUID.fullmatch(account) else ""


def _standing(told: Mapping[str, Any], sent: set[str], names: Mapping[str, str]) -> str:
    account = _account(told)
    if account not in names:
        return NONE
    if names[account].strip() != str(told.get("name", "")).strip():
        return DIFFERS
    return SENT if account in sent else ACCOUNT
