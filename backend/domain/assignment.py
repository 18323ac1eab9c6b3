"""派单: the township sends a main and an accompanying visitor (至少两人, 民发〔2021〕57号 第16条)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from backend import access, clock
from backend.codebook import FIELD_ROLES, Duty, Role, Stage
from backend.domain import events, kinship
from backend.models import Assignment, Case, Posting, User, db
from backend.models.base import unix
from backend.models.questions import each, now
from backend.problems import Problem

# How long a village's usual team is remembered.
REMEMBERED = timedelta(days=90)
DAY_SECONDS, SHANGHAI_SECONDS = 86_400, 8 * 3600
COUNTY_DIGITS = 6
TO_GO = (Stage.ASSIGNED, Stage.RETURNED)


def check_may_visit(user: User) -> None:
    """Raises Problem not_field_worker or inactive_user for somebody who goes to no household."""
    if Role(user.role) not in FIELD_ROLES:
        raise Problem("not_field_worker", name=user.name)
    if not user.is_active:
        raise Problem("inactive_user", name=user.name)


def check_visitor(case: Case, user: User) -> None:
    """Raises Problem not_field_worker, inactive_user, or not_in_area for somebody of another township."""
    check_may_visit(user)
    if not any(code.startswith(case.township_code) or case.township_code.startswith(code) for code in user.area_codes):
        raise Problem("not_in_area", name=user.name)


def active(case: Case) -> dict[str, User]:
    """The people who go now: {"main": User, "companion": User}, as far as they are named."""
    return {a.duty: a.user for a in case.assignments if a.ended_at is None}


def assign(case: Case, *, main: User, companion: User, actor: User) -> Case:
    """Send `main` and `companion` to the household; who went before is relieved, nothing of theirs is lost.

    One event case:assigned. Raises Problem for a stage in which nobody is sent, twice the same person,
    somebody who does no visits, is inactive, works in another township or is a near relative (kinship).
    """
    access.require(actor, "case:assign", case)
    if main.id == companion.id:
        raise Problem("same_person_twice")
    for user in (main, companion):
        check_visitor(case, user)
    kinship.check_no_relative(case, {Duty.MAIN: main, Duty.COMPANION: companion})
    now = clock.now()
    wanted = {Duty.MAIN: main, Duty.COMPANION: companion}
    before = [a for a in case.assignments if a.ended_at is None]
    kept = {a.duty for a in before if wanted[Duty(a.duty)].id == a.user_id}
    for assignment in before:
        if assignment.duty not in kept:
            assignment.ended_at = now
    db.session.flush()
    for duty, user in wanted.items():
        if duty not in kept:
            case.assignments.append(Assignment(user=user, duty=duty, assigned_at=now, assigned_by=actor.id))
    if case.stage == Stage.WARNED:
        case.stage = Stage.ASSIGNED
    events.record("case:assigned", actor=actor, case=case, main=main.id, companion=companion.id)
    return case


_VISITORS = select(User).where(
    User.role.in_(FIELD_ROLES), User.is_active,
    User.id.in_(select(Posting.user_id).where(Posting.area_code.between(bindparam("first"), bindparam("last")), Posting.held())),
)  # fmt: skip


def visitors_of(township_code: str) -> list[User]:
    """Active village workers, team members and aides of a township, by name."""
    found = db.session.scalars(_VISITORS, {"first": township_code, "last": f"{township_code}Z"})
    return sorted(found, key=lambda user: (user.role, user.name))


def loads(user_ids: Sequence[str]) -> Counter[str]:
    """How many open cases each person has to visit now, in the counties where they are or were posted."""
    return Counter({user_id: count for user_id, count in db.session.execute(_loads(), {"people": user_ids})})


@cache
def _loads() -> Select[str, int]:
    counties = select(func.substr(Posting.area_code, 1, COUNTY_DIGITS)).where(Posting.user_id.in_(each("people")))
    # From what is open there, not from the people, whom no index is to hold: who has worked for years was sent to thousands.
    is_open = Case.stage != literal_column(f"'{Stage.CLOSED}'")
    waiting = select(Case.id).where(Case.county_code.in_(counties), is_open, Case.stage.in_(TO_GO))
    is_theirs = func.coalesce(Assignment.user_id, "").in_(each("people"))
    found = select(Assignment.user_id, func.count()).where(
        Assignment.case_id.in_(waiting), is_theirs, Assignment.ended_at.is_(None)
    )
    return found.group_by(Assignment.user_id)


def usual_teams(village_codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """{village code: (main, companion) account ids} as the township sent them last: of the newest day, the pair
    that most households got, so that an exception for one household does not become the habit."""
    rows = db.session.execute(_teams(), {"villages": list(village_codes)})
    return {str(village): (first, second) for village, first, second, *_ in rows}


@cache
def _teams() -> Select[str | None, str, str, int, int]:
    main, companion = aliased(Assignment), aliased(Assignment)
    day = ((unix(main.assigned_at) + SHANGHAI_SECONDS) // DAY_SECONDS).label("day")
    return (
        select(Case.village_code, main.user_id, companion.user_id, day, func.count().label("households"))
        .join(main, (main.case_id == Case.id) & (main.duty == Duty.MAIN) & main.ended_at.is_(None))
        .join(companion, (companion.case_id == Case.id) & (companion.duty == Duty.COMPANION) & companion.ended_at.is_(None))
        .where(Case.village_code.in_(each("villages")), main.assigned_by.is_not(None), main.assigned_at > now(REMEMBERED))
        .group_by(Case.village_code, main.user_id, companion.user_id, "day").order_by("day", "households")
    )  # fmt: skip


def suggest(case: Case, people: Sequence[User], load: Counter[str]) -> tuple[User | None, User | None]:
    """Main and companion proposed for a case: those of its village first, then who has least in hand.

    A grid worker leads where there is one. `people` is `visitors_of(township)`, `load` is `loads(…)`.
    """

    def fits(user: User) -> tuple[bool, bool, int, str]:
        in_village = case.village_code is not None and case.village_code in user.area_codes
        return (not in_village, user.role != Role.GRID_WORKER, load[user.id], user.username)

    main = min(people, key=fits, default=None)
    if main is None:
        return None, None
    others = [user for user in people if user.id != main.id]

    def beside(user: User) -> tuple[bool, bool, int, str]:
        in_village = case.village_code is not None and case.village_code in user.area_codes
        return (not in_village, user.role == main.role, load[user.id], user.username)

    return main, min(others, key=beside, default=None)
