"""帮扶计划、帮扶措施: what is done for a household, by whom and until when."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import LabourCapacity, Need
from backend.models.base import Instant, db, in_list
from backend.models.routing import Routing
from backend.models.user import User


class SupportPlan(db.Model):
    """一户一策: what the household can do itself, what it needs (codes of Need), and who is responsible."""

    __tablename__ = "support_plan"
    __table_args__ = (CheckConstraint(in_list("labour", LabourCapacity), name="labour"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), unique=True)
    labour: Mapped[str] = mapped_column(String(10))
    needs: Mapped[list] = mapped_column(JSON, default=list)
    responsible: Mapped[str] = mapped_column(String(60))
    goal: Mapped[str] = mapped_column(Text, default="")
    planned_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    planned_at: Mapped[datetime] = mapped_column(Instant)

    routing: Mapped[Routing] = relationship(back_populates="plan")
    planner: Mapped[User] = relationship()


class SupportMeasure(db.Model):
    """One measure. `funds_fen` is what it costs; `done_on` ends it, with what came of it."""

    __tablename__ = "support_measure"
    __table_args__ = (
        CheckConstraint(in_list("need", Need), name="need"),
        CheckConstraint("text <> ''", name="says_what"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="end_after_start"),
        CheckConstraint("done_on IS NULL OR done_on >= starts_on", name="done_after_start"),
        CheckConstraint("funds_fen IS NULL OR funds_fen >= 0", name="funds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), index=True)
    need: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    funds_fen: Mapped[int | None]
    done_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    routing: Mapped[Routing] = relationship(back_populates="measures")
    recorder: Mapped[User] = relationship()
