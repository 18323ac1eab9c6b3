"""What happened, in order, in a chain that shows when a link is missing or changed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, db
from backend.models.case import Case
from backend.models.user import User


class Event(db.Model):
    """One verb was done. `facts` holds no personal data."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("verification_case.id"), index=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    happened_at: Mapped[datetime] = mapped_column(Instant, index=True)
    facts: Mapped[dict] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    case: Mapped[Case | None] = relationship(back_populates="events")
    actor: Mapped[User | None] = relationship()


class ChainHead(db.Model):
    """One row, locked while an event is appended, so that the chain never forks."""

    __tablename__ = "chain_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64))
