"""A value that one office of the county proposed for a day, and what another made of it."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import ProposalState
from backend.models.base import Instant, db, in_list
from backend.models.user import User


class ParameterProposal(db.Model):
    """Until it is approved nothing looks at it; then a row of Parameter says the same (DOMAIN §3.4)."""

    __tablename__ = "parameter_proposal"
    __table_args__ = (
        CheckConstraint(in_list("state", ProposalState), name="state"),
        CheckConstraint("state = 'proposed' OR (settled_by IS NOT NULL AND settled_at IS NOT NULL)", name="settled"),
        CheckConstraint("state NOT IN ('approved', 'refused') OR settled_by <> proposed_by", name="four_eyes"),
        CheckConstraint("state NOT IN ('refused', 'withdrawn') OR settlement_reason <> ''", name="says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), index=True)
    area_code: Mapped[str] = mapped_column(String(12), index=True)
    value: Mapped[object] = mapped_column(JSON)
    valid_from_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=ProposalState.PROPOSED)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settlement_reason: Mapped[str] = mapped_column(Text, default="")

    proposer: Mapped[User] = relationship(foreign_keys=proposed_by)
    settler: Mapped[User | None] = relationship(foreign_keys=settled_by)
