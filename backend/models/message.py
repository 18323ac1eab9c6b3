"""消息: what the program tells an office, who has read it, and up to which event it was told."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.codebook import MessageKind, Role
from backend.models.base import Instant, UuidKey, db, in_list


class Message(UuidKey, db.Model):
    """One sentence for everybody of a role in an area (a department also by its queue).

    `facts` hold counts and codes, nothing of any household. `key` says what it is about, so that nothing doubles.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(in_list("kind", MessageKind), name="kind"),
        CheckConstraint(in_list("role", Role), name="role"),
        Index("ix_message_addressee", "role", "area_code", "made_at"),
    )

    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    role: Mapped[str] = mapped_column(String(30))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    queue: Mapped[str | None] = mapped_column(String(20))
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Instant)


class MessageReading(db.Model):
    """This person has read it."""

    __tablename__ = "message_reading"

    message_id: Mapped[str] = mapped_column(ForeignKey("message.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), primary_key=True, index=True)
    read_at: Mapped[datetime] = mapped_column(Instant)


class MessageMark(db.Model):
    """One row: messages were made of every event up to this one, and of what was due on the day `due_on`."""

    __tablename__ = "message_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int]
    due_on: Mapped[date | None]
