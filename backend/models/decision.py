"""认定: what the department decided. People decide; the program only suggests."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import DecisionOutcome
from backend.models.base import Instant, db, in_list
from backend.models.routing import Routing
from backend.models.user import User


class Decision(db.Model):
    """The result for one routing and, in the civil-affairs queue, one category of it."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(in_list("outcome", DecisionOutcome), name="outcome"),
        CheckConstraint("outcome NOT IN ('declined', 'unsolved') OR reason <> ''", name="refusal_has_reason"),
        CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(20), default="")
    decided_on: Mapped[date]
    amount_fen: Mapped[int | None]
    reason_code: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)

    routing: Mapped[Routing] = relationship(back_populates="decisions")
    decider: Mapped[User] = relationship()
