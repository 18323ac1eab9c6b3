"""The one policy, for what a township records about who goes: 近亲属备案, AB 角."""

from sqlalchemy import Select, false, select

from backend.access import visible_cases, visible_people
from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Case, Cover, KinFiling, User, db
from backend.problems import Problem


def visible_filings(user: User) -> Select[tuple[KinFiling]]:
    """近亲属备案 about cases within sight, for those who make them."""
    if Role(user.role) not in POLICY["kinship:file"].roles:
        return select(KinFiling).where(false())
    return select(KinFiling).where(KinFiling.case_id.in_(visible_cases(user).with_only_columns(Case.id)))


def find_filing(user: User, filing_id: int) -> KinFiling:
    """The filing, locked until the end of the transaction. Raises Problem not_found."""
    row = db.session.scalar(visible_filings(user).where(KinFiling.id == filing_id).with_for_update())
    if row is None:
        raise Problem("not_found")
    return row


def visible_covers(user: User) -> Select[tuple[Cover]]:
    """AB 角 of people within sight, for those who arrange them."""
    if Role(user.role) not in POLICY["cover:set"].roles:
        return select(Cover).where(false())
    return select(Cover).where(Cover.user_id.in_(visible_people(user).with_only_columns(User.id)))


def find_cover(user: User, cover_id: int) -> Cover:
    """The cover, locked until the end of the transaction. Raises Problem not_found."""
    row = db.session.scalar(visible_covers(user).where(Cover.id == cover_id).with_for_update())
    if row is None:
        raise Problem("not_found")
    return row
