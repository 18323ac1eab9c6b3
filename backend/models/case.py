"""案件: a published warning on its way to the end."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, TextClause, func, literal_column, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import CountMode, Stage
from backend.domain import deadline
from backend.models.area import Area
from backend.models.base import Instant, UuidKey, db, in_list
from backend.models.declaration import Declaration

ENDS = text("coalesce(extended_until_at, due_at)")
# An expression, so that only who asks for the stage of a whole province in these words is answered from its index.
ANY_STAGE = text("(stage || '')")


UNSEEN = text("visited_at IS NULL")
# As the indexes say it: SQLAlchemy's own "= 1" is not what SQLite finds in them.
IS_FOUND: ColumnElement[bool] = literal_column("verification_case.is_found")
IS_URGENT: ColumnElement[bool] = literal_column("verification_case.is_urgent")


def any_stage() -> ColumnElement[str]:
    """The stage in the words of its own index, for who looks beyond a county."""
    return literal_column("(verification_case.stage || '')", String)


def _by_end(name: str, *first: str | TextClause, where: str = "") -> Index:
    """An index from which a list sorted by the end of the limit is read; `where` is written as the lists write it."""
    some = {"sqlite_where": text(where), "postgresql_where": text(where)} if where else {}
    return Index(f"ix_case_{name}", *first, ENDS, "id", **some)


class Case(UuidKey, db.Model):
    """One household under verification. `number` is the warning number.

    `count_mode`, `limit_days` and `due_at` are those of the day of publication and never rewritten;
    `extended_until_at` is the end of the 延期 that the county approved last, and `ends_at` what counts now.
    `is_found`: somebody came upon it (主动发现), no warning was published; `published_at` is that day.
    `voided_at`: closed because it needs no visit after all (作废), and counted apart.
    `revision` grows with every change that a phone must hear of.
    """

    __tablename__ = "verification_case"
    __table_args__ = (
        CheckConstraint(in_list("stage", Stage), name="stage"),
        CheckConstraint(in_list("count_mode", CountMode), name="count_mode"),
        CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed_has_time"),
        CheckConstraint("due_at > published_at", name="due_after_published"),
        CheckConstraint("extended_until_at IS NULL OR extended_until_at > due_at", name="extension_is_later"),
        CheckConstraint("voided_at IS NULL OR stage = 'closed'", name="void_is_closed"),
        CheckConstraint(
            "visited_at IS NOT NULL OR stage IN ('warned', 'assigned', 'closed')", name="visited_before_review"
        ),
        Index("ix_case_township_stage_due", "township_code", "stage", "due_at"),
        Index("ix_case_county_stage_due", "county_code", "stage", "due_at"),
        Index("ix_case_village_stage", "village_code", "stage"),
        Index("ix_case_closed_at", "closed_at"),
        _by_end("ends"),
        _by_end("county_ends", "county_code"),
        _by_end("township_ends", "township_code"),
        _by_end("stage_ends", ANY_STAGE),
        _by_end("open_ends", where="stage <> 'closed'"),
        _by_end("county_open_ends", "county_code", where="stage <> 'closed'"),
        _by_end("township_open_ends", "township_code", where="stage <> 'closed'"),
        _by_end("to_visit_ends", where="stage IN ('warned', 'assigned')"),
        _by_end("county_to_visit_ends", "county_code", where="stage IN ('warned', 'assigned')"),
        _by_end("township_to_visit_ends", "township_code", where="stage IN ('warned', 'assigned')"),
        _by_end("county_found_ends", "county_code", where="is_found"),
        _by_end("county_void_ends", "county_code", where="voided_at IS NOT NULL"),
        _by_end("county_unseen_ends", "county_code", where="visited_at IS NULL"),
        _by_end("urgent_open_ends", where="is_urgent AND stage <> 'closed'"),
        _by_end("found_open_ends", where="is_found AND stage <> 'closed'"),
        Index("ix_case_county_words", "county_code", "number", "applicant_name", "id"),
        _by_end("urgent_ends", where="is_urgent"),
        _by_end("found_ends", where="is_found"),
        _by_end("void_ends", where="voided_at IS NOT NULL"),
        _by_end("unseen_ends", where="visited_at IS NULL"),
        # What 超期、临期 ask of each of them stands in it.
        Index(
            "ix_case_unseen_due",
            "county_code",
            "due_at",
            "voided_at",
            "id",
            sqlite_where=UNSEEN,
            postgresql_where=UNSEEN,
        ),
    )

    number: Mapped[str] = mapped_column(String(30), unique=True)
    declaration_id: Mapped[str] = mapped_column(ForeignKey("declaration.id"), unique=True)
    applicant_name: Mapped[str] = mapped_column(String(60), index=True)
    county_code: Mapped[str] = mapped_column(String(6))
    township_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    village_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    group_text: Mapped[str] = mapped_column(String(40), default="")
    stage: Mapped[str] = mapped_column(String(10), default=Stage.WARNED)
    published_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    count_mode: Mapped[str] = mapped_column(String(10))
    limit_days: Mapped[int]
    extended_until_at: Mapped[datetime | None] = mapped_column(Instant)
    visited_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    voided_at: Mapped[datetime | None] = mapped_column(Instant)
    is_priority: Mapped[bool] = mapped_column(default=False)
    is_found: Mapped[bool] = mapped_column(default=False)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    urgent_at: Mapped[datetime | None] = mapped_column(Instant)
    revision: Mapped[int] = mapped_column(default=1)
    is_demo: Mapped[bool] = mapped_column(default=False)

    declaration: Mapped[Declaration] = relationship()
    township: Mapped[Area] = relationship(foreign_keys=township_code)
    village: Mapped[Area | None] = relationship(foreign_keys=village_code)
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="case", order_by="Assignment.id")  # noqa: F821
    visits: Mapped[list["Visit"]] = relationship(back_populates="case", order_by="(Visit.received_at, Visit.id)")  # noqa: F821
    observations: Mapped[list["Observation"]] = relationship(back_populates="case", order_by="Observation.observed_at")  # noqa: F821
    attempts: Mapped[list["Attempt"]] = relationship(back_populates="case", order_by="Attempt.attempted_at")  # noqa: F821
    reviews: Mapped[list["Review"]] = relationship(back_populates="case", order_by="Review.id")  # noqa: F821
    routings: Mapped[list["Routing"]] = relationship(back_populates="case", order_by="Routing.id")  # noqa: F821
    drafts: Mapped[list["RecoveredDraft"]] = relationship(back_populates="case", order_by="RecoveredDraft.id")  # noqa: F821
    photos: Mapped[list["Photo"]] = relationship(back_populates="case", order_by="Photo.taken_at")  # noqa: F821
    explanations: Mapped[list["Explanation"]] = relationship(back_populates="case", order_by="Explanation.id")  # noqa: F821
    extensions: Mapped[list["Extension"]] = relationship(back_populates="case", order_by="Extension.id")  # noqa: F821
    voidings: Mapped[list["Voiding"]] = relationship(back_populates="case", order_by="Voiding.id")  # noqa: F821
    objections: Mapped[list["Objection"]] = relationship(back_populates="case", order_by="Objection.id")  # noqa: F821
    transfers: Mapped[list["Transfer"]] = relationship(  # noqa: F821
        back_populates="case", order_by="(Transfer.moved_at, Transfer.id)"
    )
    events: Mapped[list["Event"]] = relationship(back_populates="case", order_by="Event.id")  # noqa: F821

    @hybrid_property
    def ends_at(self) -> datetime:
        """The end of the limit that counts now: the published one, or that of the approved 延期."""
        return deadline.in_force(self.due_at, self.extended_until_at)

    @ends_at.inplace.expression
    @classmethod
    def _ends_at(cls) -> ColumnElement[datetime]:
        return func.coalesce(cls.extended_until_at, cls.due_at, type_=Instant)

    @property
    def township_name(self) -> str:
        return self.township.name

    @property
    def family_size(self) -> int | None:
        return self.declaration.family_size

    @property
    def submitted_at(self) -> datetime:
        return self.declaration.submitted_at

    @property
    def workers(self) -> list[str]:
        """Names of who goes there now, who answers for it first."""
        going = [one for one in self.assignments if one.ended_at is None]
        return [one.user.name for one in sorted(going, key=lambda one: one.duty, reverse=True)]

    @property
    def place(self) -> str:
        """毛山村三社, as written on lists."""
        return f"{self.village.short_name if self.village else self.township.name}{self.group_text}"
