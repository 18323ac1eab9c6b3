"""Administrative divisions: 62 → 6205 → 620525 → 620525102 → 620525102203."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Instant, db

LEVELS = ("province", "city", "county", "township", "village")


class Area(db.Model):
    """One division. Scope checks are code prefixes; names repeat, so nothing is found by name alone.

    A village that was merged keeps its code and its cases; `valid_to_on` is its last day.
    """

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint(f"level IN {LEVELS}", name="level"),
        CheckConstraint("(merged_into_code IS NULL) = (valid_to_on IS NULL)", name="merged_has_day"),
        CheckConstraint("merged_into_code <> code", name="merged_elsewhere"),
    )

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(10), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    merged_into_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    valid_to_on: Mapped[date | None]

    @property
    def short_name(self) -> str:
        """Name as people say it."""
        return short_name_of(self.name)


def short_name_of(name: str) -> str:
    """毛山村民委员会 → 毛山村; 西关居委会 stays."""
    for long, short in (
        ("村民委员会", "村"),
        ("村委会", "村"),
        ("社区居民委员会", "社区"),
        ("居民委员会", "居委会"),
    ):
        if name.endswith(long):
            return name.removesuffix(long) + short
    return name


class AreaAlias(db.Model):
    """What people also write for an area: a former name, a spelling."""

    __tablename__ = "area_alias"
    __table_args__ = (UniqueConstraint("area_code", "name"), CheckConstraint("name <> ''", name="name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    name: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(120))
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
