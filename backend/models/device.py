"""Phones: who holds them, whose work they may sign, and what they last said about unsent work."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from backend.models.base import Instant, UuidKey, db
from backend.models.user import User

HOLDS_VISITS = text("held_visits > 0")


class Device(db.Model):
    """A phone, held by `user`. Enrolled once `public_key` (JSON Web Key text, ECDSA P-256) is set.

    A revoked phone may still hand in; what it brings is quarantined.
    """

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    public_key: Mapped[str | None]
    app_version: Mapped[str] = mapped_column(String(40), default="")
    first_seen_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    enrolled_at: Mapped[datetime | None] = mapped_column(Instant)
    enrolled_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    revocation_reason: Mapped[str] = mapped_column(Text, default="")
    heartbeat: Mapped[dict | None] = mapped_column(JSON)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    enrolled_by: Mapped[User | None] = relationship(foreign_keys=[enrolled_by_id])
    revoked_by: Mapped[User | None] = relationship(foreign_keys=[revoked_by_id])


class DeviceUser(db.Model):
    """This person proved on this enrolled phone, by password, to be its user: it may sign for them.

    `heartbeat` is what the phone last told about this person's own work, `held_visits` how many finished 核查表
    it named as not handed in: the few phones that hold some have an index of their own.
    """

    __tablename__ = "device_user"
    __table_args__ = (
        Index("ix_device_user_held", "told_at", sqlite_where=HOLDS_VISITS, postgresql_where=HOLDS_VISITS),
    )

    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    bound_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    heartbeat: Mapped[dict | None] = mapped_column(JSON)
    held_visits: Mapped[int] = mapped_column(default=0)

    device: Mapped[Device] = relationship()
    user: Mapped[User] = relationship()

    @validates("heartbeat")
    def _count_held(self, _name: str, told: dict[str, Any] | None) -> dict[str, Any] | None:
        self.held_visits = len(cases_held(told))
        return told


def cases_held(heartbeat: dict[str, Any] | None) -> tuple[str, ...]:
    """The cases whose 核查表 is finished and not handed in, by what a phone told."""
    named = (heartbeat or {}).get("unsent_cases") or []
    return tuple(case_id for case_id in named if isinstance(case_id, str))


class EnrolmentCode(UuidKey, db.Model):
    """A one-time code by which a worker's phone is enrolled; kept as a keyed hash."""

    __tablename__ = "enrolment_code"

    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    made_by_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    code_lookup: Mapped[str] = mapped_column(String(43))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    device_id: Mapped[str | None] = mapped_column(ForeignKey("device.id"))

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
