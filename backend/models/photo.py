"""Photos of a visit or observation, and the resumable uploads that bring them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, UuidKey, db
from backend.models.case import Case


class Photo(UuidKey, db.Model):
    """A picture announced by facts, by an upload, or by both. Bytes lie sealed in the object store.

    expected: named, not here; received: all bytes are here as they came; stored: decoded and written anew;
    unreadable: no picture within the limits, kept as it came.
    """

    __tablename__ = "photo"
    __table_args__ = (CheckConstraint("state IN ('expected', 'received', 'stored', 'unreadable')", name="state"),)

    case_id: Mapped[str | None] = mapped_column(ForeignKey("verification_case.id"), index=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    observation_id: Mapped[str | None] = mapped_column(ForeignKey("observation.id"), index=True)
    attempt_id: Mapped[str | None] = mapped_column(ForeignKey("attempt.id"), index=True)
    explanation_id: Mapped[int | None] = mapped_column(ForeignKey("explanation.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(10), default="camera")
    state: Mapped[str] = mapped_column(String(10), default="expected")
    stored_at: Mapped[datetime | None] = mapped_column(Instant)
    receipt_no: Mapped[str | None] = mapped_column(String(9))
    width: Mapped[int | None]
    height: Mapped[int | None]

    case: Mapped[Case | None] = relationship(back_populates="photos")
    # So that what a photo belongs to is written before it.
    visit: Mapped["Visit | None"] = relationship()  # noqa: F821
    observation: Mapped["Observation | None"] = relationship()  # noqa: F821
    attempt: Mapped["Attempt | None"] = relationship()  # noqa: F821
    explanation: Mapped["Explanation | None"] = relationship()  # noqa: F821


class Upload(UuidKey, db.Model):
    """A tus 1.0.0 upload under way; its bytes lie in RUHU_DATA/uploads/<id>.

    `sha256` is of the picture. With `photo_key` (the HPKE blob of its key, to the deposit key `key_id`) the
    `length` bytes that travel are its encrypted chunks, and `picture_size` is what they hold. `flag`
    (VerdictReason) says why its author is not proven.
    """

    __tablename__ = "upload"

    photo_id: Mapped[str] = mapped_column(String(36), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    case_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(20), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    length: Mapped[int]
    picture_size: Mapped[int]
    photo_key: Mapped[bytes | None]
    key_id: Mapped[str | None] = mapped_column(String(8))
    device_id: Mapped[str | None] = mapped_column(String(36))
    flag: Mapped[str] = mapped_column(String(40), default="")
    started_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
