"""复核: the township's word on a visit."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import ReviewOutcome
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.user import User

RETURNED = text("outcome = 'returned'")
ELSEWHERE = text("reason_code = 'other_household'")


class Review(db.Model):
    """Approved or returned. `comments` is [{"key": question, "text": what to mend}];
    `adopted` is {question: statement id} for facts that people told differently. `withdrawn_at`: it ceased to count."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint(in_list("outcome", ReviewOutcome), name="outcome"),
        CheckConstraint("outcome = 'approved' OR reason_code IS NOT NULL", name="return_has_reason"),
        Index("ix_review_returned", "case_id", sqlite_where=RETURNED, postgresql_where=RETURNED),
        Index("ix_review_elsewhere", "case_id", sqlite_where=ELSEWHERE, postgresql_where=ELSEWHERE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(10))
    reason_code: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    comments: Mapped[list] = mapped_column(JSON, default=list)
    adopted: Mapped[dict] = mapped_column(JSON, default=dict)
    reviewed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    reviewed_at: Mapped[datetime] = mapped_column(Instant)

    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="reviews")
    reviewer: Mapped[User] = relationship()
    correction: Mapped["Correction | None"] = relationship(back_populates="review", uselist=False)  # noqa: F821


class JointOpinion(db.Model):
    """联合研判: the first of two offices agrees with a visit; the second one's word is the Review. `office` as of then."""

    __tablename__ = "joint_opinion"
    __table_args__ = (UniqueConstraint("visit_id", "office"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"))
    office: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime] = mapped_column(Instant)

    giver: Mapped[User] = relationship()
