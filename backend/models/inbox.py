"""Deposited items: stored first, judged later, never overwritten."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from backend.codebook import ItemKind, Verdict
from backend.models.base import Instant, Sealed, UuidKey, db, in_list
from backend.models.user import User


class Handed:
    """Content as a phone handed it in; `sha256` is of the bytes that came.

    `sealed` is the HPKE blob as it came, to the deposit key `key_id`; an older phone's plain text is
    `payload`, sealed at rest.
    """

    device_id: Mapped[str] = mapped_column(String(36))
    author_id: Mapped[str | None] = mapped_column(String(36))
    sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[str | None] = mapped_column(String(8))
    sealed: Mapped[bytes | None]
    payload_sealed: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Instant)
    receipt_no: Mapped[str] = mapped_column(String(9))

    payload = Sealed()

    @declared_attr
    def user_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("user_account.id"))


CASELESS = text("case_id IS NULL")
SETTLED = text("settled_at IS NOT NULL")


class InboxItem(Handed, UuidKey, db.Model):
    """One item, in the name of `user`. `flag` (VerdictReason) says why its author is not proven.

    `author_id` is what the envelope says; `carried_by` handed somebody else's work in. A person's word on
    it (accept, attach, discard) is `settled_by`, `settled_at`, `settlement`.
    """

    __tablename__ = "inbox_item"
    __table_args__ = (
        CheckConstraint(in_list("kind", ItemKind), name="kind"),
        CheckConstraint(in_list("verdict", Verdict), name="verdict"),
        CheckConstraint("sealed IS NOT NULL OR payload_sealed IS NOT NULL", name="content"),
        Index("ix_inbox_item_user_verdict", "user_id", "verdict"),
        Index("ix_inbox_item_verdict", "verdict", "received_at"),
        Index("ix_inbox_item_caseless", "user_id", sqlite_where=CASELESS, postgresql_where=CASELESS),
        Index("ix_inbox_item_settled", "received_at", "id", sqlite_where=SETTLED, postgresql_where=SETTLED),
    )

    kind: Mapped[str] = mapped_column(String(12))
    seq: Mapped[int]
    signature: Mapped[str | None]
    flag: Mapped[str] = mapped_column(String(40), default="")
    carried_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    verdict: Mapped[str] = mapped_column(String(12), default=Verdict.PENDING)
    reason: Mapped[str] = mapped_column(String(40), default="")
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    case_id: Mapped[str | None] = mapped_column(String(36), index=True)
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settlement: Mapped[str] = mapped_column(Text, default="")

    user: Mapped[User] = relationship(foreign_keys="InboxItem.user_id")
    carried_by: Mapped[User | None] = relationship(foreign_keys=[carried_by_id])
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])


class InboxConflict(Handed, UuidKey, db.Model):
    """Other content under an id that is already taken: kept beside the first, for a person to look at."""

    __tablename__ = "inbox_conflict"
    __table_args__ = (Index("uq_inbox_conflict_content", "item_id", "sha256", unique=True),)

    item_id: Mapped[str] = mapped_column(ForeignKey("inbox_item.id"))
