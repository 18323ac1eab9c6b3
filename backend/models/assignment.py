"""派单: who goes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import Duty
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.user import User


class Assignment(db.Model):
    """A person is main or accompanying visitor of a case until `ended_at`; `reason`: why instead of another."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(in_list("duty", Duty), name="duty"),
        Index("uq_assignment_active_duty", "case_id", "duty", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
        Index("uq_assignment_active_user", "case_id", "user_id", unique=True,
              sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    duty: Mapped[str] = mapped_column(String(10))
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    assigned_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(100), default="")

    case: Mapped[Case] = relationship(back_populates="assignments")
    user: Mapped[User] = relationship(foreign_keys=user_id)
