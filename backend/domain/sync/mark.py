"""How far this server's chain of events had come: told to phones, and told back by them.

A restore of the whole folder takes the chain and the epoch back together, so nothing at the office can notice
it. A phone can: it holds a mark whose event is not here any more.
"""

import hmac

from sqlalchemy import Table, bindparam, select

from backend.domain.events import GENESIS
from backend.extensions import key_ring, settings
from backend.models import ChainHead, Event, db
from backend.storage.epoch import begin_epoch, read_epoch

PROOF_CHARACTERS = 22
_HEAD: Table = ChainHead.__table__
_EVENTS: Table = Event.__table__
# Asked with each contact of a phone.
_LINK = select(_HEAD.c.hash).where(_HEAD.c.id == 1)
_HERE = select(_EVENTS.c.id).where(_EVENTS.c.hash == bindparam("link")).limit(1)


def current_mark() -> str:
    """`epoch.link.proof`: the chain's last link (hex), by the server's own hand."""
    return mark_of(db.session.connection().scalar(_LINK) or GENESIS)


def mark_of(link: str) -> str:
    """The same when that link is known to be here."""
    return _mark(read_epoch(settings().data), link)


def is_older_than(mark: str) -> bool:
    """Whether this server told `mark` in this epoch and has lost what it stands for.

    Marks of another epoch prove nothing: that the epoch changed is noticed by the phone itself.
    """
    epoch, _, rest = mark.partition(".")
    link = rest.partition(".")[0]
    if epoch != read_epoch(settings().data) or not hmac.compare_digest(mark.encode(), _mark(epoch, link).encode()):
        return False
    return link != GENESIS and not db.session.connection().scalar(_HERE, {"link": link})


def begin_after(mark: str) -> str:
    """The epoch that begins since this server is older than `mark`; one only, however many phones tell it."""
    return begin_epoch(settings().data, instead_of=mark.partition(".")[0])


def _mark(epoch: str, link: str) -> str:
    return f"{epoch}.{link}.{key_ring().lookup(f'ruhu-mark-1 {epoch} {link}')[:PROOF_CHARACTERS]}"
