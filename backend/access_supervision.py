"""The one policy, for 督办, 督导检查 and 抽查: each is seen where its township or area lies."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select

from backend.access import can
from backend.access_rules import POLICY, SUPERVISORS
from backend.codebook import Role
from backend.models import Case, Finding, Inspection, SpotCheck, SpotCheckHousehold, SupervisionNotice, User, db
from backend.problems import Problem

Thing = TypeVar("Thing")


def _below(column: Any, user: User, verb: str) -> ColumnElement[bool]:
    if Role(user.role) not in POLICY[verb].roles:
        return false()
    return or_(false(), *(column.startswith(code, autoescape=True) for code in user.area_codes))


def _found(query: Select[tuple[Thing]]) -> Thing:
    thing = db.session.scalar(query)
    if thing is None:
        raise Problem("not_found")
    return thing


def visible_notices(user: User) -> Select[tuple[SupervisionNotice]]:
    """督办通知单 to townships in the user's areas."""
    return select(SupervisionNotice).where(_below(SupervisionNotice.township_code, user, "supervision:see"))


def find_notice(user: User, notice_id: int) -> SupervisionNotice:
    """The notice, or Problem not_found — also when it exists outside the user's sight."""
    return _found(visible_notices(user).where(SupervisionNotice.id == notice_id))


def visible_inspections(user: User) -> Select[tuple[Inspection]]:
    """督导检查 of townships in the user's areas."""
    return select(Inspection).where(_below(Inspection.township_code, user, "supervision:see"))


def find_inspection(user: User, inspection_id: int) -> Inspection:
    """The inspection, or Problem not_found — also when it exists outside the user's sight."""
    return _found(visible_inspections(user).where(Inspection.id == inspection_id))


def find_finding(user: User, inspection_id: int, finding_id: int) -> Finding:
    """One problem of an inspection in sight, or Problem not_found."""
    inspection = find_inspection(user, inspection_id)
    return _found(select(Finding).where(Finding.id == finding_id, Finding.inspection_id == inspection.id))


def visible_spot_checks(user: User) -> Select[tuple[SpotCheck]]:
    """抽查 of areas within the user's own: nobody who was drawn among others' work sees the lot."""
    return select(SpotCheck).where(_below(SpotCheck.area_code, user, "spot_check:draw"))


def find_spot_check(user: User, check_id: int) -> SpotCheck:
    """The spot check, or Problem not_found — also when it exists outside the user's sight."""
    return _found(visible_spot_checks(user).where(SpotCheck.id == check_id))


def may_reveal(user: User, case: Case) -> bool:
    """Whether the user may read a household's telephone number: supervisors only where their own lot drew it."""
    if not can(user, "case:reveal", case):
        return False
    if Role(user.role) not in SUPERVISORS:
        return True
    mine = select(SpotCheckHousehold.id).join(SpotCheck).where(SpotCheck.drawn_by == user.id)
    return db.session.scalar(mine.where(SpotCheckHousehold.case_id == case.id).limit(1)) is not None


def find_drawn(user: User, check_id: int, household_id: int) -> SpotCheckHousehold:
    """One drawn household of a spot check in sight, or Problem not_found."""
    check = find_spot_check(user, check_id)
    query = select(SpotCheckHousehold).where(SpotCheckHousehold.check_id == check.id)
    return _found(query.where(SpotCheckHousehold.id == household_id))
