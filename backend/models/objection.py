"""申诉、复核: a household does not agree with a result."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import ObjectionOutcome, Queue, Relation
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.routing import Routing
from backend.models.user import User

OPEN = text("outcome IS NULL")


class Objection(db.Model):
    """One objection to the result of one routing, to be answered by `due_on`; `raised_by_relation` is a role, no name.

    `case_closed_at`: when the case had been closed that this objection opened again.
    """

    __tablename__ = "objection"
    __table_args__ = (
        CheckConstraint(in_list("raised_by_relation", Relation), name="relation"),
        CheckConstraint(f"outcome IS NULL OR {in_list('outcome', ObjectionOutcome)}", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answer_has_time"),
        CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name="answer_has_day"),
        CheckConstraint("outcome IS NULL OR answer <> ''", name="answer_has_words"),
        CheckConstraint("text <> ''", name="says_what"),
        CheckConstraint("due_on >= raised_on", name="due_after_raised"),
        CheckConstraint("answered_on IS NULL OR answered_on >= raised_on", name="answered_after_raised"),
        Index("uq_objection_open", "routing_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_objection_open_due", "due_on", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    routing_id: Mapped[int] = mapped_column(ForeignKey("routing.id"), index=True)
    raised_on: Mapped[date]
    raised_by_relation: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    case_closed_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="objections")
    routing: Mapped[Routing] = relationship(back_populates="objections")
    recorder: Mapped[User] = relationship(foreign_keys=recorded_by)
    answerer: Mapped[User | None] = relationship(foreign_keys=answered_by)

    @property
    def deciders(self) -> set[str]:
        """Ids of those who decided what it is about, or explained it to the household."""
        told = self.case.explanations if self.routing.queue == Queue.EXPLANATION else []
        return {made.decided_by for made in self.routing.decisions} | {talk.explained_by for talk in told}

    @property
    def until_on(self) -> date | None:
        """The last day to object that the household was told; None for results without such a talk."""
        told = self.case.explanations if self.routing.queue == Queue.EXPLANATION else []
        days = [talk.object_until_on for talk in told if talk.object_until_on and not talk.is_beside]
        return max(days, default=None)

    @property
    def is_late(self) -> bool:
        """Whether it was raised after that day; it is heard all the same."""
        return self.until_on is not None and self.raised_on > self.until_on
