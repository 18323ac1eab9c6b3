"""督办: a written order of the county to a township about households, with a deadline and the township's answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import SupervisionState
from backend.models.area import Area
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.user import User


class SupervisionNotice(db.Model):
    """One 督办通知单. `number` is printed on it; an answer is there once it is answered."""

    __tablename__ = "supervision_notice"
    __table_args__ = (
        CheckConstraint(in_list("state", SupervisionState), name="state"),
        CheckConstraint("due_at > issued_at", name="due_after_issued"),
        CheckConstraint("(state = 'issued') = (answered_at IS NULL)", name="answered_has_time"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(30), unique=True)
    county_code: Mapped[str] = mapped_column(String(6), index=True)
    township_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    matter: Mapped[str] = mapped_column(Text)
    reply_wanted: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=SupervisionState.ISSUED)
    issued_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    township: Mapped[Area] = relationship()
    issuer: Mapped[User] = relationship(foreign_keys=issued_by)
    answerer: Mapped[User | None] = relationship(foreign_keys=answered_by)
    cases: Mapped[list[Case]] = relationship(secondary="supervision_case", order_by=Case.due_at)


class SupervisionCase(db.Model):
    """A household that a notice is about."""

    __tablename__ = "supervision_case"

    notice_id: Mapped[int] = mapped_column(ForeignKey("supervision_notice.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), primary_key=True, index=True)
