"""The one policy, for 转派: both townships know of a move, and the county above them."""

from sqlalchemy import Select, false, or_, select

from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Transfer, User, db
from backend.problems import Problem


def visible_transfers(user: User) -> Select[tuple[Transfer]]:
    """Moves out of or into an area of the user's: after one the sender no longer sees the case itself."""
    if Role(user.role) not in POLICY["case:transfer"].roles:
        return select(Transfer).where(false())
    columns = (Transfer.from_township_code, Transfer.to_township_code)
    return select(Transfer).where(
        or_(false(), *(c.startswith(code, autoescape=True) for code in user.area_codes for c in columns))
    )


def find_transfer(user: User, transfer_id: str) -> Transfer:
    """The move, locked until the end of the transaction. Raises Problem not_found."""
    found = db.session.scalar(visible_transfers(user).where(Transfer.id == transfer_id).with_for_update())
    if found is None:
        raise Problem("not_found")
    return found
