"""走访情况: what somebody else saw at the same household, and visits where nobody was met."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, Sealed, UuidKey, db
from backend.models.case import Case
from backend.models.user import User


class Observation(UuidKey, db.Model):
    """A contribution beside the visit: only added, never merged into it. `facts_text` is JSON, sealed."""

    __tablename__ = "observation"

    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    observed_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    facts_text_sealed: Mapped[str]
    photos_expected: Mapped[int] = mapped_column(default=0)

    facts_text = Sealed()
    case: Mapped[Case] = relationship(back_populates="observations")
    author: Mapped[User] = relationship()


class Attempt(UuidKey, db.Model):
    """A walk to the household in vain. It does not stop the five-day clock."""

    __tablename__ = "attempt"

    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    attempted_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    result: Mapped[str] = mapped_column(String(20))
    note_sealed: Mapped[str | None]
    photos_expected: Mapped[int] = mapped_column(default=0)

    note = Sealed()
    case: Mapped[Case] = relationship(back_populates="attempts")
    author: Mapped[User] = relationship()
