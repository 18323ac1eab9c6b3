"""Uploads that are noted with what came along with their announcement: many at once, in a few plain statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from backend import clock
from backend.domain import arriving_photos
from backend.domain.sync.coming import AnyUpload
from backend.domain.sync.uploads import leave_out
from backend.models import Upload, db
from backend.models.plain import Order, Question, among

_UPLOADS: Any = Upload.__table__
_COLUMNS = tuple(column.name for column in _UPLOADS.columns)
_OTHERS = Question(
    select(_UPLOADS.c.id, _UPLOADS.c.photo_id, _UPLOADS.c.sha256)
    .where(among(_UPLOADS.c.photo_id), _UPLOADS.c.finished_at.is_(None))
    .order_by(_UPLOADS.c.id)
    .with_for_update()
)
_FINISH = update(_UPLOADS).where(_UPLOADS.c.id == bindparam("its_id")).values(finished_at=bindparam("now"))
_NOTE = Order(insert(_UPLOADS), *_COLUMNS)


class Entered(NamedTuple):
    """Uploads that are noted: the receipt's outcome of each as of `arriving_photos.receive`, "" for one without all its bytes.

    `over` are the ids of uploads that were under way and are finished with them; `end` is where the chain of
    events ends with them, "" where it did not move.
    """

    outcomes: list[str]
    over: list[str]
    end: str


def enter(brought: Sequence[tuple[AnyUpload, str]]) -> Entered:
    """Note uploads whose first bytes came with the announcement, and finish those that are all here: kept as told.

    No two of them are of one photo.
    """
    now = clock.now()
    leave_out(upload for upload, _ in brought)
    whole = [(upload, kept) for upload, kept in brought if kept]
    over, end, told = [], "", dict[str, str]()
    if whole:
        for upload, _ in whole:
            upload.finished_at = now
        over = _finish_others([upload for upload, _ in whole], now)
        outcomes, end = arriving_photos.receive_all(whole)
        told = {upload.id: outcome for (upload, _), outcome in zip(whole, outcomes, strict=True)}
    # Last, so that they go to the database once, as they are.
    _NOTE.give([{name: getattr(upload, name) for name in _COLUMNS} for upload, _ in brought])
    return Entered([told.get(upload.id, "") for upload, _ in brought], over, end)


def _finish_others(finished: Sequence[AnyUpload], now: datetime) -> list[str]:
    """Uploads of the same pictures that were under way are over, too; their ids."""
    same = {(one.photo_id, one.sha256) for one in finished}
    rows = _OTHERS.ask_among([one.photo_id for one in finished])
    over = [upload_id for upload_id, *which in rows if tuple(which) in same]
    if over:
        db.session.connection().execute(_FINISH, [{"its_id": upload_id, "now": now} for upload_id in over])
    return over
