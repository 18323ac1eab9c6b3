"""Dated parameters: what holds from which day, and by which document."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Instant, db


class Parameter(db.Model):
    """A value that holds from `valid_from_on` until a later row of the same key and area begins."""

    __tablename__ = "parameter"
    __table_args__ = (UniqueConstraint("key", "area_code", "valid_from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), index=True)
    area_code: Mapped[str] = mapped_column(String(12), default="62")
    value: Mapped[object] = mapped_column(JSON)
    valid_from_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(120))
    set_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime | None] = mapped_column(Instant)
