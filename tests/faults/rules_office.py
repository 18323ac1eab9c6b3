"""What the office does while phones are out, and what its books say in the end; see rules_server.py."""

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from argon2 import PasswordHasher
from flask_migrate import upgrade
from sqlalchemy import delete, func, not_, or_, select, union_all

from backend import access, clock
from backend.codebook import Stage
from backend.domain import assignment, devices, enrolment, events, photos
from backend.domain.sync import opening
from backend.extensions import key_ring, objects
from backend.models import (
    Area,
    Attempt,
    Case,
    Device,
    InboxConflict,
    InboxItem,
    Observation,
    Photo,
    RecoveredDraft,
    User,
    Visit,
    db,
)
from backend.storage.keys import UnreadableSeal
from backend.upkeep import apply_some
from tests.cast import PASSWORD, Cast, hire_everybody
from tests.factories import publish
from tests.house import ROOT

WORKERS = ("mi_jianjun", "ding_zhiqiang", "hui_axi")
HOUSEHOLDS = 3
_HERE = or_(Area.code.startswith("620525"), Area.code == "6205")


def hire() -> None:
    """Every migration run and the cast hired; the model's workers get a password that is quick to check."""
    upgrade(directory=str(ROOT / "migrations"))
    # Each schedule begins with a copy of everything: other counties' places would be most of it.
    for level in ("village", "township", "county", "city"):
        db.session.execute(delete(Area).where(Area.level == level, not_(_HERE)))
    db.session.commit()
    hire_everybody()
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    for key in WORKERS:
        getattr(Cast(), key).password_hash = quick
    db.session.commit()


class RulesOffice:
    """Public methods are what a schedule can ask for; times, ids and texts travel as JSON."""

    def __init__(self) -> None:
        cast = Cast()
        self._cases = []
        for _ in range(HOUSEHOLDS):
            case = publish()
            assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
            db.session.flush()
            self._cases.append(case.id)
        self._workers = [getattr(cast, key).id for key in WORKERS]
        self._township = cast.bai_caixia.id
        db.session.commit()

    def facts(self) -> dict[str, Any]:
        """Who and what there is."""
        return {
            "users": [{"id": worker, "username": key} for worker, key in zip(self._workers, WORKERS, strict=True)],
            "password": PASSWORD, "cases": self._cases, "receipt_key": key_ring().receipt_jwk(),
        }  # fmt: skip

    def code(self, user: int) -> str:
        """A one-time code for a phone of this worker."""
        return enrolment.make_code(self._user(user), actor=self._coordinator()).text

    def reassign(self, case: int, user: int) -> None:
        """The household goes to `user` and the third worker."""
        row = db.session.get_one(Case, self._cases[case])
        if access.can(self._coordinator(), "case:assign", row):
            assignment.assign(row, main=self._user(user), companion=self._user(2), actor=self._coordinator())

    def close_case(self, case: int) -> None:
        row = db.session.get_one(Case, self._cases[case])
        row.stage, row.closed_at = Stage.CLOSED, row.closed_at or clock.now()

    def revoke(self, device: str) -> bool:
        row = db.session.get(Device, device)
        if row is None or row.revoked_at is not None or row.public_key is None:
            return False
        devices.revoke(row, reason="手机丢了", actor=self._coordinator())
        return True

    def set_account(self, user: int, *, is_open: bool) -> None:
        self._user(user).is_active = is_open

    def work(self) -> int:
        """One turn of the job worker that judges."""
        return apply_some()

    def books(self, items: list[str], shots: list[str]) -> dict[str, Any]:
        """What is there of these items and photos, opened; and what should never be there."""
        while apply_some():
            pass
        stored = list(db.session.scalars(select(InboxItem).where(InboxItem.id.in_(items)))) if items else []
        arrived = list(db.session.scalars(select(Photo).where(Photo.id.in_(shots)))) if shots else []
        rows = _rows_made([item.id for item in stored])
        return {
            "items": [_item(item, rows[item.id]) for item in stored],
            "photos": [{"id": photo.id, "sha256": _hash_of(photo), "named": photo.sha256} for photo in arrived],
            "same_bytes": _count(Photo, Photo.sha256.in_([photo.sha256 for photo in arrived])) if arrived else 0,
            "all_items": _count(InboxItem), "conflicts": _count(InboxConflict),
            "drafts": [{"user": row.author_id, "text": row.fields_text} for row in db.session.scalars(select(RecoveredDraft))],
            "broken_link": events.broken_link(),
        }  # fmt: skip

    def _user(self, number: int) -> User:
        return db.session.get_one(User, self._workers[number])

    def _coordinator(self) -> User:
        return db.session.get_one(User, self._township)


def _count(model: Any, *where: Any) -> int:
    return db.session.connection().scalar(select(func.count()).select_from(model.__table__).where(*where)) or 0


def _rows_made(items: list[str]) -> Counter[str]:
    """How many rows came of each item."""
    if not items:
        return Counter()
    made = (table.__table__.c.item_id for table in (Visit, Observation, Attempt, RecoveredDraft))
    return Counter(db.session.connection().scalars(union_all(*(select(of).where(of.in_(items)) for of in made))))


def _item(item: InboxItem, rows: int) -> dict[str, Any]:
    return {
        "id": item.id, "kind": item.kind, "user": item.user_id, "flag": item.flag, "verdict": item.verdict,
        "reason": item.reason, "rows": rows, "seq": item.seq, "content": json.loads(opening.text_of(item)),
    }  # fmt: skip


def _hash_of(photo: Photo) -> str | None:
    """Of the bytes that lie in the object store; None where they are not, or cannot be opened."""
    if photo.state not in photos.ARRIVED:
        return None
    try:
        return sha256(objects().get(photos.received_name(photo))).hexdigest()
    except (FileNotFoundError, UnreadableSeal):
        return None
