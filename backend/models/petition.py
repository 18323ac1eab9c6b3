"""报县批: what the township or a visitor asks for and only the county may grant, 延期 and 作废."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from backend.codebook import PetitionState, VoidReason
from backend.models.base import Instant, Sealed, UuidKey, db, in_list
from backend.models.case import Case
from backend.models.user import User

OPEN = text("state = 'asked'")


class Petition:
    """One request and the county's answer. `reason` is somebody's words on a household, so sealed."""

    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    reason_sealed: Mapped[str]
    state: Mapped[str] = mapped_column(String(10), default=PetitionState.ASKED)
    decided_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    decision_note: Mapped[str] = mapped_column(Text, default="")

    reason = Sealed()

    @declared_attr
    def asked_by(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("user_account.id"))

    @declared_attr
    def decided_by(cls) -> Mapped[str | None]:
        return mapped_column(ForeignKey("user_account.id"))


def _answered() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint(in_list("state", PetitionState), name="state"),
        CheckConstraint("(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)", name="decided_has_time"),
        CheckConstraint("state <> 'refused' OR decision_note <> ''", name="refusal_has_reason"),
    )


class Extension(Petition, UuidKey, db.Model):
    """延期: go later than the limit, until `until_at` (24:00 of a day). The limit holds until the county agrees."""

    __tablename__ = "extension"
    __table_args__ = (
        *_answered(),
        Index("uq_extension_open", "case_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    item_id: Mapped[str | None] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    until_at: Mapped[datetime] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="extensions")
    asker: Mapped[User] = relationship(foreign_keys="Extension.asked_by")
    decider: Mapped[User | None] = relationship(foreign_keys="Extension.decided_by")


class Voiding(Petition, UuidKey, db.Model):
    """作废: the household needs no visit after all. Granted, the case is closed and counted apart."""

    __tablename__ = "voiding"
    __table_args__ = (
        *_answered(),
        CheckConstraint(in_list("reason_code", VoidReason), name="reason_code"),
        Index("uq_voiding_open", "case_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    reason_code: Mapped[str] = mapped_column(String(20))

    case: Mapped[Case] = relationship(back_populates="voidings")
    asker: Mapped[User] = relationship(foreign_keys="Voiding.asked_by")
    decider: Mapped[User | None] = relationship(foreign_keys="Voiding.decided_by")
