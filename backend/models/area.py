"""Administrative divisions: 62 → 6205 → 620525 → 620525102 → 620525102203."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import db

LEVELS = ("province", "city", "county", "township", "village")


class Area(db.Model):
    """One division. Scope checks are code prefixes; names repeat, so nothing is found by name alone."""

    __tablename__ = "area"
    __table_args__ = (CheckConstraint(f"level IN {LEVELS}", name="level"),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(10), index=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)

    @property
    def short_name(self) -> str:
        """Name as people say it: 毛山村民委员会 → 毛山村, 西关居委会 stays."""
        for long, short in (
            ("村民委员会", "村"),
            ("村委会", "村"),
            ("社区居民委员会", "社区"),
            ("居民委员会", "居委会"),
        ):
            if self.name.endswith(long):
                return self.name.removesuffix(long) + short
        return self.name
