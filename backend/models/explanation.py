"""解释说明、政策宣传: what a household that does not qualify was told."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import ExplanationMethod, ExplanationReceipt
from backend.models.base import Instant, Sealed, db, in_list
from backend.models.case import Case
from backend.models.user import User


class Explanation(db.Model):
    """One talk. A refused signature needs a witness.

    Filed from the phone it has its item and the signature: JSON {strokes: [[x, y, …]], width, height}, sealed.
    One that came when nothing waited to be explained `is_beside`. `object_until_on` is the last day to object.
    """

    __tablename__ = "explanation"
    __table_args__ = (
        CheckConstraint(in_list("method", ExplanationMethod), name="method"),
        CheckConstraint(in_list("receipt", ExplanationReceipt), name="receipt"),
        CheckConstraint("receipt <> 'refused' OR witness <> ''", name="refusal_has_witness"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    reason_codes: Mapped[list] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text)
    method: Mapped[str] = mapped_column(String(10))
    receipt: Mapped[str] = mapped_column(String(10))
    witness: Mapped[str] = mapped_column(String(60), default="")
    materials: Mapped[str] = mapped_column(String(200), default="")
    explained_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    explained_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    item_id: Mapped[str | None] = mapped_column(ForeignKey("inbox_item.id"), unique=True)
    is_beside: Mapped[bool] = mapped_column(default=False, server_default=false())
    photos_expected: Mapped[int] = mapped_column(default=0, server_default="0")
    object_until_on: Mapped[date | None]
    signature_text_sealed: Mapped[str | None]

    signature_text = Sealed()

    case: Mapped[Case] = relationship(back_populates="explanations")
    explainer: Mapped[User] = relationship()
