"""更正: what was recorded by mistake and taken back; it stays where it stands, and so does the reason."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, db
from backend.models.decision import Decision
from backend.models.review import Review
from backend.models.user import User


class Correction(db.Model):
    """One result or one 研判 that does not count any more. `case_closed_at`: when the case had been closed by it."""

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("(decision_id IS NULL) <> (review_id IS NULL)", name="of_one"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    corrected_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    corrected_at: Mapped[datetime] = mapped_column(Instant)
    case_closed_at: Mapped[datetime | None] = mapped_column(Instant)

    decision: Mapped[Decision | None] = relationship(back_populates="correction")
    review: Mapped[Review | None] = relationship(back_populates="correction")
    corrector: Mapped[User] = relationship()
