"""What waits for the county's answer, 延期 and 作废 together."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_login import current_user
from sqlalchemy import func, literal_column
from sqlalchemy.orm import joinedload

from backend.access_petition import visible_extensions, visible_voidings
from backend.codebook import PetitionState
from backend.domain.held_cases import NOT_VISITED
from backend.models import Case, Extension, Voiding, db

LATELY, MOST = 30, 60


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
    asked = [(kind, _asked(query, model), model) for kind, query, model in _kinds()]
    total = sum(db.session.scalar(query.with_only_columns(func.count())) or 0 for _, query, _ in asked)
    rows = [
        Row(kind, one)
        for kind, query, model in asked
        for one in db.session.scalars(_whole(query, model).order_by(Case.ends_at, model.id).limit(MOST))
    ]
    return Waiting(sorted(rows, key=lambda r: (r.one.case.ends_at, r.one.id))[:MOST], total)


def answered() -> list[Row]:
    """The last thirty answers, newest first."""
    rows = [
        Row(kind, one)
        for kind, query, model in _kinds()
        for one in db.session.scalars(
            _whole(query.where(model.decided_at.is_not(None)), model)
            .order_by(model.decided_at.desc(), model.id.desc())
            .limit(LATELY)
        )
    ]
    return sorted(rows, key=lambda r: (r.one.decided_at, r.one.id), reverse=True)[:LATELY]


def _kinds() -> list[tuple[str, Any, Any]]:
    me = current_user
    return [("extension", visible_extensions(me), Extension), ("voiding", visible_voidings(me), Voiding)]


def _asked(query: Any, model: Any) -> Any:
    # In the words of the index that holds what waits.
    is_open = (model.state == literal_column(f"'{PetitionState.ASKED}'"), Case.stage.in_(NOT_VISITED))
    return query.join(Case, Case.id == model.case_id).where(*is_open)


def _whole(query: Any, model: Any) -> Any:
    case = joinedload(model.case)
    parts = (case.joinedload(Case.village), case.joinedload(Case.township), case.joinedload(Case.declaration))
    return query.options(*parts, joinedload(model.asker), joinedload(model.decider))
