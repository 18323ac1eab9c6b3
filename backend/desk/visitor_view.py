"""Who was at the door, by account where there is one (57号 第16条: two visitors sign): what a signature is worth to a reader."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from backend.domain.answer_faults import is_empty
from backend.domain.visitor_accounts import account_in, named_in
from backend.models import Case, User, db

SENT, ACCOUNT, DIFFERS, UNKNOWN, NONE = "sent", "account", "differs", "unknown", "none"


def visitors_of(case: Case, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The visitors as they were written down, each with `standing`: sent to this household, with an account all the
    same, with one of another name, with one that does not exist, or with none.
    """
    listed = named_in(answers)
    sent = {assignment.user_id for assignment in case.assignments}
    ids = {account for one in listed if (account := account_in(one))}
    found = db.session.execute(select(User.id, User.name).where(User.id.in_(ids))) if ids else ()
    names = {account: name for account, name in found}
    return [one | {"standing": _standing(one, sent, names)} for one in listed]


def _standing(told: Mapping[str, Any], sent: set[str], names: Mapping[str, str]) -> str:
    account = account_in(told)
    if account not in names:
        return NONE if is_empty(told.get("user_id")) else UNKNOWN
    if names[account].strip() != str(told.get("name", "")).strip():
        return DIFFERS
    return SENT if account in sent else ACCOUNT
