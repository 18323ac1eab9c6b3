"""认定: what the department decided. People decide; the program only suggests."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import DecisionDetail, DecisionOutcome
from backend.models.base import Instant, db, in_list
from backend.models.routing import Routing
from backend.models.user import User


class Decision(db.Model):
    """The result for one routing and, in the civil-affairs queue, one category of it.

    `amount_fen` is fen a month (or once); for a single problem what was spent. `people_count` are those guaranteed, or
    concerned. `starts_on` is the first day of the first month paid. `reopened_at`: an objection or a
    correction undid it then.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(in_list("outcome", DecisionOutcome), name="outcome"),
        CheckConstraint("outcome NOT IN ('declined', 'unsolved') OR reason <> ''", name="refusal_has_reason"),
        CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name="amount"),
        CheckConstraint("people_count IS NULL OR people_count > 0", name="people"),
        CheckConstraint(f"detail = '' OR {in_list('detail', DecisionDetail)}", name="detail"),
        Index("ix_decision_result", "outcome", "category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(20), default="")
    decided_on: Mapped[date]
    amount_fen: Mapped[int | None]
    reason_code: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    detail: Mapped[str] = mapped_column(String(20), default="", server_default="")
    people_count: Mapped[int | None]
    starts_on: Mapped[date | None]
    alternative: Mapped[str] = mapped_column(Text, default="", server_default="")
    is_satisfied: Mapped[bool | None]
    reopened_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)

    routing: Mapped[Routing] = relationship(back_populates="decisions")
    decider: Mapped[User] = relationship()
    correction: Mapped["Correction | None"] = relationship(back_populates="decision", uselist=False)  # noqa: F821

    @property
    def is_reopened(self) -> bool:
        return self.reopened_at is not None
