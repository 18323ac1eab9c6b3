"""What waits for the county's answer, 延期 and 作废 together."""

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from flask_login import current_user
from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import joinedload

from backend.access_petition import visible_extensions, visible_voidings
from backend.codebook import PetitionState
from backend.domain.held_cases import NOT_VISITED
from backend.models import Case, Extension, Voiding, db
from backend.models.questions import Looker, each, kept

LATELY, MOST = 30, 60
KINDS: dict[str, Any] = {"extension": Extension, "voiding": Voiding}


@dataclass(frozen=True)
class Row:
    """`kind`: extension or voiding."""

    kind: str
    one: Extension | Voiding


class Waiting(NamedTuple):
    """`rows` of `total`."""

    rows: list[Row]
    total: int


def waiting() -> Waiting:
    """Requests of households that nobody has visited meanwhile, whose limit ends first in front; the first sixty."""
    me = current_user
    total = sum(db.session.scalar(_count_of_asked(me, kind)) or 0 for kind in KINDS)
    rows = [Row(kind, one) for kind in KINDS for one in db.session.scalars(_asked(me, kind))] if total else []
    return Waiting(sorted(rows, key=lambda r: (r.one.case.ends_at, r.one.id))[:MOST], total)


def answered() -> list[Row]:
    """The last thirty answers, newest first."""
    last = [(*row, kind) for kind in KINDS for row in db.session.execute(_last_answered(current_user, kind))]
    wanted = sorted(last, reverse=True)[:LATELY]
    found = {}
    for kind in KINDS:
        ids = [number for _, number, of_kind in wanted if of_kind == kind]
        found |= {one.id: Row(kind, one) for one in db.session.scalars(_these(kind), {"ids": ids})} if ids else {}
    return [found[number] for _, number, _ in wanted]


def _visible(user: Looker, kind: str) -> Any:
    return visible_extensions(user) if kind == "extension" else visible_voidings(user)


def _of_unvisited(user: Looker, kind: str) -> Any:
    # In the words of the index that holds what waits.
    model = KINDS[kind]
    is_open = (model.state == literal_column(f"'{PetitionState.ASKED}'"), Case.stage.in_(NOT_VISITED))
    return _visible(user, kind).join(Case, Case.id == model.case_id).where(*is_open)


@kept
def _count_of_asked(user: Looker, kind: str) -> Any:
    return _of_unvisited(user, kind).with_only_columns(func.count())


@kept
def _asked(user: Looker, kind: str) -> Any:
    return _whole(_of_unvisited(user, kind), kind).order_by(Case.ends_at, KINDS[kind].id).limit(MOST)


@kept
def _last_answered(user: Looker, kind: str) -> Any:
    """When and which, before whole households are read: half of them are not among the last of both kinds."""
    model = KINDS[kind]
    query = _visible(user, kind).where(model.decided_at.is_not(None)).with_only_columns(model.decided_at, model.id)
    return query.order_by(model.decided_at.desc(), model.id.desc()).limit(LATELY)


@cache
def _these(kind: str) -> Any:
    model = KINDS[kind]
    return _whole(select(model).where(model.id.in_(each("ids"))), kind)


def _whole(query: Any, kind: str) -> Any:
    model = KINDS[kind]
    case = joinedload(model.case)
    parts = (case.joinedload(Case.village), case.joinedload(Case.township), case.joinedload(Case.declaration))
    return query.options(*parts, joinedload(model.asker), joinedload(model.decider))
