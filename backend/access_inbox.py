"""The one policy, for what phones handed in: who settles what nobody has simply adopted."""

from sqlalchemy import Select, and_, false, or_, select

from backend.access import below, visible_cases
from backend.access_rules import COUNTY, POLICY
from backend.codebook import Role
from backend.models import Case, InboxConflict, InboxItem, Posting, User, db
from backend.models.questions import Looker
from backend.problems import Problem


def visible_items(user: Looker) -> Select[tuple[InboxItem]]:
    """What phones handed in, for those who settle it.

    Its owner is the township of the case; without a known case the township in which its author works, and
    the county where neither is known.
    """
    if Role(user.role) not in POLICY["inbox:see"].roles:
        return select(InboxItem).where(false())
    # EXISTS and one stretch for each area: both are asked by key, however many households there are.
    seen = (
        visible_cases(user).where(Case.id == InboxItem.case_id).with_only_columns(Case.id).correlate(InboxItem).exists()
    )
    is_known = select(Case.id).where(Case.id == InboxItem.case_id).correlate(InboxItem).exists()
    near = select(Posting.user_id).where(or_(*(below(Posting.area_code, c) for c in user.area_codes), false()))
    is_near = InboxItem.user_id.in_(near)
    if Role(user.role) in COUNTY:
        is_near |= InboxItem.user_id.not_in(select(Posting.user_id))
    return select(InboxItem).where(or_(seen, and_(~is_known, is_near)))


def find_item(user: User, item_id: str) -> InboxItem:
    """The deposited item, locked until the end of the transaction. Raises Problem not_found."""
    item = db.session.scalar(visible_items(user).where(InboxItem.id == item_id).with_for_update())
    if item is None:
        raise Problem("not_found")
    return item


def find_conflict(user: User, conflict_id: str) -> InboxConflict:
    """Other content under the id of an item within sight, or Problem not_found."""
    items = visible_items(user).with_only_columns(InboxItem.id)
    conflict = db.session.scalar(
        select(InboxConflict).where(InboxConflict.id == conflict_id, InboxConflict.item_id.in_(items))
    )
    if conflict is None:
        raise Problem("not_found")
    return conflict
