"""What a person is told about a household, on the phone and at the desk."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import NoticeKind
from backend.models.base import Instant, UuidKey, db, in_list
from backend.models.case import Case
from backend.models.user import User


class Notice(UuidKey, db.Model):
    """One sentence for one person. `facts` holds no personal data; `told_at` is its first delivery."""

    __tablename__ = "notice"
    __table_args__ = (CheckConstraint(in_list("kind", NoticeKind), name="kind"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("verification_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship()
    case: Mapped[Case | None] = relationship()
