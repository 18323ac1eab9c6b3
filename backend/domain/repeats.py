"""重复申报: what a household declared again while its case was open is kept with the case (DOMAIN 4.4)."""

from collections.abc import Sequence

from sqlalchemy import select

from backend.codebook import ComparisonCode
from backend.models import Comparison, Declaration, db


def merged_into(declaration: Declaration) -> Sequence[Declaration]:
    """Later declarations of the same person that were merged into this one, oldest first."""
    return db.session.scalars(
        select(Declaration)
        .join(Comparison, Comparison.declaration_id == Declaration.id)
        .where(Comparison.into_declaration_id == declaration.id, Comparison.code == ComparisonCode.DUP)
        .order_by(Declaration.submitted_at, Declaration.id)
    ).all()


def newest_phone(declaration: Declaration) -> str | None:
    """The number given last, among this declaration and those merged into it; None when nobody gave one."""
    told = sorted((declaration, *merged_into(declaration)), key=lambda one: one.submitted_at)
    return next((one.phone for one in reversed(told) if one.phone), None)
