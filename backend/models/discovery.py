"""主动发现: a household that nobody had declared, as somebody came upon it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, Sealed, UuidKey, db
from backend.models.case import Case
from backend.models.user import User


class Discovery(UuidKey, db.Model):
    """`id` is the case id that the phone made; `case_id` the case it became, or the one that was there before.

    `told_text` is what was said, JSON, sealed. `roster_code` (ComparisonCode) is what the rosters said that day.
    """

    __tablename__ = "discovery"

    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    item_id: Mapped[str | None] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    found_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)
    told_text_sealed: Mapped[str] = mapped_column(Text)
    roster_code: Mapped[str | None] = mapped_column(String(3))
    roster_reason: Mapped[str] = mapped_column(Text, default="")

    told_text = Sealed()
    case: Mapped[Case] = relationship()
    author: Mapped[User] = relationship()

    @property
    def is_attached(self) -> bool:
        """Whether the household was known before."""
        return self.id != self.case_id
