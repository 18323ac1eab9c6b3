"""What every verb is asked: how many events it leaves, and whether a refusal leaves a trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from backend import access
from backend.models import Case, Event, User, db
from backend.problems import Problem


@contextmanager
def one_event(tag: str, *, by: User, of: Case) -> Iterator[dict[str, Any]]:
    """Exactly this event is left inside the block, and the case's revision grows with it; yields its facts."""
    before, revision = _events(), of.revision
    facts: dict[str, Any] = {}
    yield facts
    (event,) = [event for event in _events() if event not in before]
    assert (event.tag, event.actor, event.case) == (tag, by, of)
    assert of.revision == revision + 1
    facts |= event.facts


def refuses(code: str, verb: Callable[..., Any], *args: Any, **given: Any) -> Problem:
    """The verb raises Problem `code` and leaves neither an event nor a change behind."""
    db.session.flush()
    before = len(_events())
    with pytest.raises(Problem) as caught:
        verb(*args, **given)
    assert caught.value.code == code
    assert not db.session.dirty
    assert not db.session.new
    assert len(_events()) == before
    return caught.value


def unseen_case(case: Case, *users: User) -> None:
    """To each of them the case does not exist."""
    db.session.flush()
    for user in users:
        with pytest.raises(Problem, match="not_found"):
            access.find_case(user, case.id)


def unseen_routing(routing_id: int, *users: User) -> None:
    """To each of them the routing does not exist."""
    db.session.flush()
    for user in users:
        with pytest.raises(Problem, match="not_found"):
            access.find_routing(user, routing_id)


def _events() -> list[Event]:
    return list(db.session.scalars(db.select(Event).order_by(Event.id)))
