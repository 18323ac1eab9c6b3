"""分流、转办: to which queue a case went, and how it stands there."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import Queue, RoutingState
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.user import User

OVER = text("state IN ('decided', 'returned', 'withdrawn')")
ACTIVE = text("state NOT IN ('returned', 'withdrawn')")


class Routing(db.Model):
    """One of a case's outcomes. Several queues at once are normal; `categories` are the proposed ones.

    `next_step` and `next_due_on` sum up its formal steps for lists, `ended_at` says since when nobody has to do anything;
    the verbs keep them in step. `county_code` is
    the case's, which does not change, so that a department reads its own county from an index.
    """

    __tablename__ = "routing"
    __table_args__ = (
        CheckConstraint(in_list("queue", Queue), name="queue"),
        CheckConstraint(in_list("state", RoutingState), name="state"),
        CheckConstraint("state <> 'accepted' OR accepted_at IS NOT NULL", name="accepted_has_time"),
        Index("uq_routing_active_queue", "case_id", "queue", unique=True,
              sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("ix_routing_queue_state", "queue", "state", "routed_at"),
        Index("ix_routing_queue_due", "queue", "state", "next_due_on"),
        Index("ix_routing_county_queue", "county_code", "queue", "state", "next_due_on"),
        Index("ix_routing_county_ended", "county_code", "queue", text("coalesce(ended_at, routed_at)"), "id",
              sqlite_where=OVER, postgresql_where=OVER),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    county_code: Mapped[str] = mapped_column(String(6), server_default="")
    queue: Mapped[str] = mapped_column(String(20))
    categories: Mapped[list] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=RoutingState.SENT)
    routed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    routed_at: Mapped[datetime] = mapped_column(Instant)
    accepted_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    return_reason: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    next_step: Mapped[str] = mapped_column(String(20), default="", server_default="")
    next_due_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="routings")
    router: Mapped[User] = relationship(foreign_keys=routed_by)
    decisions: Mapped[list["Decision"]] = relationship(back_populates="routing", order_by="Decision.id")  # noqa: F821
    steps: Mapped[list["ProcedureStep"]] = relationship(back_populates="routing", order_by="ProcedureStep.id")  # noqa: F821
    material_requests: Mapped[list["MaterialRequest"]] = relationship(  # noqa: F821
        back_populates="routing", order_by="MaterialRequest.id"
    )
    objections: Mapped[list["Objection"]] = relationship(back_populates="routing", order_by="Objection.id")  # noqa: F821
    measures: Mapped[list["SupportMeasure"]] = relationship(  # noqa: F821
        back_populates="routing", order_by="SupportMeasure.id"
    )
    plan: Mapped["SupportPlan | None"] = relationship(back_populates="routing", uselist=False)  # noqa: F821

    @property
    def open_request(self) -> "MaterialRequest | None":  # noqa: F821
        """What the department still asks the township for."""
        return next((asked for asked in self.material_requests if asked.answered_at is None), None)

    @property
    def open_objection(self) -> "Objection | None":  # noqa: F821
        """An objection to its result that nobody has answered."""
        return next((raised for raised in self.objections if raised.outcome is None), None)
