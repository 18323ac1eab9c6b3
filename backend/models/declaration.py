"""申报: what farmers declared, the files it came in, and the rows that had something wrong."""

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Instant, Sealed, UuidKey, db

FOUND = text("source = 'township_found'")
# In the words of the index; DeclarationSource.TOWNSHIP_FOUND.
IS_FOUND: ColumnElement[bool] = literal_column("declaration.source = 'township_found'")


class ImportBatch(db.Model):
    """One imported file: declarations or a roster. The same bytes are never imported twice."""

    __tablename__ = "import_batch"
    __table_args__ = (CheckConstraint("subject IN ('declarations', 'roster')", name="subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(12))
    roster_kinds: Mapped[list] = mapped_column(JSON, default=list)
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    columns: Mapped[list] = mapped_column(JSON, default=list)
    roster_month: Mapped[str | None] = mapped_column(String(7))
    as_of_on: Mapped[date | None]
    row_count: Mapped[int] = mapped_column(default=0)
    kept_count: Mapped[int] = mapped_column(default=0)
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))

    problems: Mapped[list["RowProblem"]] = relationship(back_populates="batch", order_by="RowProblem.id")


class RowProblem(db.Model):
    """Something wrong with a row of an imported file; `seen` is masked."""

    __tablename__ = "row_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    sheet: Mapped[str] = mapped_column(String(60), default="")
    row: Mapped[int]
    column: Mapped[str] = mapped_column(String(60), default="")
    code: Mapped[str] = mapped_column(String(40))
    seen: Mapped[str] = mapped_column(String(120), default="")
    is_kept: Mapped[bool] = mapped_column(default=True)

    batch: Mapped[ImportBatch] = relationship(back_populates="problems")


class Declaration(UuidKey, db.Model):
    """One declaration of hardship from 甘肃一键报贫 or another source."""

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("source", "source_no"),
        Index("ix_declaration_folded_township", "name_folded", "township_code"),
        Index("ix_declaration_county", "county_code", "id"),
        Index("ix_declaration_township", "township_code", "id"),
        Index("ix_declaration_found", "county_code", sqlite_where=FOUND, postgresql_where=FOUND),
    )

    source: Mapped[str] = mapped_column(String(30), default="yijianbaopin")
    source_no: Mapped[str] = mapped_column(String(60))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    row: Mapped[int | None]
    applicant_name: Mapped[str] = mapped_column(String(60))
    name_folded: Mapped[str] = mapped_column(String(60))
    id_number_sealed: Mapped[str | None]
    id_number_lookup: Mapped[str | None] = mapped_column(String(43), index=True)
    id_raw_sealed: Mapped[str | None]
    id_problem: Mapped[str | None] = mapped_column(String(40))
    phone_sealed: Mapped[str | None]
    phone_lookup: Mapped[str | None] = mapped_column(String(43), index=True)
    hardship_text: Mapped[str] = mapped_column(Text, default="")
    risk_text: Mapped[str] = mapped_column(String(60), default="")
    county_code: Mapped[str | None] = mapped_column(String(6), index=True)
    township_code: Mapped[str | None] = mapped_column(String(9))
    village_code: Mapped[str | None] = mapped_column(String(12))
    area_text: Mapped[str] = mapped_column(String(120), default="")
    group_text: Mapped[str] = mapped_column(String(40), default="")
    family_size: Mapped[int | None]
    is_proxy: Mapped[bool] = mapped_column(default=False)
    proxy_name: Mapped[str] = mapped_column(String(60), default="")
    proxy_relation: Mapped[str] = mapped_column(String(30), default="")
    is_authorised: Mapped[bool | None]
    submitted_at: Mapped[datetime] = mapped_column(Instant)
    pushed_on: Mapped[date | None]

    id_number = Sealed(lookup=True)
    id_raw = Sealed()
    phone = Sealed(lookup=True)
    batch: Mapped[ImportBatch | None] = relationship()
