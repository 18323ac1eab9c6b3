"""开始使用: what a new county still has to do, step by step, each with where to do it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy import Select, func, select

from backend.access import policy
from backend.access_accounts import visible_accounts, visible_areas
from backend.codebook import COUNTY_ROLES, FIELD_ROLES, Role
from backend.desk.page import today
from backend.domain import parameters
from backend.models import OFFICES, Area, ImportBatch, OrganisationName, Parameter, User, db
from backend.models.questions import Looker, kept

pages = Blueprint("first_run", __name__, url_prefix="/start")


@dataclass(frozen=True)
class Step:
    """`key` of the step's words, whether it is done, where it is done ("" where another role does it), and a count."""

    key: str
    is_done: bool
    url: str = ""
    count: int = 0


def county() -> str:
    """The county that the administrator looks after, or the area that is nearest to one."""
    return max(current_user.area_codes, key=len, default="62")[:6]


def _roles() -> dict[str, int]:
    return {role: count for role, count in db.session.execute(_by_role(current_user))}


@kept
def _by_role(user: Looker) -> Select[Any]:
    mine = visible_accounts(user).where(User.is_active).with_only_columns(User.id)
    return select(User.role, func.count()).where(User.id.in_(mine)).group_by(User.role)


def _demo_parameters() -> int:
    keys = list(db.session.scalars(select(Parameter.key).distinct()))
    return sum(one.is_demo for one in parameters.standing(keys, on=today(), area_code=county()).values())


def _villages() -> int:
    return db.session.scalar(_count_of_villages(current_user)) or 0


@kept
def _count_of_villages(user: Looker) -> Select[tuple[int]]:
    return select(func.count()).select_from(visible_areas(user).where(Area.level == "village").subquery())


def steps() -> list[Step]:
    """The steps in their order."""
    roles, demo = _roles(), _demo_parameters()
    imported = db.session.scalar(select(func.count(ImportBatch.id))) or 0
    return [
        Step("administrator", is_done=bool(roles.get(Role.ADMINISTRATOR))), *_own_steps(roles),
        Step("parameters", is_done=demo == 0, count=demo),
        Step("files", is_done=imported > 0, count=imported),
    ]  # fmt: skip


def _own_steps(roles: dict[str, int]) -> list[Step]:
    """Those that the administrator takes."""
    people, villages = url_for("people_files.index"), _villages()
    named = db.session.scalar(
        select(func.count(OrganisationName.duty.distinct())).where(OrganisationName.area_code.startswith(county()))
    )
    days = parameters.value("workday_exceptions", on=today(), area_code=county())
    has_offices = all(roles.get(role) for role in (*COUNTY_ROLES, Role.TOWNSHIP_COORDINATOR))
    return [
        Step("areas", is_done=villages > 0, url=url_for("areas.index"), count=villages),
        Step("offices", is_done=has_offices, url=people, count=sum(roles.values())),
        Step("field", is_done=any(roles.get(role) for role in FIELD_ROLES), url=people),
        Step(
            "organisations", is_done=(named or 0) >= len(OFFICES), url=url_for("organisations.index"), count=named or 0
        ),
        Step(
            "calendar", is_done=any(day.startswith(f"{today().year}-") for day in days), url=url_for("workdays.index")
        ),
    ]


def is_ready() -> bool:
    """Whether nothing is left that the administrator can do."""
    return all(step.is_done for step in _own_steps(_roles()))


@pages.get("/")
@policy("user:list")
def show() -> str:
    """The steps, done or not."""
    return render_template("first_run/show.html", steps=steps(), year=today().year)
