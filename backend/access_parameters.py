"""The one policy, for dated parameters: a county sets its own, everybody looks at what holds where they work."""

from sqlalchemy import Select, false, or_, select

from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Area, ParameterProposal, User, db
from backend.problems import Problem

COUNTY_LENGTH = 6


def area_in_sight(user: User, wanted: str = "") -> Area:
    """The county (or the larger area of a supervisor) whose parameters are looked at; the user's own unless `wanted`.

    Raises Problem not_found for an area elsewhere.
    """
    mine = [code[:COUNTY_LENGTH] for code in user.area_codes]
    code = wanted or (mine or [""])[0]
    is_inside = len(code) <= COUNTY_LENGTH and any(code.startswith(one) for one in mine)
    area = db.session.get(Area, code) if is_inside else None
    if area is None:
        raise Problem("not_found")
    return area


def visible_proposals(user: User) -> Select[tuple[ParameterProposal]]:
    """What was proposed for the user's county, or in the counties of a supervisor."""
    mine = [code[:COUNTY_LENGTH] for code in user.area_codes]
    if Role(user.role) not in POLICY["parameter:see"].roles or not mine:
        return select(ParameterProposal).where(false())
    return select(ParameterProposal).where(or_(*(ParameterProposal.area_code.startswith(code) for code in mine)))


def find_proposal(user: User, proposal_id: int) -> ParameterProposal:
    """The proposal, locked until the end of the transaction, or Problem not_found."""
    found = db.session.scalar(visible_proposals(user).where(ParameterProposal.id == proposal_id).with_for_update())
    if found is None:
        raise Problem("not_found")
    return found
