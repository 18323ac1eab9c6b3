"""What waits for the township's 研判 or for its routing, the first received first; pages turn by key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy import case as when
from sqlalchemy.orm import selectinload

from backend.access import visible_cases
from backend.codebook import Stage
from backend.desk import case_list
from backend.desk.moment import moment_of, moment_word
from backend.models import Case, Observation, Review, Visit, db
from backend.models.base import Instant

PAGE = 40
WAITING = (Stage.SUBMITTED, Stage.REVIEWED)
RECEIVED = func.coalesce(
    select(func.max(Visit.received_at)).where(Visit.case_id == Case.id, Visit.is_current).scalar_subquery(),
    Case.published_at,
    type_=Instant(),
)
RANK = when((Case.stage == Stage.SUBMITTED, 0), else_=1)

Key = tuple[int, datetime, str]


@dataclass(frozen=True)
class Place:
    """Where one case stands: how many wait, how many of them before it (-1: it does not wait), whose turn is next."""

    waiting: int
    before: int
    next_id: str | None


def counts() -> dict[str, int]:
    """{stage: how many wait in it}."""
    rows = _waiting().with_only_columns(Case.stage, func.count()).group_by(Case.stage)
    return {stage.value: 0 for stage in WAITING} | {stage: count for stage, count in db.session.execute(rows)}


def page_of(after: str) -> tuple[list[Case], str]:
    """(cases of the page, key of the next page or ""), those to look at before those to route."""
    keys = _keys_from(_key_of(after), PAGE + 1)
    ids = [key[2] for key in keys[:PAGE]]
    received_and_seen = (
        selectinload(Case.visits).load_only(Visit.received_at, Visit.is_current),
        selectinload(Case.observations).load_only(Observation.id),
        selectinload(Case.reviews).load_only(Review.outcome, Review.reviewed_at, Review.withdrawn_at),
    )
    query = case_list.with_parts(select(Case).where(Case.id.in_(ids))).options(*received_and_seen)
    cases = {case.id: case for case in db.session.scalars(query)}
    rank, received, last = keys[PAGE - 1] if len(keys) > PAGE else (0, None, "")
    return [cases[one] for one in ids], f"{rank}~{moment_word(received)}~{last}" if received else ""


def place_of(case: Case) -> Place:
    """Where the case stands in the list of its reader."""
    total = sum(counts().values())
    own = db.session.execute(_keys().where(Case.id == case.id)).first()
    if own is None:
        return Place(total, -1, None)
    key: Key = (own[0], own[1], own[2])
    before = _waiting().where(_order() < _typed(key)).with_only_columns(func.count())
    after = _keys_from(key, 1)
    return Place(total, db.session.scalar(before) or 0, after[0][2] if after else None)


def _waiting() -> Select[Any]:
    return visible_cases(current_user).where(Case.stage.in_(WAITING))


def _keys() -> Select[Any]:
    return _waiting().with_only_columns(RANK, RECEIVED, Case.id)


def _keys_from(key: Key | None, most: int) -> list[Key]:
    query = _keys().order_by(RANK, RECEIVED, Case.id).limit(most)
    found = db.session.execute(query.where(_order() > _typed(key)) if key else query)
    return [(rank, received, case_id) for rank, received, case_id in found]


def _order() -> Any:
    return tuple_(RANK, RECEIVED, Case.id)


def _typed(key: Key) -> Any:
    return tuple_(literal(key[0]), literal(key[1], Instant), literal(key[2]))


def _key_of(after: str) -> Key | None:
    rank, _, rest = after.partition("~")
    received, _, case_id = rest.partition("~")
    at = moment_of(received)
    return (int(rank == "1"), at, case_id) if at else None
