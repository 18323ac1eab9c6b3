"""Which households phones say they hold a visit of; what counts is said in `unsynced`."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select

from backend import clock
from backend.codebook import ItemKind, Stage
from backend.domain.unsynced import TOLD_WITHIN, Told, still_held
from backend.models import Case, DeviceUser, InboxItem, db
from backend.models.base import Instant
from backend.models.device import cases_held

# In the words of the index that holds the few phones with something to hand in.
_HOLDERS = select(DeviceUser.user_id, DeviceUser.device_id, DeviceUser.told_at, DeviceUser.heartbeat).where(
    DeviceUser.told_at >= bindparam("start", type_=Instant), DeviceUser.held_visits > literal_column("0")
)
NOT_VISITED = (Stage.WARNED, Stage.ASSIGNED)


def unsynced_cases() -> dict[str, list[Told]]:
    """{case id: who holds it}, for every case that no visit has reached; read in three queries."""
    now = clock.now()
    told = _told_since(now - TOLD_WITHIN)
    named = {case_id for word in told for case_id in word.case_ids}
    if not named:
        return {}
    waiting = select(Case.id).where(Case.id.in_(named), Case.stage.in_(NOT_VISITED))
    open_ids = set(db.session.scalars(waiting))
    held = still_held(told, _arrived(open_ids), now=now)
    return {case_id: words for case_id, words in held.items() if case_id in open_ids}


def _told_since(start: datetime) -> list[Told]:
    rows = db.session.execute(_HOLDERS, {"start": start})
    return [Told(user, device, at, cases_held(heartbeat)) for user, device, at, heartbeat in rows]


def _arrived(case_ids: Collection[str]) -> dict[tuple[str, str], datetime]:
    rows = db.session.execute(
        select(InboxItem.case_id, InboxItem.user_id, func.max(InboxItem.received_at))
        .where(InboxItem.kind == ItemKind.VISIT, InboxItem.case_id.in_(case_ids))
        .group_by(InboxItem.case_id, InboxItem.user_id)
    )
    return {(str(case_id), user_id): at for case_id, user_id, at in rows}
