"""统计快照: what the figures of a large area were at a moment, so that its page answers at once."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Instant, db


class FiguresSnapshot(db.Model):
    """The newest table of one area: `table` is `Table.as_json()` of backend.domain.figures."""

    __tablename__ = "figures_snapshot"

    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    as_of_at: Mapped[datetime] = mapped_column(Instant)
    table: Mapped[dict] = mapped_column(JSON)
