"""抽查 (DOMAIN §9): households drawn by lot from those visited, asked on the phone who came and on which day.

The lot is repeatable: the same pool, number and seed draw the same households. It checks visits, not persons:
nothing here is counted by visitor.
"""

from datetime import date, datetime
from math import ceil
from random import Random
from secrets import randbelow

from sqlalchemy import select

from backend import access, clock
from backend.codebook import SpotAnswer
from backend.domain import events
from backend.domain.figures_at import cases_at
from backend.domain.figures_conditions import CASE_FIGURES
from backend.models import Area, SpotCheck, SpotCheckHousehold, User, db
from backend.problems import Problem

MOST_HOUSEHOLDS, SEEDS = 200, 1_000_000
SHARES = (5, 10)


def draw(pool: list[str], count: int, seed: int) -> list[str]:
    """`count` of `pool` by lot, whatever order the pool came in."""
    return sorted(Random(seed).sample(sorted(pool), min(count, len(pool))))  # noqa: S311 - it must be repeatable


def draw_spot_check(
    area: Area, *, from_at: datetime, until_at: datetime, actor: User, count: int | None = None,
    percent: int | None = None, seed: int | None = None,
) -> SpotCheck:  # fmt: skip
    """Draw `count` households, or `percent` (5 to 10) of those visited from `from_at` until `until_at` (aware).

    Without `seed` chance chooses one; it is recorded. One event spot_check:drawn. Raises Problem
    spot_check_period, spot_check_size, spot_check_empty, not_found (an area outside the actor's).
    """
    access.require(actor, "spot_check:draw")
    if not any(area.code.startswith(code) for code in actor.area_codes):
        raise Problem("not_found")
    now = clock.now()
    if not from_at < until_at or from_at >= now:
        raise Problem("spot_check_period")
    is_share = percent is not None and SHARES[0] <= percent <= SHARES[1]
    if not is_share and not (count is not None and 1 <= count <= MOST_HOUSEHOLDS):
        raise Problem("spot_check_size")
    pool = _pool(area.code, from_at, until_at)
    if not pool:
        raise Problem("spot_check_empty")
    wanted = ceil(len(pool) * percent / 100) if is_share and percent else count or 1
    lot = randbelow(SEEDS) if seed is None else seed % SEEDS
    check = SpotCheck(
        area=area, from_at=from_at, until_at=until_at, seed=lot, pool_count=len(pool), drawer=actor, drawn_at=now
    )  # fmt: skip
    drawn = draw(pool, min(wanted, MOST_HOUSEHOLDS), lot)
    check.households = [SpotCheckHousehold(case_id=case_id, note="") for case_id in drawn]
    db.session.add(check)
    db.session.flush()
    events.record("spot_check:drawn", actor=actor, check=check.id, seed=lot, pool=len(pool), drawn=len(drawn))
    return check


def _pool(area_code: str, from_at: datetime, until_at: datetime) -> list[str]:
    at = cases_at([area_code], clock.now())
    is_in = CASE_FIGURES["visited"](at.c, clock.now()) & (at.c.started_at >= from_at) & (at.c.started_at < until_at)
    return list(db.session.scalars(select(at.c.id).where(is_in)))


def record_answer(
    drawn: SpotCheckHousehold, *, answer: str, actor: User, said_on: date | None = None, note: str = ""
) -> SpotCheckHousehold:
    """What the household said; a later call replaces it, and each call leaves its event.

    One event spot_check:answered. Raises Problem spot_check_answer, spot_check_day.
    """
    access.require(actor, "spot_check:draw")
    if answer not in set(SpotAnswer):
        raise Problem("spot_check_answer")
    if said_on is not None and said_on > clock.local(clock.now()).date():
        raise Problem("spot_check_day")
    drawn.answer, drawn.said_on, drawn.note = answer, said_on, note.strip()
    drawn.called_by, drawn.called_at = actor.id, clock.now()
    events.record("spot_check:answered", actor=actor, case=drawn.case, check=drawn.check_id, answer=answer)
    return drawn
