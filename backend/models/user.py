"""People who sign in, where they work, and their sessions."""

from datetime import date, datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend import clock
from backend.codebook import Queue, Role
from backend.models.base import Instant, Sealed, UuidKey, db, in_list
from backend.models.questions import today


class User(UuidKey, db.Model, UserMixin):
    """An account. `queue` says which single problem a line department looks after."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint(in_list("role", Role), name="role"),)

    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(30))
    unit: Mapped[str] = mapped_column(String(80), default="")
    queue: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_password_one_time: Mapped[bool] = mapped_column(default=False)
    phone_sealed: Mapped[str | None]
    phone_lookup: Mapped[str | None] = mapped_column(String(43))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until_at: Mapped[datetime | None] = mapped_column(Instant)

    phone = Sealed(lookup=True)
    postings: Mapped[list["Posting"]] = relationship(back_populates="user")

    @property
    def role_label(self) -> str:
        return Queue(self.queue).label if self.queue else Role(self.role).label

    @property
    def area_codes(self) -> list[str]:
        """Codes of the areas where the person is posted today; scope is each code's subtree."""
        return sorted({p.area_code for p in self.postings if p.holds})


class Posting(db.Model):
    """A person works in an area (and everything below it) from a day on, until `ended_on` comes."""

    __tablename__ = "posting"
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]

    user: Mapped[User] = relationship(back_populates="postings")

    @property
    def holds(self) -> bool:
        """Whether the person works there today."""
        day = clock.today()
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)

    @staticmethod
    def held(rows: Any = None) -> ColumnElement[bool]:
        """`holds`, for queries; `rows` may be an alias."""
        rows = rows or Posting
        return (rows.started_on <= today()) & or_(rows.ended_on.is_(None), rows.ended_on > today())


class LoginSession(db.Model):
    """An opaque session kept on the server; the cookie's token is stored as a hash only."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(String(36))
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)

    user: Mapped[User] = relationship()
