"""0008 takes an office that has worked without sealing as it is, and gives it back as it was."""

from datetime import timedelta

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, select

from backend import clock
from backend.codebook import Verdict
from backend.domain import devices, events
from backend.models import InboxConflict, InboxItem, Photo, Upload, db
from tests import phone
from tests.factories import assigned_case
from tests.handset import enrolled
from tests.house import ROOT
from tests.postgres import on_both

pytestmark = on_both

MIGRATIONS = str(ROOT / "migrations")
ROWS_THERE = (
    "inbox_item", "inbox_conflict", "visit", "observation", "photo", "upload", "device", "event", "verification_case",
    "assignment", "user_account", "login_session",
)  # fmt: skip


def go(way, revision: str) -> None:
    db.session.commit()
    db.session.remove()
    way(directory=MIGRATIONS, revision=revision)
    db.session.remove()


def told() -> dict[str, dict[str, list]]:
    """{table: {column: its values in the rows' order}} of everything but the migrations' own table."""
    metadata = MetaData()
    metadata.reflect(db.engine)
    found = {}
    with db.engine.connect() as connection:
        for table in metadata.tables.values():
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
            if table.name not in ("alembic_version", "area"):
                found[table.name] = {column.name: [row[column.name] for row in rows] for column in table.columns}
    return found


def kept_of(before: dict, after: dict) -> dict:
    return {table: {column: after[table][column] for column in columns} for table, columns in before.items()}


@pytest.fixture
def office(cast, signed_in):
    """A visit with photos, an observation, a conflict, an item that nobody can read, a phone, an upload half done."""
    mi, case, raw = signed_in(cast.mi_jianjun), assigned_case(cast), phone.jpeg()
    photo, half = phone.listed(raw), phone.listed(raw)
    sheet = phone.visit(case, filled=phone.answers(photos=[photo, half]))
    note = phone.envelope("observation", phone.observation(case))
    other = phone.envelope("observation", phone.observation(case, text="五头牛"), item_id=note["id"])
    phone.hand_in(mi, phone.envelope("visit", sheet), note, other, phone.envelope("urgent", "no JSON"))
    phone.upload(mi, photo, raw, case)
    now = clock.now()
    devices.note_device(phone.DEVICE, actor=cast.mi_jianjun, name="Redmi Note 9")
    db.session.add(
        Upload(
            photo_id=half["id"], author_id=cast.mi_jianjun.id, sha256=half["sha256"], length=half["size"],
            picture_size=half["size"], started_at=now, expires_at=now + timedelta(days=1), flag="",
        )
    )  # fmt: skip
    phone.ask(mi)
    db.session.execute(db.update(Photo).where(Photo.state == "received").values(state="stored"))
    return mi, case.id


def test_nothing_is_lost_on_the_way_up_and_back(office):
    go(downgrade, "0007")
    before = told()
    assert all(len(next(iter(before[table].values()))) for table in ROWS_THERE)
    go(upgrade, "0008")
    after = told()
    assert kept_of(before, after) == before
    assert after["upload"]["picture_size"] == before["upload"]["length"]
    go(downgrade, "0007")
    assert told() == before


def test_the_office_works_on(office, cast, client):
    mi, case_id = office
    go(downgrade, "0007")
    go(upgrade, "head")
    assert {item.verdict for item in db.session.scalars(select(InboxItem))} == {"applied", "quarantined"}
    assert all(row.payload for model in (InboxItem, InboxConflict) for row in db.session.scalars(select(model)))
    assert events.broken_link() is None
    assert [case["id"] for case in phone.ask(mi, known={})["cases"]] == [case_id]
    handset = enrolled(cast.mi_jianjun)
    item = handset.sealed("urgent", {"case_id": case_id}, author=cast.mi_jianjun)
    assert phone.hand_in(client, item)["receipts"][0]["outcome"] == "stored"


def test_a_discarded_item_goes_back_to_quarantine(office):
    item_id = db.session.scalars(select(InboxItem.id)).first()
    db.session.get(InboxItem, item_id).verdict = Verdict.DISCARDED
    go(downgrade, "0007")
    items = told()["inbox_item"]
    assert dict(zip(items["id"], items["verdict"], strict=True))[item_id] == "quarantined"


def test_going_back_never_throws_sealed_work_away(office, cast, client):
    _, case_id = office
    item = enrolled(cast.mi_jianjun).sealed("urgent", {"case_id": case_id}, author=cast.mi_jianjun)
    phone.hand_in(client, item)
    db.session.remove()
    go(downgrade, "0008")
    before = told()
    with pytest.raises(SystemExit):
        go(downgrade, "0007")
    assert told() == before
