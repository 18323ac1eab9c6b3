"""Whichever statement or file operation fails: no receipt for what is not stored, and the next try mends it."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from backend import create_app
from backend.config import Settings
from backend.models import InboxItem, Photo, db
from backend.upkeep import apply_some, develop_some
from tests.faults import ledger
from tests.faults.failing import Failing
from tests.faults.office import Office
from tests.faults.tally import IS_FULL
from tests.faults.transports import directly
from tests.faults.worker_phone import WorkerPhone

MOST_CONTACTS, LATEST = 20, 9
SURPRISE = ValueError("what nobody thought of")
_FAILED = select(InboxItem.id).where(InboxItem.reason == "apply_failed")
KINDS = ("visit", "observation", "urgent")
ENGINES = ["sqlite", "postgresql"] if IS_FULL else ["sqlite"]


@pytest.fixture(params=ENGINES)
def machine(request, office_on) -> Iterator[tuple[Office, Flask]]:
    """An office and its app in this process."""
    office = office_on(request.param)
    app = create_app(Settings(mode="test", data=office.folder, database_url=office.url))
    yield office, app
    with app.app_context():
        db.engine.dispose()


def _make(phone: WorkerPhone) -> None:
    for kind in KINDS:
        phone.make(kind, photo=False)


def _deposit(phone: WorkerPhone) -> Callable[[], object]:
    _make(phone)
    return phone.hand_in


def _pull(phone: WorkerPhone) -> Callable[[], object]:
    _make(phone)
    phone.hand_in()
    return phone.ask


def _judge(phone: WorkerPhone) -> Callable[[], object]:
    _make(phone)
    phone.hand_in()
    return apply_some


def _announce(phone: WorkerPhone) -> Callable[[], object]:
    phone.make("observation", photo=True)
    (shot,) = phone.album.values()
    return lambda: shot.announce(phone)


def _at_once(phone: WorkerPhone) -> Callable[[], object]:
    phone.make("observation", photo=True)
    (shot,) = phone.album.values()
    return lambda: shot.announce(phone, at_once=True)


def _append(phone: WorkerPhone) -> Callable[[], object]:
    _announce(phone)()
    (shot,) = phone.album.values()
    return lambda: shot.send(phone, 0, shot.raw[:500])


def _finish(phone: WorkerPhone) -> Callable[[], object]:
    _append(phone)()
    (shot,) = phone.album.values()
    return lambda: shot.send(phone, 500, shot.raw[500:])


def _develop(phone: WorkerPhone) -> Callable[[], object]:
    _finish(phone)()
    phone.hand_in()
    phone.ask()
    return lambda: develop_some(10)


STEPS = {
    "deposit": _deposit, "apply at a pull": _pull, "apply by the worker": _judge, "upload: create": _announce,
    "upload: create with all bytes": _at_once, "upload: append": _append, "upload: finish": _finish, "upload: develop": _develop,
}  # fmt: skip


def _is_whole(made: dict[str, str]) -> bool:
    """A batch is stored altogether or not at all."""
    found = db.session.scalar(select(func.count()).select_from(InboxItem).where(InboxItem.id.in_(made)))
    db.session.rollback()
    return found in (0, len(made))


def _finish_up(phone: WorkerPhone) -> None:
    for _ in range(MOST_CONTACTS):
        if phone.is_done:
            return
        phone.contact()


@pytest.mark.parametrize("step", STEPS)
def test_whatever_fails_the_next_try_mends_it(machine, tally, step):
    office, app = machine
    row = tally(f"every N-th operation fails, {step}, {office.engine}")
    failing, number = Failing(app), 0
    while True:
        number += 1
        phone = WorkerPhone(office, row.chance.choice(office.phones), directly(app), row.chance)
        act = STEPS[step](phone)
        # The worker's caller logs what went wrong; a request answers with it.
        with app.app_context(), failing.fail_at(number), suppress(OperationalError, OSError):
            act()
        if failing.count < number:
            break
        with app.app_context():
            assert _is_whole(phone.made), f"{step}: half a batch after operation {number}"
        _finish_up(phone)
        ledger.check(office, [phone], row)
        row.add("injected")
    with app.app_context():
        while develop_some(50):
            pass
        assert not db.session.scalars(_FAILED).all()
        assert not db.session.scalars(select(Photo.id).where(Photo.state != "stored")).all()
    ledger.sweep(office)
    assert ledger.leftovers(office) == [], row.line()


@pytest.mark.parametrize("step", ["apply at a pull", "apply by the worker"])
def test_a_surprise_in_one_item_leaves_nothing_of_it_and_touches_no_other(machine, tally, step):
    office, app = machine
    row = tally(f"two statements surprise, {step}, {office.engine}")
    failing, number = Failing(app), 0
    while not number or failing.count >= number:
        number += 1
        # Items are judged together first; what fails there is judged alone, and there the second one waits.
        for later in range(1, LATEST) if IS_FULL else [row.chance.randrange(1, LATEST)]:
            phone = WorkerPhone(office, row.chance.choice(office.phones), directly(app), row.chance)
            act = STEPS[step](phone)
            with app.app_context(), failing.fail_at(number, number + later, error=SURPRISE), suppress(ValueError):
                act()
            _finish_up(phone)
            ledger.check(office, [phone], row)
            with app.app_context():
                failed = db.session.scalars(_FAILED.where(InboxItem.id.in_(phone.made))).all()
                row.add("half written", sum(ledger.rows_of(item) for item in failed))
            row.add("set aside for a person", len(failed))
            row.add("injected", 2)
            assert len(failed) <= 1, f"{step}: operation {number} took others along"
    assert (row["half written"], row["set aside for a person"] > 0) == (0, True), row.line()
