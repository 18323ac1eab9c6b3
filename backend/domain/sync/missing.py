"""After a restore: which of the things that a phone has receipts for are not stored here with that content."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Select, select

from backend.domain.photos import ARRIVED, beside_id
from backend.models import InboxConflict, InboxItem, Photo, db

# SQLite takes some 32,000 values in a statement; smaller lists keep statements short.
AT_ONCE = 500


class Named(NamedTuple):
    """A thing by its id and the hash of its content."""

    id: str
    sha256: str


def missing_items(named: Iterable[Named]) -> list[str]:
    """Ids of the items whose content is kept neither as an item nor as a conflict beside one."""
    named = list(named)
    kept: set[tuple[str, str]] = set()
    for ids in _chunks({one.id for one in named}):
        kept |= _pairs(select(InboxItem.id, InboxItem.sha256).where(InboxItem.id.in_(ids)))
        kept |= _pairs(select(InboxConflict.item_id, InboxConflict.sha256).where(InboxConflict.item_id.in_(ids)))
    return [one.id for one in named if one not in kept]


def missing_photos(named: Iterable[Named]) -> list[str]:
    """Ids of the photos whose bytes have not arrived, under the id itself or beside other bytes."""
    places = {one: {one.id, beside_id(one.id, one.sha256)} for one in named}
    kept: set[tuple[str, str]] = set()
    for ids in _chunks(set().union(*places.values())):
        arrived = select(Photo.id, Photo.sha256).where(Photo.id.in_(ids), Photo.state.in_(ARRIVED))
        kept |= _pairs(arrived)
    return [one.id for one, ids in places.items() if not any((place, one.sha256) in kept for place in ids)]


def _pairs(query: Select[str, str]) -> set[tuple[str, str]]:
    return {(row[0], row[1]) for row in db.session.execute(query)}


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(ids)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]
