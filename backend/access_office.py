"""The one policy, for whom a village worker may ring: the coordinators of the townships they work in."""

from sqlalchemy import Select, false, or_, select

from backend.access_rules import FIELD
from backend.codebook import Role
from backend.models import Posting, User


def townships_of(user: User) -> list[str]:
    """Codes of the townships in or below which the person works."""
    return sorted({code[:9] for code in user.area_codes if len(code) >= 9})


def visible_coordinators(user: User) -> Select[tuple[User]]:
    """Active office accounts of these townships; nobody else's number goes to a phone, and to no other role."""
    codes = townships_of(user)
    if Role(user.role) not in FIELD or not codes:
        return select(User).where(false())
    here = select(Posting.user_id).where(Posting.held(), or_(*(Posting.area_code == c for c in codes)))
    is_coordinator = User.role == Role.TOWNSHIP_COORDINATOR
    return select(User).where(is_coordinator, User.is_active, User.id.in_(here)).order_by(User.username)
