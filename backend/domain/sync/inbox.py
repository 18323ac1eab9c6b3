"""Deposit: whatever a phone hands in is stored and receipted before anybody judges it.

Nothing is applied here. The same item twice is one row; other content under a taken id is kept beside
the first for a person to look at.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError

from backend import clock
from backend.codebook import Verdict
from backend.domain import devices, events
from backend.domain.sync.receipts import Receipt, receipt_number, sign
from backend.domain.sync.weighing import CANONICAL_UUID, HASH, Envelope, Offer, Refusal, Senders, refusal
from backend.models import InboxConflict, InboxItem, User, db
from backend.models.base import new_id

__all__ = [
    "CANONICAL_UUID", "HASH", "ITEMS_OWN_FAULT", "MAX_ITEMS", "Kept", "deposit", "deposit_singly", "senders_of", "speaker",
]  # fmt: skip

MAX_ITEMS = 50
# Of what the database can say, only this is about the values; all else is about the database.
ITEMS_OWN_FAULT = (DataError, IntegrityError)
OPEN = (Verdict.PENDING, Verdict.QUARANTINED)
_ITEMS: Table = InboxItem.__table__
_CONFLICTS: Table = InboxConflict.__table__
_CONFLICT_FACTS = select(_CONFLICTS.c.item_id, _CONFLICTS.c.sha256, _CONFLICTS.c.receipt_no, _CONFLICTS.c.received_at)


class Stored(NamedTuple):
    """What is known of an item that is here."""

    id: str
    sha256: str
    receipt_no: str
    received_at: datetime
    user_id: str
    author_id: str | None
    flag: str
    verdict: str
    settled_at: datetime | None = None


_STORED = select(*(_ITEMS.c[name] for name in Stored._fields))


class Kept(NamedTuple):
    """What is stored under an offer: to be said in a receipt once the caller has committed."""

    item_id: str
    sha256: str
    outcome: str
    receipt_no: str
    received_at: datetime

    def receipt(self) -> Receipt:
        return sign(*self)


def senders_of(envelopes: Iterable[Envelope]) -> Senders:
    """What is known of the phones and authors that these envelopes name."""
    named = list(envelopes)
    authors, phones = _real(e["author"] for e in named), _real(e["device_id"] for e in named)
    known = devices.known_phones(phones)
    accounts = {person: is_open for phone in known.values() for person, is_open in phone.accounts.items()}
    # Mostly one's own phone brings it, and has said so already.
    users, others = User.__table__.c, authors - accounts.keys()
    rows = db.session.execute(select(users.id, users.is_active).where(users.id.in_(others))) if others else ()
    return Senders(known, accounts | {row.id: row.is_active for row in rows})


def _real(names: Iterable[str | None]) -> set[str]:
    """Those that are ids: PostgreSQL cannot be asked for every other text, and `weigh` refuses it by name."""
    return {name for name in names if name and CANONICAL_UUID.fullmatch(name)}


def deposit(offers: Sequence[Offer], *, actor_id: str | None) -> list[Kept]:
    """Store what is new; what is kept under each offer, in their order. `actor_id`: who is signed in, if anybody.

    One event inbox:deposited when anything was new, in the name of the actor, or of the author that signed.
    """
    if not offers:
        return []
    now = clock.now()
    firsts = {offer.envelope["id"]: offer for offer in reversed(offers)}
    # In one order, so that two transactions with the same items wait for each other only one way round.
    rows = [_item(firsts[key], now) for key in sorted(firsts)]
    fresh = set(_insert(_ITEMS, rows, ["id"]))
    known = _known(rows, fresh)
    beside = [offer for offer in offers if _is_conflict(offer, known[offer.envelope["id"]])]
    others, new_conflicts = _keep_conflicts(beside, now)
    proven = [offer for offer in offers if _is_proof(offer, known[offer.envelope["id"]])]
    _attribute(proven)
    facts: dict[str, Any] = {"stored": sorted(fresh), "conflicts": sorted(new_conflicts), "proven": _ids(proven)}
    if any(facts.values()):
        events.append("inbox:deposited", actor_id=actor_id or offers[0].claim.user_id, **facts)
    return _outcomes(offers, known, others, fresh)


def deposit_singly(offers: Iterable[Offer], *, actor_id: str | None) -> tuple[list[Kept], list[Refusal]]:
    """After the database refused them together: each by itself, so that one holds up nobody else."""
    kept, refused = list[Kept](), list[Refusal]()
    for offer in offers:
        try:
            with db.session.begin_nested():
                kept += deposit([offer], actor_id=actor_id)
        except ITEMS_OWN_FAULT:
            refused.append(refusal(offer.envelope, "item_unfit"))
    return kept, refused


def speaker(heartbeat: Mapping[str, Any], offers: Iterable[Offer], *, carrier_id: str | None) -> str | None:
    """Whose counts a heartbeat tells: who is signed in, or the proven author of an item from the same phone."""
    author = heartbeat.get("author") or carrier_id
    if author is not None and author == carrier_id:
        return carrier_id
    is_proven = any(
        offer.claim.is_signed and not offer.claim.flag and offer.claim.user_id == author
        and offer.envelope["device_id"] == heartbeat["device_id"]
        for offer in offers
    )  # fmt: skip
    return author if is_proven else None


def _known(rows: Sequence[dict[str, Any]], fresh: set[str]) -> dict[str, Stored]:
    """What stands under these ids now; only what was there before is read."""
    known = {row["id"]: Stored._make(row.get(name) for name in Stored._fields) for row in rows if row["id"] in fresh}
    older = [row["id"] for row in rows if row["id"] not in fresh]
    found = db.session.execute(_STORED.where(_ITEMS.c.id.in_(older))) if older else ()
    return known | {row.id: Stored(*row) for row in found}


def _ids(offers: Iterable[Offer]) -> list[str]:
    return sorted({offer.envelope["id"] for offer in offers})


def _outcomes(
    offers: Iterable[Offer], known: Mapping[str, Stored], others: Mapping[tuple[str, str], Any], fresh: set[str]
) -> list[Kept]:
    kept, unsaid = [], set(fresh)
    for offer in offers:
        item_id, content_hash = offer.envelope["id"], offer.envelope["sha256"]
        row, outcome = known[item_id], "duplicate"
        if _is_conflict(offer, row):
            row, outcome = others[item_id, content_hash], "conflict"
        elif item_id in unsaid:
            unsaid.discard(item_id)
            outcome = "stored"
        kept.append(Kept(item_id, content_hash, outcome, row.receipt_no, row.received_at))
    return kept


def _is_conflict(offer: Offer, row: Stored) -> bool:
    """Other content, or the same under another proven author: somebody may have handed in what was not theirs."""
    if row.sha256 != offer.envelope["sha256"]:
        return True
    is_proven = offer.claim.is_signed and not offer.claim.flag
    return is_proven and row.user_id != offer.claim.user_id and not _is_proof(offer, row)


def _is_proof(offer: Offer, row: Stored) -> bool:
    """The author's own phone brings what was handed in without proof before, and nobody has decided on it."""
    claim, is_same = offer.claim, row.sha256 == offer.envelope["sha256"] and row.author_id == offer.envelope["author"]
    is_open = row.settled_at is None and row.verdict in OPEN
    return bool(row.flag) and claim.is_signed and not claim.flag and is_same and is_open


