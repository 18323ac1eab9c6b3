"""群通知: where an area's daily summary is sent (WeCom or DingTalk robot), and how that went."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook.liaison import WebhookFault
from backend.models.area import Area
from backend.models.base import Instant, Sealed, UuidKey, db, in_list


class Webhook(UuidKey, db.Model):
    """One address of one area. The address holds the robot's key, so it is sealed like the signing secret.

    `urgent_waiting`: {township: households in 急难} that the group has not been told of.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        CheckConstraint(f"fault IS NULL OR {in_list('fault', WebhookFault)}", name="fault"),
        CheckConstraint("failures >= 0", name="failures"),
    )

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), unique=True)
    address_sealed: Mapped[str]
    secret_sealed: Mapped[str | None]
    is_on: Mapped[bool] = mapped_column(default=True)
    sent_on: Mapped[date | None]
    urgent_waiting: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    failures: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None] = mapped_column(String(20))
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    next_try_at: Mapped[datetime | None] = mapped_column(Instant)
    changed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)

    address = Sealed()
    secret = Sealed()
    area: Mapped[Area] = relationship()
