"""What was known of each declaration at a moment, in SQL: pushed by then, and what the rosters said then (DOMAIN §5.3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, func, or_, select

from backend.access import in_areas
from backend.codebook import ComparisonCode, DeclarationSource, RosterKind
from backend.domain.figures_conditions import Condition
from backend.models import Comparison, ComparisonPast, Declaration, ImportBatch

RECEIVING = (ComparisonCode.M1, ComparisonCode.M8)
WEAK = (ComparisonCode.M2, ComparisonCode.M3)
KINDS = {
    "dibao": (RosterKind.DIBAO,), "tekun": (RosterKind.TEKUN,), "temporary": (RosterKind.TEMPORARY,),
    "child": (RosterKind.ORPHAN, RosterKind.UNSUPPORTED), "disability": (RosterKind.DISABILITY,),
}  # fmt: skip


def declarations_at(codes: Sequence[str], as_of: datetime) -> Subquery:
    """A row for each declaration that had come by `as_of`; `code` is None where nothing had been compared."""
    came = func.coalesce(ImportBatch.imported_at, Declaration.submitted_at)
    was_found = or_(Comparison.found_at.is_(None), Comparison.found_at <= as_of)
    past = ComparisonPast
    said_then = and_(past.declaration_id == Declaration.id, past.from_at <= as_of, past.until_at > as_of)
    return (
        select(
            Declaration.id, Declaration.county_code, Declaration.township_code,
            func.coalesce(Declaration.family_size, 1).label("people"),
            func.coalesce(Comparison.code, past.code).label("code"),
            func.coalesce(Comparison.roster_kind, past.roster_kind).label("roster_kind"),
        )
        .outerjoin(ImportBatch, ImportBatch.id == Declaration.batch_id)
        .outerjoin(Comparison, and_(Comparison.declaration_id == Declaration.id, was_found))
        .outerjoin(past, said_then)
        .where(in_areas(Declaration, list(codes)), came <= as_of, Declaration.source != DeclarationSource.TOWNSHIP_FOUND)
    ).subquery("declarations_at")  # fmt: skip


def _receiving(kinds: Sequence[RosterKind]) -> Condition:
    return lambda c, at: and_(c.code.in_(RECEIVING), c.roster_kind.in_(kinds))


DECLARED_FIGURES: dict[str, Condition] = {
    "declared": lambda c, at: c.id.is_not(None),
    "declared_households": lambda c, at: func.coalesce(c.code, "") != ComparisonCode.DUP,
    "compared": lambda c, at: c.code.is_not(None),
    "receiving": lambda c, at: c.code.in_(RECEIVING),
    **{f"receiving_{key}": _receiving(kinds) for key, kinds in KINDS.items()},
    "repeated": lambda c, at: c.code == ComparisonCode.DUP,
    "invalid": lambda c, at: c.code == ComparisonCode.MX,
    "not_counted": lambda c, at: c.code.in_((ComparisonCode.DUP, ComparisonCode.MX)),
    "to_check": lambda c, at: c.code.in_(WEAK),
}


def declarations_in(key: str, codes: Sequence[str], as_of: datetime) -> Select[Any]:
    """Ids of the declarations that a figure counted. Raises KeyError for a figure that there is not."""
    at = declarations_at(codes, as_of)
    return select(at.c.id).where(DECLARED_FIGURES[key](at.c, as_of))
