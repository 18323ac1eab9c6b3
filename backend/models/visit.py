"""入户核查: what two visitors found and who signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, Sealed, UuidKey, db
from backend.models.case import Case
from backend.models.user import User

UNSIGNED = text("visitor_signatures < 2")


class Visit(UuidKey, db.Model):
    """One handed-in 核查表. A correction is a new visit that supersedes the old one; both stay.

    `answers` is the JSON of the filled form, sealed as a whole; the plain columns beside it are what
    lists and figures need. `counted_at` is when it became the visit that counts; one beside it has none.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= visited_at", name="ends_after_start"),
        CheckConstraint("visitor_signatures BETWEEN 0 AND 2", name="visitor_signatures"),
        Index("ix_visit_counted_at", "counted_at"),
        Index("ix_visit_unsigned", "case_id", sqlite_where=UNSIGNED, postgresql_where=UNSIGNED),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    item_id: Mapped[str | None] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    supersedes_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    is_current: Mapped[bool] = mapped_column(default=True)
    form_version: Mapped[int]
    base_revision: Mapped[int]
    visited_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    skew_seconds: Mapped[int] = mapped_column(default=0)
    answers_text_sealed: Mapped[str]
    photos_expected: Mapped[int] = mapped_column(default=0)
    living_size: Mapped[int | None]
    signature_count: Mapped[int] = mapped_column(default=0)
    visitor_signatures: Mapped[int] = mapped_column(default=0, server_default="0")
    counted_at: Mapped[datetime | None] = mapped_column(Instant)

    answers_text = Sealed()
    case: Mapped[Case] = relationship(back_populates="visits")
    author: Mapped[User] = relationship()
