"""The one policy, for whom a village worker may ring: the coordinators of the townships they work in."""

from sqlalchemy import Select, false, select

from backend.access_rules import FIELD
from backend.codebook import Role
from backend.models import Posting, User
from backend.models.questions import Looker, kept


def townships_of(user: Looker) -> list[str]:
    """Codes of the townships in or below which the person works."""
    return sorted({code[:9] for code in user.area_codes if len(code) >= 9})


@kept
def coordinators_by_township(user: Looker) -> Select[tuple[User, str]]:
    """(account, area code) of the active offices of these townships.

    Nobody else's number goes to a phone, and none to another role.
    """
    codes, people = townships_of(user), select(User, Posting.area_code)
    if Role(user.role) not in FIELD or not codes:
        return people.where(false())
    people = people.join(Posting, Posting.user_id == User.id)
    here = (Posting.held(), Posting.area_code.in_(codes))
    return people.where(User.role == Role.TOWNSHIP_COORDINATOR, User.is_active, *here).order_by(User.username)
