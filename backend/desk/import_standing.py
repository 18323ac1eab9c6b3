"""How far a county is with 导入、比对、发布, counted in indexes: a province has a million declarations."""

from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.sql.elements import Label

from backend.access import COUNTY_DIGITS, below, visible_cases, visible_declarations
from backend.domain import comparison_answer
from backend.models import Case, Comparison, Declaration, db
from backend.models.declaration import IS_FOUND
from backend.models.questions import Looker, kept


def standing() -> dict[str, int]:
    """What waits: declarations not compared, matches for a person, warnings to publish; and what is published."""
    declared, unpublished = _declared_and_unpublished()
    to_compare, to_publish = db.session.execute(_to_do(current_user)).one() if unpublished else (0, 0)
    answers = comparison_answer.waiting(current_user).with_only_columns(Comparison.declaration_id).order_by(None)
    to_answer = db.session.scalar(select(func.count()).select_from(answers.subquery())) or 0
    return {
        "declared": declared, "to_compare": to_compare, "to_answer": to_answer, "to_publish": to_publish,
        "published": declared - unpublished,
    }  # fmt: skip


def _declared_and_unpublished() -> tuple[int, int]:
    if any(len(code) > COUNTY_DIGITS for code in current_user.area_codes):
        declared, unpublished = db.session.execute(_one_by_one(current_user)).one()
        return declared, unpublished
    declarations, cases, found = db.session.execute(_in_all(current_user)).one()
    return declarations - found, declarations - cases


@kept
def _in_all(user: Looker) -> Select[Any]:
    """Declarations and cases of whole counties, and declarations of whom somebody came upon (`discoveries`): these declared
    nothing, and have a case from the start. A case stays in the county of its declaration, so the numbers may be taken
    from each other."""
    mine, cases = visible_declarations(user), visible_cases(user).where(_stretch(Case, user))
    every = (mine.where(_stretch(Declaration, user)), cases, mine.where(IS_FOUND))
    return select(*(one.with_only_columns(func.count(), maintain_column_froms=True).scalar_subquery() for one in every))


def _stretch(model: Any, user: Looker) -> ColumnElement[bool]:
    """What is in sight lies in a stretch of an index, which SQLite does not see in a LIKE."""
    return or_(*(below(model.county_code, code) for code in user.area_codes))


@kept
def _one_by_one(user: Looker) -> Select[Any]:
    """A household may have moved to another township since it declared, so each is looked up."""
    mine = visible_declarations(user).where(~IS_FOUND).with_only_columns(Declaration.id, _is_unpublished())
    c = mine.offset(0).subquery().c
    return select(func.count(), func.count().filter(c.is_unpublished))


@kept
def _to_do(user: Looker) -> Select[Any]:
    # One walk over an index, each looked up in others: the offset keeps both databases at it. Who was found has a case.
    mine = visible_declarations(user).with_only_columns(Declaration.id, _is_unpublished())
    c = mine.offset(0).subquery().c
    found = select(Comparison.code).where(Comparison.declaration_id == c.id)
    counted = (~found.exists(), found.where(Comparison.is_warned).exists())
    return select(*(func.count().filter(c.is_unpublished, one) for one in counted))


def _is_unpublished() -> Label[bool]:
    published = select(Case.declaration_id).where(Case.declaration_id == Declaration.id).correlate(Declaration)
    return (~published.exists()).label("is_unpublished")
