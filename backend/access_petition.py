"""The one policy, for what only the county may grant: 延期 and 作废."""

from typing import Any

from sqlalchemy import Select, false, select

from backend.access import visible_cases
from backend.access_rules import POLICY
from backend.codebook import Role
from backend.models import Case, Extension, User, Voiding, db
from backend.models.questions import Looker
from backend.problems import Problem


def _visible(model: Any, user: Looker) -> Select[Any]:
    if Role(user.role) not in POLICY["petition:see"].roles:
        return select(model).where(false())
    # EXISTS: the few requests are asked for their case, not the many cases for a request.
    case = visible_cases(user).where(Case.id == model.case_id).with_only_columns(Case.id)
    return select(model).where(case.correlate(model).exists())


def visible_extensions(user: Looker) -> Select[tuple[Extension]]:
    """Requests for 延期 about cases within sight, for the township and the county that leads the visits."""
    return _visible(Extension, user)


def visible_voidings(user: Looker) -> Select[tuple[Voiding]]:
    """Requests for 作废 about cases within sight, for the township and the county that leads the visits."""
    return _visible(Voiding, user)


def find_extension(user: User, extension_id: str) -> Extension:
    """The request, locked until the end of the transaction. Raises Problem not_found."""
    return _found(visible_extensions(user).where(Extension.id == extension_id))


def find_voiding(user: User, voiding_id: str) -> Voiding:
    """The request, locked until the end of the transaction. Raises Problem not_found."""
    return _found(visible_voidings(user).where(Voiding.id == voiding_id))


def _found(query: Select[Any]) -> Any:
    row = db.session.scalar(query.with_for_update())
    if row is None:
        raise Problem("not_found")
    return row
