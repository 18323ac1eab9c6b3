"""What the offices of an area are called, since when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.codebook import Queue
from backend.models.base import Instant, db, in_list

OFFICES = tuple(queue for queue in Queue if queue is not Queue.EXPLANATION)


class OrganisationName(db.Model):
    """The office that does a duty (a queue's code) is called so from a day until the next row begins."""

    __tablename__ = "organisation_name"
    __table_args__ = (
        UniqueConstraint("duty", "area_code", "valid_from_on"),
        CheckConstraint(in_list("duty", OFFICES), name="duty"),
        CheckConstraint("name <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(String(20))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    name: Mapped[str] = mapped_column(String(80))
    valid_from_on: Mapped[date]
    set_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime] = mapped_column(Instant)
