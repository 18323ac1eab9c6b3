"""办理步骤: the days of the formal steps, as the paper says them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import Step
from backend.models.base import Instant, db, in_list
from backend.models.routing import Routing
from backend.models.user import User

STANDS = text("corrected_at IS NULL")


class ProcedureStep(db.Model):
    """One step of one category of a routing. A wrong day is corrected by a new row; the old one stays, with `corrected_at`.

    受理 and the result are not here: the routing and its decisions know them.
    """

    __tablename__ = "procedure_step"
    __table_args__ = (
        CheckConstraint(in_list("step", Step), name="step"),
        CheckConstraint("until_on IS NULL OR until_on >= happened_on", name="end_after_start"),
        CheckConstraint("(step = 'public') = (until_on IS NOT NULL)", name="notice_has_end"),
        CheckConstraint("category <> 'child' OR step <> 'public'", name="no_notice_of_children"),
        Index("uq_procedure_step_standing", "routing_id", "category", "step", unique=True,
              sqlite_where=STANDS, postgresql_where=STANDS),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), index=True)
    category: Mapped[str] = mapped_column(String(20), default="")
    step: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date]
    until_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    corrected_at: Mapped[datetime | None] = mapped_column(Instant)

    routing: Mapped[Routing] = relationship(back_populates="steps")
    recorder: Mapped[User] = relationship()
