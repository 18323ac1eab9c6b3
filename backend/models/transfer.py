"""转派: a case goes to the township of the county in which the household really lives."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.area import Area
from backend.models.base import Instant, Sealed, UuidKey, db
from backend.models.case import Case
from backend.models.user import User


class Transfer(UuidKey, db.Model):
    """One move, and where the household stood before it; `undoes_id` names the move that it takes back.

    `reason` is somebody's words on a household, so sealed.
    """

    __tablename__ = "transfer"
    __table_args__ = (CheckConstraint("from_township_code <> to_township_code", name="goes_elsewhere"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    from_township_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    from_village_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    from_group_text: Mapped[str] = mapped_column(String(40), default="")
    to_township_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    undoes_id: Mapped[str | None] = mapped_column(ForeignKey("transfer.id"), unique=True)
    reason_sealed: Mapped[str]
    moved_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    moved_at: Mapped[datetime] = mapped_column(Instant)

    reason = Sealed()
    case: Mapped[Case] = relationship(back_populates="transfers")
    source: Mapped[Area] = relationship(foreign_keys=from_township_code)
    target: Mapped[Area] = relationship(foreign_keys=to_township_code)
    mover: Mapped[User] = relationship()
