"""OUT.json of `flask compare`: every declaration with its code, why, and the roster row."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend.codebook import ComparisonCode
from backend.codebook.comparison import ComparisonReason
from backend.models import Comparison, Declaration, db


def comparison_report() -> dict[str, Any]:
    """{"declarations", "published", "counts", "results": {source_no: {code, warned, roster, reason, row, into}}}.

    published counts the warnings that are, or will be, published; row is the roster file's row number.
    """
    findings = db.session.scalars(
        select(Comparison)
        .join(Declaration, Comparison.declaration_id == Declaration.id)
        .options(
            joinedload(Comparison.declaration),
            joinedload(Comparison.into_declaration),
            joinedload(Comparison.roster_entry),
        )
        .order_by(Declaration.submitted_at, Declaration.source_no)
    ).all()
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return {
        "declarations": len(findings),
        "published": sum(finding.is_warned for finding in findings),
        "counts": dict(sorted(counts.items())),
        "results": {finding.declaration.source_no: _result(finding) for finding in findings},
    }


def _result(finding: Comparison) -> dict[str, Any]:
    entry, into = finding.roster_entry, finding.into_declaration
    return {
        "code": finding.code,
        "warned": finding.is_warned,
        "roster": finding.roster_kind,
        "reason": reason_sentence(finding),
        "row": entry.row if entry else None,
        "into": into.source_no if into else None,
    }


def reason_sentence(finding: Comparison) -> str:
    """The reason in words, with the number it was joined to or the day of the money."""
    reasons = {reason.value: reason.label for reason in ComparisonReason}
    said = reasons.get(finding.reason) or ComparisonCode(finding.code).label
    if finding.into_declaration is not None:
        return f"{said} {finding.into_declaration.source_no}"
    day = finding.roster_entry.paid_on if finding.roster_entry and finding.code == "M8" else None
    return f"{said}（{day.isoformat()}）" if day else said
