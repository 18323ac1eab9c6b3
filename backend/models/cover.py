"""AB 角: who stands in for somebody on leave."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, db
from backend.models.user import User


class Cover(db.Model):
    """From `from_on` to the end of `until_on` the stand-in sees and visits what `user` was sent to.

    It ends by itself; `ended_at` is set only when it was ended before its last day was over.
    """

    __tablename__ = "cover"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="end_after_start"),
        CheckConstraint("user_id <> stand_in_id", name="somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    stand_in_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    set_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship(foreign_keys=user_id)
    stand_in: Mapped[User] = relationship(foreign_keys=stand_in_id)
