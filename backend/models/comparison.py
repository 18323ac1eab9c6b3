"""比对: one run over the declarations, and what it found for each of them."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend import clock
from backend.codebook import ComparisonCode
from backend.models.base import Instant, db, in_list
from backend.models.declaration import Declaration
from backend.models.roster import RosterEntry


class ComparisonRun(db.Model):
    """One comparison with the rosters and rules of its moment."""

    __tablename__ = "comparison_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_at: Mapped[datetime] = mapped_column(Instant)
    run_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    rule_version: Mapped[str] = mapped_column(String(20))
    parameters: Mapped[dict] = mapped_column(JSON, default=dict)
    batch_ids: Mapped[list] = mapped_column(JSON, default=list)
    counts: Mapped[dict] = mapped_column(JSON, default=dict)


class Comparison(db.Model):
    """The newest finding for one declaration; `is_warned` says that it is, or will be, published.

    `found_at` is since when it says so; None for what was found before there were figures of the past.
    """

    __tablename__ = "comparison"
    __table_args__ = (CheckConstraint(in_list("code", ComparisonCode), name="code"),)

    declaration_id: Mapped[str] = mapped_column(ForeignKey("declaration.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("comparison_run.id"), index=True)
    code: Mapped[str] = mapped_column(String(3), index=True)
    found_at: Mapped[datetime | None] = mapped_column(Instant, default=clock.now)
    is_warned: Mapped[bool] = mapped_column(index=True)
    is_priority: Mapped[bool] = mapped_column(default=False)
    roster_kind: Mapped[str | None] = mapped_column(String(12))
    roster_entry_id: Mapped[str | None] = mapped_column(ForeignKey("roster_entry.id"))
    into_declaration_id: Mapped[str | None] = mapped_column(ForeignKey("declaration.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[list] = mapped_column(JSON, default=list)
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    declaration: Mapped[Declaration] = relationship(foreign_keys=declaration_id)
    into_declaration: Mapped[Declaration | None] = relationship(foreign_keys=into_declaration_id)
    roster_entry: Mapped[RosterEntry | None] = relationship()
    run: Mapped[ComparisonRun] = relationship()


class ComparisonPast(db.Model):
    """What the rosters once said about a declaration, from an instant until a newer finding; never changed."""

    __tablename__ = "comparison_past"
    __table_args__ = (
        CheckConstraint(in_list("code", ComparisonCode), name="code"),
        CheckConstraint("until_at >= from_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[str] = mapped_column(ForeignKey("declaration.id"), index=True)
    code: Mapped[str] = mapped_column(String(3))
    roster_kind: Mapped[str | None] = mapped_column(String(12))
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime] = mapped_column(Instant)
