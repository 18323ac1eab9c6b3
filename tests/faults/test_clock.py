"""The phone's clock is a year off, or jumps: the five days stay the server's, and the difference is shown."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from flask import Flask

from backend import clock, create_app
from backend.config import Settings
from backend.domain import assignment
from backend.domain.visit_times import TOLERANCE
from backend.models import Case, Device, InboxItem, Visit, db
from tests import phone
from tests.cast import Cast
from tests.factories import publish
from tests.faults.office import Held, Office
from tests.faults.tally import amount
from tests.faults.transports import directly
from tests.faults.worker_phone import WorkerPhone

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
A_MOMENT = timedelta(minutes=1)


class Walk(NamedTuple):
    """`ahead` is how far the phone's clock is ahead of the truth; `known` how far it believes to be."""

    kind: str
    ahead: timedelta
    known: timedelta


@pytest.fixture
def app(office: Office) -> Iterator[Flask]:
    app = create_app(Settings(mode="test", data=office.folder, database_url=office.url))
    yield app
    with app.app_context():
        db.engine.dispose()


def _walk(chance: random.Random) -> Walk:
    ahead = chance.uniform(-1, 1) * YEAR
    far = chance.choice([-1, 1]) * chance.uniform(MONTH / YEAR, 1) * YEAR
    return chance.choice(
        [
            Walk("right", timedelta(), timedelta()),
            Walk("wrong and known", ahead, ahead),
            Walk("wrong and unknown", far, timedelta()),
            Walk("jumped since the last contact", ahead + far, ahead),
        ]
    )


def _publish(app: Flask, visited_at: datetime, chance: random.Random) -> Case:
    with app.app_context():
        cast = Cast()
        published_at = visited_at - chance.uniform(0.01, 4) * timedelta(days=1)
        with clock.standing_at(published_at):
            case = publish(at=published_at)
            assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
        db.session.commit()
        db.session.refresh(case)
        db.session.expunge(case)
        return case


def _hand_in(office: Office, app: Flask, held: Held, walk: Walk, case: Case, visited_at: datetime) -> str:
    """The visit as the phone tells it, and its counts; the item's id."""
    now = clock.now()
    sheet = phone.visit(case, at=visited_at + walk.ahead) | {
        "device_time": clock.iso(now + walk.ahead), "server_offset_ms": round(-walk.known.total_seconds() * 1000),
    }  # fmt: skip
    worker = WorkerPhone(office, held, directly(app), random.Random())
    item = held.handset.sealed("visit", sheet, author=held.user_id)
    worker.outbox[item["id"]], worker.made[item["id"]] = item, item["sha256"]
    worker.heartbeat = {
        "device_id": held.handset.id, "captured": 1, "unsent": 0, "photos_waiting": 0,
        "device_time": clock.iso(now + walk.ahead),
    }  # fmt: skip
    worker.contact()
    assert worker.is_done, (walk, worker.outbox, worker.waiting)
    return item["id"]


def _judge(walk: Walk, visited_at: datetime, due_at: datetime, item_id: str, device_id: str) -> bool:
    """Check what the office sees; whether the wrong clock is shown."""
    item = db.session.get(InboxItem, item_id)
    visit = db.session.scalars(db.select(Visit).where(Visit.item_id == item_id)).one()
    case = visit.case
    assert case.due_at == due_at
    assert case.published_at <= case.visited_at <= item.received_at + TOLERANCE
    if walk.ahead == walk.known:
        assert abs(case.visited_at - visited_at) <= TOLERANCE + A_MOMENT, (walk, case.visited_at, visited_at)
    else:
        # Nobody can tell when it was: it counts as of when it came, and a person looks at it.
        assert case.visited_at == item.received_at, (walk, case.visited_at)
        assert item.reason in ("clock_ahead", "before_publication"), (walk, item.reason)
    told = db.session.get(Device, device_id).heartbeat["clock_ahead_seconds"]
    assert abs(told - walk.ahead.total_seconds()) < 60, (walk, told)
    if abs(walk.known) > TOLERANCE and walk.ahead == walk.known:
        assert abs(visit.skew_seconds - walk.ahead.total_seconds()) < 60
    return bool(item.reason) or abs(visit.skew_seconds) > TOLERANCE.total_seconds()


def test_the_five_days_are_not_the_phones(office: Office, app: Flask, tally):
    row = tally("phone's clock ±1 year, jumps")
    held = next(held for held in office.phones if held.handset)
    for _ in range(amount(50, 5000)):
        walk = _walk(row.chance)
        visited_at = clock.now() - row.chance.uniform(0, 3) * timedelta(days=1)
        case = _publish(app, visited_at, row.chance)
        item_id = _hand_in(office, app, held, walk, case, visited_at)
        with app.app_context():
            is_shown = _judge(walk, visited_at, case.due_at, item_id, held.handset.id)
        is_wrong = max(abs(walk.ahead), abs(walk.known)) > TOLERANCE
        assert is_shown == is_wrong, walk
        row.add("visits")
        row.add("wrong clocks", is_wrong)
        row.add("flagged", is_shown)
    row["five-day clock moved"] = 0
