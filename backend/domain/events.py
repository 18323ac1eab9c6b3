"""Every verb leaves one event, in a hash chain written in the business transaction.

Needed for 通报 and 督导 (甘民发〔2023〕53号 四): every figure can be told again from these rows.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, literal_column, select, update

from backend import clock
from backend.models import Case, ChainHead, Event, User, db
from backend.models.base import written_past
from backend.models.plain import Order, Question

GENESIS = "0" * 64
_CASES, _HEAD, _EVENTS = (model.__table__ for model in (Case, ChainHead, Event))
_RAISE = Order(
    update(_CASES).where(_CASES.c.id == bindparam("case")).values(revision=_CASES.c.revision + literal_column("1"))
)
_END = Question(select(_HEAD.c.hash).where(_HEAD.c.id == bindparam("head")).with_for_update())
_WRITE = Order(insert(_EVENTS), "tag", "case_id", "actor_id", "happened_at", "facts", "previous_hash", "hash")
_MOVE_END = Order(update(_HEAD).where(_HEAD.c.id == bindparam("head")).values(hash=bindparam("link")))


def link_hash(
    previous: str, tag: str, case_id: str | None, actor_id: str | None, at: str | None, facts: dict[str, Any]
) -> str:
    """SHA-256 (hex) over the former link and this event's content."""
    body = json.dumps([previous, tag, case_id, actor_id, at, facts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def hold_chain() -> ChainHead:
    """The end of the chain, locked until the transaction ends; asked for once in a transaction."""
    session = db.session()
    held = session.info.get("chain_held")
    if held is not None and session.in_transaction() and held[0] is session.get_transaction():
        return held[1]  # type: ignore[no-any-return]
    head = session.get(ChainHead, 1, with_for_update=True)
    if head is None:
        head = ChainHead(id=1, hash=GENESIS)
        session.add(head)
    # A lock that was taken inside a savepoint may go with it.
    is_lasting = session.get_nested_transaction() is None
    session.info["chain_held"] = (session.get_transaction(), head) if is_lasting else None
    return head


def record(tag: str, *, actor: User | None, case: Case | None = None, **facts: Any) -> Event:
    """Append an event and, for a case, raise its revision so that phones hear of it.

    `tag` is noun:past_participle; `facts` must hold no personal data; `actor` None is the program itself.
    """
    head = hold_chain()
    link = _link(head.hash, tag, case.id if case else None, actor.id if actor else None, facts)
    # The person and not only their number: a new one is then written before the event.
    del link["actor_id"]
    event = Event(actor=actor, **link)
    head.hash = event.hash
    if case is not None and "events" in case.__dict__:
        # Only who already holds the list has to hear of it: telling each case takes as long as writing the event.
        event.case = case
    if case is not None:
        case.revision = (case.revision or 0) + 1
    db.session.add(event)
    return event


def _link(previous: str, tag: str, case_id: str | None, actor_id: str | None, facts: dict[str, Any]) -> dict[str, Any]:
    now = clock.now().replace(microsecond=0)
    return {
        "tag": tag, "case_id": case_id, "actor_id": actor_id, "happened_at": now, "facts": facts,
        "previous_hash": previous, "hash": link_hash(previous, tag, case_id, actor_id, clock.iso(now), facts),
    }  # fmt: skip


class Said(NamedTuple):
    """An event that is to be: as `append` takes it."""

    tag: str
    case_id: str | None
    actor_id: str | None
    facts: dict[str, Any]


def append(tag: str, *, actor_id: str | None, case_id: str | None = None, **facts: Any) -> str:
    """What `record` does, in plain statements: for what phones bring in great numbers. The new end of the chain."""
    return append_all([Said(tag, case_id, actor_id, facts)])


def append_all(said: Sequence[Said]) -> str:
    """Several events at once, in their order; the new end of the chain."""
    db.session.flush()
    # Cases before the chain's end, as whoever judges does it; those by id, so that nobody waits crosswise.
    touched = sorted(one.case_id for one in said if one.case_id is not None)
    if touched:
        _RAISE.give([{"case": case_id} for case_id in touched])
        for case_id in touched:
            written_past(Case, case_id)
    told = _END.ask(head=1)
    end = told[0][0] if told else _begun()
    links = []
    for one in said:
        links.append(_link(end, *one))
        end = links[-1]["hash"]
    _MOVE_END.give([{"head": 1, "link": end}])
    _WRITE.give(links)
    written_past(ChainHead, 1)
    return end


def _begun() -> str:
    end = hold_chain().hash
    db.session.flush()
    return end


def broken_link() -> int | None:
    """Id of the first event that does not follow from the one before it; None when the chain is whole."""
    previous = GENESIS
    for event in db.session.scalars(select(Event).order_by(Event.id)):
        at = clock.iso(event.happened_at)
        expected = link_hash(previous, event.tag, event.case_id, event.actor_id, at, event.facts)
        if event.previous_hash != previous or event.hash != expected:
            return event.id
        previous = event.hash
    head = db.session.get(ChainHead, 1)
    return None if head is None or head.hash == previous else -1
