"""The one policy, for accounts: an administrator looks after those who work below the administrator's own areas."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false, not_, or_, select
from sqlalchemy.orm import aliased

from backend.access import below
from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Area, Posting, User, db
from backend.models.questions import Looker
from backend.problems import Problem


def _below(column: Any, user: Looker) -> ColumnElement[bool]:
    return or_(false(), *(below(column, code) for code in user.area_codes))


def visible_accounts(user: Looker) -> Select[tuple[User]]:
    """Accounts posted below the user's areas and nowhere else; of those posted nowhere now, whose past was here.

    Who also works elsewhere is another administrator's to look after: a new password opens all of it.
    """
    if Role(user.role) not in POLICY["user:list"].roles:
        return select(User).where(false())
    here, other = select(Posting.user_id).where(_below(Posting.area_code, user)), aliased(Posting)
    elsewhere = select(other.id).where(
        other.user_id == User.id, not_(_below(other.area_code, user)),
        or_(Posting.held(other), other.ended_on.is_(None)),
    )  # fmt: skip
    return select(User).where(User.id.in_(here), ~elsewhere.correlate(User).exists())


def find_account(user: User, account_id: str) -> User:
    """The account, or Problem not_found — also when it exists outside the user's sight."""
    account = db.session.scalar(visible_accounts(user).where(User.id == account_id))
    if account is None:
        raise Problem("not_found")
    return account


def find_posting(user: User, account_id: str, posting_id: int) -> Posting:
    """A posting of an account in sight, or Problem not_found."""
    account = find_account(user, account_id)
    posting = db.session.get(Posting, posting_id)
    if posting is None or posting.user_id != account.id:
        raise Problem("not_found")
    return posting


def visible_areas(user: Looker) -> Select[tuple[Area]]:
    """The areas below those that the administrator looks after."""
    if Role(user.role) not in POLICY["user:list"].roles:
        return select(Area).where(false())
    return select(Area).where(_below(Area.code, user))


def find_area(user: User, code: str) -> Area:
    """The area, or Problem not_found — also when it exists outside the user's sight."""
    area = db.session.scalar(visible_areas(user).where(Area.code == code))
    if area is None:
        raise Problem("not_found")
    return area
