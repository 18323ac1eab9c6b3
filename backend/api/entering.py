"""How uploads get into the database: those of one moment together (see `together`), each answered after the commit."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from flask import current_app, g
from flask.blueprints import BlueprintSetupState

from backend.api import beginnings
from backend.api.marks import tell_end
from backend.api.together import Together
from backend.domain.sync import entering, uploads
from backend.domain.sync.coming import AnyUpload
from backend.extensions import objects
from backend.models import db
from backend.models.base import is_in_transaction
from backend.storage import jobs

Brought, Entered = tuple[AnyUpload, str], tuple[str, str]
LINE = "ruhu_uploads"


def stand_in_line(state: BlueprintSetupState) -> None:
    """Each app has a line of its own: another one's database is not written."""
    state.app.extensions[LINE] = Together[Brought, Entered](_enter_all, key=lambda brought: brought[0].photo_id)


def enter(upload: AnyUpload, keep: Callable[[], str]) -> None:
    """Note an upload and commit; a photo, if `keep` says as what its bytes are kept. `g.outcome` is how it went."""
    # Nothing of the database is held while bytes are kept and others are written.
    rest()
    g.outcome, end = current_app.extensions[LINE].ask(lambda: (upload, keep()))
    tell_end(end)


def _enter_all(brought: Sequence[Brought]) -> list[Entered]:
    # Together, too, and while the database is free.
    objects().settle(kept for _, kept in brought if kept)
    with writing():
        entered = entering.enter(brought)
        db.session.commit()
    let_go(entered.over, [upload.author_id for upload, kept in brought if kept])
    return [(outcome, entered.end) for outcome in entered.outcomes]


@contextmanager
def writing() -> Iterator[None]:
    """Inside, the transaction writes: it takes the write lock at its start, in its turn."""
    rest()
    g.is_writing = True
    try:
        yield
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.is_writing = False


def rest() -> None:
    """Nothing of the database is held from here on."""
    if is_in_transaction():
        db.session.commit()


def let_go(over: Iterable[str], authors: Collection[str]) -> None:
    """The parts of finished uploads go, and the worker hears of the photos that `authors` brought."""
    for upload_id in over:
        uploads.parts().remove(upload_id)
    for author_id in set(authors):
        beginnings.forgive(author_id)
    if authors:
        jobs.hint_develop()