def _attribute(proven: Iterable[Offer]) -> None:
    for envelope, _, claim in proven:
        db.session.execute(
            update(InboxItem).where(
                InboxItem.id == envelope["id"], InboxItem.settled_at.is_(None), InboxItem.verdict.in_(OPEN)
            ).values(
                user_id=claim.user_id, flag="", device_id=envelope["device_id"], seq=envelope["seq"],
                signature=envelope["signature"], verdict=Verdict.PENDING, reason="", judged_at=None,
            )
        )  # fmt: skip


def _item(offer: Offer, now: datetime) -> dict[str, Any]:
    envelope, claim = offer.envelope, offer.claim
    return _content(offer, InboxItem, envelope["id"], now) | {
        "kind": envelope["kind"],
        "seq": envelope["seq"],
        "signature": envelope["signature"],
        "flag": claim.flag,
        "carried_by_id": claim.carried_by_id,
        "verdict": Verdict.PENDING.value,
        "reason": "",
        "settlement": "",
    }


def _content(offer: Offer, model: type[Any], row_id: str, now: datetime) -> dict[str, Any]:
    """The columns that items and conflicts share."""
    envelope, plain = offer.envelope, None
    if offer.blob is None:
        row = model(id=row_id)
        row.payload = envelope["payload"]
        plain = row.payload_sealed
    return {
        "id": row_id,
        "device_id": envelope["device_id"],
        "author_id": envelope["author"],
        "user_id": offer.claim.user_id,
        "sha256": envelope["sha256"],
        "key_id": envelope["key_id"],
        "sealed": offer.blob,
        "payload_sealed": plain,
        "received_at": now,
        "receipt_no": receipt_number(envelope["id"], envelope["sha256"]),
    }


def _keep_conflicts(beside: Iterable[Offer], now: datetime) -> tuple[dict[tuple[str, str], Any], list[str]]:
    rows = {
        (offer.envelope["id"], offer.envelope["sha256"]): _content(offer, InboxConflict, new_id(), now)
        | {"item_id": offer.envelope["id"]}
        for offer in beside
    }
    if not rows:
        return {}, []
    fresh = _insert(_CONFLICTS, [rows[key] for key in sorted(rows)], ["item_id", "sha256"])
    item_ids = {item_id for item_id, _ in rows}
    found = db.session.execute(_CONFLICT_FACTS.where(_CONFLICTS.c.item_id.in_(item_ids)))
    return {(row.item_id, row.sha256): row for row in found}, fresh


def _insert(table: Table, rows: Sequence[dict[str, Any]], unique: list[str]) -> list[str]:
    """Insert the rows whose key is still free; the ids of those that went in."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.engine.dialect.name]
    statement = insert(table).on_conflict_do_nothing(index_elements=unique).returning(table.c.id)
    return list(db.session.execute(statement, rows).scalars())
