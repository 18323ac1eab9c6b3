"""联络员 (甘民发〔2023〕53号: 建立联络员制度), and what one office told another."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import LiaisonDuty
from backend.models.area import Area
from backend.models.base import Instant, Sealed, UuidKey, db, in_list
from backend.models.user import User

IN_DUTY = text("valid_until_on IS NULL")


class Liaison(UuidKey, db.Model):
    """One person of one unit from a day to a day; a unit has one A and one B at a time. Numbers are sealed."""

    __tablename__ = "liaison"
    __table_args__ = (
        CheckConstraint(in_list("duty", LiaisonDuty), name="duty"),
        CheckConstraint("unit <> '' AND name <> ''", name="says_who"),
        CheckConstraint("mobile_sealed IS NOT NULL OR office_phone_sealed IS NOT NULL", name="can_be_rung"),
        CheckConstraint("valid_until_on IS NULL OR valid_until_on >= valid_from_on", name="ends_after_start"),
        Index(
            "uq_liaison_in_duty", "area_code", "unit", "duty", unique=True,
            sqlite_where=IN_DUTY, postgresql_where=IN_DUTY,
        ),
    )  # fmt: skip

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    unit: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(40), default="")
    duty: Mapped[str] = mapped_column(String(1))
    office_phone_sealed: Mapped[str | None]
    mobile_sealed: Mapped[str | None]
    note: Mapped[str] = mapped_column(String(200), default="")
    valid_from_on: Mapped[date]
    valid_until_on: Mapped[date | None]
    changed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)

    office_phone = Sealed()
    mobile = Sealed()
    area: Mapped[Area] = relationship()


class Exchange(db.Model):
    """通报工作开展情况: somebody told a liaison something; `reply_by_on` where an answer is wanted."""

    __tablename__ = "exchange"
    __table_args__ = (
        CheckConstraint("matter <> ''", name="says_what"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answer_has_time"),
        CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name="answer_has_author"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    to_area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    to_liaison_id: Mapped[str] = mapped_column(ForeignKey("liaison.id"), index=True)
    to_words: Mapped[str] = mapped_column(String(130))
    matter: Mapped[str] = mapped_column(Text)
    told_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    told_at: Mapped[datetime] = mapped_column(Instant)
    reply_by_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    to_area: Mapped[Area] = relationship(foreign_keys=to_area_code)
    liaison: Mapped[Liaison] = relationship()
    teller: Mapped[User] = relationship(foreign_keys=told_by)
    answerer: Mapped[User | None] = relationship(foreign_keys=answered_by)

    @property
    def is_open(self) -> bool:
        """An answer is wanted and not there."""
        return self.reply_by_on is not None and self.answered_at is None
