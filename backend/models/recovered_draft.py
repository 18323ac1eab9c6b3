"""Unfinished forms that a phone handed in because it could no longer read them itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, Sealed, UuidKey, db
from backend.models.case import Case
from backend.models.user import User


class RecoveredDraft(UuidKey, db.Model):
    """Goes back to its author with the next pull, until the phone has it (`taken_at`). Fields are JSON, sealed.

    `new_case_id`: made by the phone for a household that nobody has told the office of yet.
    """

    __tablename__ = "recovered_draft"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (new_case_id IS NULL)", name="one_household"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("verification_case.id"), index=True)
    new_case_id: Mapped[str | None] = mapped_column(String(36))
    purpose: Mapped[str] = mapped_column(String(12))
    base_revision: Mapped[int]
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    fields_text_sealed: Mapped[str]
    taken_at: Mapped[datetime | None] = mapped_column(Instant)

    fields_text = Sealed()
    case: Mapped[Case | None] = relationship(back_populates="drafts")
    author: Mapped[User] = relationship()
