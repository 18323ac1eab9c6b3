"""What a county calls the codes of the codebook where it does not use the standard words."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Instant, db


class DictionaryWord(db.Model):
    """The county says `label` for a code of a book; a code without a row has its standard word."""

    __tablename__ = "dictionary_word"
    __table_args__ = (
        UniqueConstraint("county_code", "book", "code"),
        CheckConstraint("label <> ''", name="label"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    county_code: Mapped[str] = mapped_column(ForeignKey("area.code"))
    book: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[datetime] = mapped_column(Instant)
