"""Deposited items: stored first, judged later, never overwritten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import ItemKind, Verdict
from backend.models.base import Instant, Sealed, UuidKey, db, in_list
from backend.models.user import User


class InboxItem(UuidKey, db.Model):
    """One item as the phone handed it in. `payload` is the phone's JSON text, sealed at rest.

    `signature` is the phone's, kept for items sealed and signed on the device.
    """

    __tablename__ = "inbox_item"
    __table_args__ = (
        CheckConstraint(in_list("kind", ItemKind), name="kind"),
        CheckConstraint(in_list("verdict", Verdict), name="verdict"),
        Index("ix_inbox_item_user_verdict", "user_id", "verdict"),
    )

    kind: Mapped[str] = mapped_column(String(12))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    payload_sealed: Mapped[str] = mapped_column(Text)
    signature: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(Instant)
    receipt_no: Mapped[str] = mapped_column(String(9))
    verdict: Mapped[str] = mapped_column(String(12), default=Verdict.PENDING)
    reason: Mapped[str] = mapped_column(String(40), default="")
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    case_id: Mapped[str | None] = mapped_column(String(36), index=True)

    payload = Sealed()
    user: Mapped[User] = relationship()


class InboxConflict(UuidKey, db.Model):
    """Other content under an id that is already taken: kept beside the first, for a person to look at."""

    __tablename__ = "inbox_conflict"
    __table_args__ = (Index("uq_inbox_conflict_content", "item_id", "sha256", unique=True),)

    item_id: Mapped[str] = mapped_column(ForeignKey("inbox_item.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[str] = mapped_column(String(36))
    sha256: Mapped[str] = mapped_column(String(64))
    payload_sealed: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Instant)
    receipt_no: Mapped[str] = mapped_column(String(9))

    payload = Sealed()
