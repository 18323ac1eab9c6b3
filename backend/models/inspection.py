"""督导检查 and 抽查: what supervisors found on the spot, and what households said on the phone."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import FindingKind, SpotAnswer
from backend.models.area import Area
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.user import User


class Inspection(db.Model):
    """A team went to a township: how many households it checked and how many visits it found real."""

    __tablename__ = "inspection"
    __table_args__ = (CheckConstraint("found_real BETWEEN 0 AND households_checked", name="found_real"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(String(6), index=True)
    township_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    inspected_on: Mapped[date]
    team: Mapped[str] = mapped_column(String(80))
    households_checked: Mapped[int]
    found_real: Mapped[int]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    township: Mapped[Area] = relationship(foreign_keys=township_code)
    village: Mapped[Area | None] = relationship(foreign_keys=village_code)
    findings: Mapped[list["Finding"]] = relationship(back_populates="inspection", order_by="Finding.id")


class Finding(db.Model):
    """One problem found, what is to be put right by when, and when it was struck off (销号)."""

    __tablename__ = "inspection_finding"
    __table_args__ = (
        CheckConstraint(in_list("kind", FindingKind), name="kind"),
        CheckConstraint("(closed_at IS NULL) = (result = '')", name="closed_has_result"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    problem: Mapped[str] = mapped_column(Text)
    rectification: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    result: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))

    inspection: Mapped[Inspection] = relationship(back_populates="findings")


class SpotCheck(db.Model):
    """抽查: households drawn by lot from those visited in a period; the same `seed` draws the same again."""

    __tablename__ = "spot_check"
    __table_args__ = (CheckConstraint("until_at > from_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    from_at: Mapped[datetime] = mapped_column(Instant)
    until_at: Mapped[datetime] = mapped_column(Instant)
    seed: Mapped[int]
    pool_count: Mapped[int]
    drawn_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    drawn_at: Mapped[datetime] = mapped_column(Instant)

    area: Mapped[Area] = relationship()
    drawer: Mapped[User] = relationship()
    households: Mapped[list["SpotCheckHousehold"]] = relationship(
        back_populates="check", order_by="SpotCheckHousehold.id"
    )


class SpotCheckHousehold(db.Model):
    """One household drawn, and what it said to 谁来过、哪天来的."""

    __tablename__ = "spot_check_household"
    __table_args__ = (
        UniqueConstraint("check_id", "case_id"),
        CheckConstraint(f"answer IS NULL OR {in_list('answer', SpotAnswer)}", name="answer"),
        CheckConstraint("(answer IS NULL) = (called_at IS NULL)", name="answered_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"))
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    answer: Mapped[str | None] = mapped_column(String(20))
    said_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    called_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    called_at: Mapped[datetime | None] = mapped_column(Instant)

    check: Mapped[SpotCheck] = relationship(back_populates="households")
    case: Mapped[Case] = relationship()
