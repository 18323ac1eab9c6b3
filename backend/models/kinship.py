"""近亲属备案: who of the office or the village is a near relative of an applicant."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.codebook import Relation
from backend.models.base import Instant, db, in_list
from backend.models.case import Case
from backend.models.user import User


class KinFiling(db.Model):
    """`relative` has an account, or `relative_name` names somebody without one; `relation` is to the applicant.

    `person_lookup` is that of the applicant's ID number, so that it holds for later cases of the same person.
    It stands until `withdrawn_at`.
    """

    __tablename__ = "kin_filing"
    __table_args__ = (
        CheckConstraint(in_list("relation", Relation), name="relation"),
        CheckConstraint("(user_id IS NULL) = (relative_name <> '')", name="names_one"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn_by_somebody"),
        Index("uq_kin_filing_standing", "case_id", "user_id", unique=True,
              sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("verification_case.id"), index=True)
    person_lookup: Mapped[str | None] = mapped_column(String(43), index=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    relative_name: Mapped[str] = mapped_column(String(40), default="")
    relation: Mapped[str] = mapped_column(String(30))
    filed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    filed_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    relative: Mapped[User | None] = relationship(foreign_keys=user_id)
    filer: Mapped[User] = relationship(foreign_keys=filed_by)

    @property
    def name(self) -> str:
        return self.relative.name if self.relative else self.relative_name
