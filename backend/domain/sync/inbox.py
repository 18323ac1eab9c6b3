"""Deposit: whatever a phone hands in is stored and receipted before anybody judges it.

Nothing is applied here. The same item twice is one row; other content under a taken id is kept beside
the first for a person to look at.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import inspect, select
from sqlalchemy.dialects import postgresql, sqlite

from backend import clock
from backend.codebook import ItemKind, Verdict
from backend.domain import events
from backend.domain.sync.receipts import Receipt, receipt_number, sign
from backend.models import InboxConflict, InboxItem, User, db
from backend.models.base import Base
from backend.problems import sentence

MAX_ITEMS = 50
CANONICAL_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
LARGEST_SEQ = 2**31 - 1


class Envelope(TypedDict):
    """One item as it travels. `payload` is the JSON text whose UTF-8 bytes have the hash `sha256`.

    `sealed` and `signature` are for items sealed and signed on the device; both are None until then.
    """

    id: str
    kind: str
    device_id: str
    seq: int
    payload: str | None
    sealed: str | None
    sha256: str
    signature: str | None


class Refusal(TypedDict):
    """An envelope that could not be stored; it stays on the phone."""

    id: str
    code: str
    message: str


class Deposit(NamedTuple):
    receipts: list[Receipt]
    refused: list[Refusal]


def deposit(envelopes: Sequence[Envelope], *, actor: User) -> Deposit:
    """Store what is new and answer each envelope with a receipt or a refusal, in their order.

    The receipts hold only once the caller has committed. One event inbox:deposited when anything was new.
    """
    now = clock.now()
    fit, refused = _sort_out(envelopes)
    firsts = {envelope["id"]: envelope for envelope in reversed(fit)}
    fresh = _insert(InboxItem, [_item(e, actor, now) for e in firsts.values()], ["id"])
    known = {row.id: row for row in db.session.execute(_ITEM_FACTS.where(InboxItem.id.in_(firsts)))}
    others = [e for e in fit if known[e["id"]].sha256 != e["sha256"]]
    kept, new_conflicts = _keep_conflicts(others, actor, now)
    unsaid = set(fresh)
    receipts = []
    for envelope in fit:
        item_id, content_hash = envelope["id"], envelope["sha256"]
        row, outcome = known[item_id], "duplicate"
        if row.sha256 != content_hash:
            row, outcome = kept[item_id, content_hash], "conflict"
        elif item_id in unsaid:
            unsaid.discard(item_id)
            outcome = "stored"
        receipts.append(sign(item_id, content_hash, outcome, row.receipt_no, row.received_at))
    if fresh or new_conflicts:
        events.record("inbox:deposited", actor=actor, stored=sorted(fresh), conflicts=sorted(new_conflicts))
    return Deposit(receipts, refused)


_ITEM_FACTS = select(InboxItem.id, InboxItem.sha256, InboxItem.receipt_no, InboxItem.received_at)
_CONFLICT_FACTS = select(
    InboxConflict.item_id, InboxConflict.sha256, InboxConflict.receipt_no, InboxConflict.received_at
)


def _sort_out(envelopes: Iterable[Envelope]) -> tuple[list[Envelope], list[Refusal]]:
    fit, refused = [], []
    for envelope in envelopes:
        code = _fault(envelope)
        if code:
            refused.append(Refusal(id=envelope["id"], code=code, message=sentence(code)))
        else:
            fit.append(envelope)
    return fit, refused


def _fault(envelope: Envelope) -> str | None:
    ids = (envelope["id"], envelope["device_id"])
    is_named = all(CANONICAL_UUID.fullmatch(name) for name in ids) and 0 <= envelope["seq"] <= LARGEST_SEQ
    if not is_named or envelope["kind"] not in set(ItemKind) or not HASH.fullmatch(envelope["sha256"]):
        return "item_unfit"
    if envelope["sealed"] is not None or envelope["signature"] is not None:
        return "item_sealed"
    payload = envelope["payload"]
    if not payload:
        return "item_unfit"
    try:
        raw = payload.encode()
    except UnicodeEncodeError:  # half a character: no phone can have hashed that
        return "item_torn"
    return None if sha256(raw).hexdigest() == envelope["sha256"] else "item_torn"


def _item(envelope: Envelope, actor: User, now: datetime) -> InboxItem:
    item = InboxItem(
        id=envelope["id"],
        kind=envelope["kind"],
        user_id=actor.id,
        device_id=envelope["device_id"],
        seq=envelope["seq"],
        sha256=envelope["sha256"],
        received_at=now,
        receipt_no=receipt_number(envelope["id"], envelope["sha256"]),
        verdict=Verdict.PENDING,
        reason="",
        flag="",
        settlement="",
    )
    item.payload = envelope["payload"]
    return item


def _keep_conflicts(
    others: Iterable[Envelope], actor: User, now: datetime
) -> tuple[dict[tuple[str, str], Any], list[str]]:
    rows = {}
    for envelope in others:
        row = InboxConflict(
            item_id=envelope["id"],
            user_id=actor.id,
            device_id=envelope["device_id"],
            sha256=envelope["sha256"],
            received_at=now,
            receipt_no=receipt_number(envelope["id"], envelope["sha256"]),
        )
        row.payload = envelope["payload"]
        rows[row.item_id, row.sha256] = row
    if not rows:
        return {}, []
    fresh = _insert(InboxConflict, list(rows.values()), ["item_id", "sha256"])
    item_ids = {item_id for item_id, _ in rows}
    found = db.session.execute(_CONFLICT_FACTS.where(InboxConflict.item_id.in_(item_ids)))
    return {(row.item_id, row.sha256): row for row in found}, fresh


def _insert(model: type[Base], rows: Collection[Any], unique: list[str]) -> list[str]:
    """Insert the rows whose key is still free, in one statement; the ids of those that went in."""
    if not rows:
        return []
    columns = [column.key for column in inspect(model).column_attrs]
    values = [{key: getattr(row, key) for key in columns} for row in rows]
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    statement = insert(model).values(values).on_conflict_do_nothing(index_elements=unique)
    return list(db.session.scalars(statement.returning(model.__table__.c.id)))
