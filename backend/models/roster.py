"""名册: who already receives one of the assistances, in the roles they stand there."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import RosterKind, RosterRole
from backend.models.base import Sealed, UuidKey, db, in_list
from backend.models.declaration import ImportBatch


class RosterEntry(UuidKey, db.Model):
    """One person in one roster row. Only self, head and member receive anything."""

    __tablename__ = "roster_entry"
    __table_args__ = (
        CheckConstraint(in_list("kind", RosterKind), name="kind"),
        CheckConstraint(in_list("role", RosterRole), name="role"),
        Index("ix_roster_entry_folded_township", "name_folded", "township_code"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    role: Mapped[str] = mapped_column(String(12))
    sheet: Mapped[str] = mapped_column(String(60), default="")
    row: Mapped[int]
    month: Mapped[str | None] = mapped_column(String(7))
    name: Mapped[str] = mapped_column(String(60))
    name_folded: Mapped[str] = mapped_column(String(60))
    id_number_sealed: Mapped[str | None]
    id_number_lookup: Mapped[str | None] = mapped_column(String(43), index=True)
    id_problem: Mapped[str | None] = mapped_column(String(40))
    township_code: Mapped[str | None] = mapped_column(String(9))
    village_code: Mapped[str | None] = mapped_column(String(12))
    household_key: Mapped[str | None] = mapped_column(String(60), index=True)
    is_whole_household: Mapped[bool | None]
    category: Mapped[str] = mapped_column(String(40), default="")
    status_text: Mapped[str] = mapped_column(String(20), default="")
    is_stopped: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    amount_fen: Mapped[int | None]

    id_number = Sealed(lookup=True)
    batch: Mapped[ImportBatch] = relationship()
