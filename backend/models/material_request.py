"""要求补材料: what a department asks the township for, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, db
from backend.models.routing import Routing
from backend.models.user import User

WAITS = text("answered_at IS NULL")


class MaterialRequest(db.Model):
    """One question to the township, with the last day for its answer; one at a time."""

    __tablename__ = "material_request"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_what"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer_has_time"),
        Index("uq_material_request_open", "routing_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    routing: Mapped[Routing] = relationship(back_populates="material_requests")
    asker: Mapped[User] = relationship(foreign_keys=asked_by)
    answerer: Mapped[User | None] = relationship(foreign_keys=answered_by)
