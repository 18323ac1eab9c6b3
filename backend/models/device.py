"""Phones that have signed in, and what they last said about unsent work."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, db
from backend.models.user import User


class Device(db.Model):
    """A phone. `public_key` is set when the device is enrolled for sealed deposit."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    public_key: Mapped[str | None]
    app_version: Mapped[str] = mapped_column(String(40), default="")
    first_seen_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    heartbeat: Mapped[dict | None] = mapped_column(JSON)

    user: Mapped[User] = relationship()
