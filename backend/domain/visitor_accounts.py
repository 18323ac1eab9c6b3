"""Who a visit says was at the door, by account (民发〔2021〕57号 第16条: two visitors sign): can they have been?"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, or_, select

from backend.domain.answer_faults import is_empty
from backend.domain.sync.weighing import CANONICAL_UUID
from backend.models import Case, Cover, Posting, User, db

# Two go, and now and then a few more; what one form may ask of the database is bounded.
MOST = 20
ABOVE_A_TOWNSHIP = (2, 4, 6)


def named_in(answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The visitors as they were written down."""
    given = answers.get("visitors")
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def account_in(visitor: Mapping[str, Any]) -> str:
    """The account that an entry names, "" where it cannot be one."""
    account = visitor.get("user_id")
    return account if isinstance(account, str) and CANONICAL_UUID.fullmatch(account) else ""


def are_doubtful(case: Case, answers: Mapping[str, Any]) -> bool:
    """Whether an account is named that does not exist, or of somebody who neither works nor was sent there.

    Who has no account is no doubt: a name and a telephone number are enough for a village cadre.
    """
    named = {account_in(one) for one in named_in(answers) if not is_empty(one.get("user_id"))}
    others = named - {assignment.user_id for assignment in case.assignments}
    if not others:
        return False
    return "" in others or len(others) > MOST or _of_this_place(case, others) != others


def _of_this_place(case: Case, accounts: set[str]) -> set[str]:
    """Those who work or worked in the household's township, in a village of it or in an office above it, or stand in for who was sent."""
    above = [case.township_code[:digits] for digits in ABOVE_A_TOWNSHIP]
    near = or_(Posting.area_code.startswith(case.township_code), Posting.area_code.in_(above))
    sent = [assignment.user_id for assignment in case.assignments]
    is_posted = exists().where(Posting.user_id == User.id, near)
    stands_in = exists().where(Cover.stand_in_id == User.id, Cover.user_id.in_(sent))
    return set(db.session.scalars(select(User.id).where(User.id.in_(accounts), or_(is_posted, stands_in))))
