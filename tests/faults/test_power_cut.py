"""The power goes in the middle of a day's work: what was receipted is there when the server starts again."""

import random
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from backend import create_app
from backend.config import Settings
from backend.models import db
from tests.faults import apsw_driver, ledger
from tests.faults.office import Office
from tests.faults.power import Disk, PowerVFS
from tests.faults.power_files import WatchedFolder
from tests.faults.tally import Tally, amount
from tests.faults.transports import directly
from tests.faults.worker_phone import WorkerPhone

ROUNDS = 6
MOST_CONTACTS = 60
__all__ = ["apsw_driver"]


class Machine:
    """A server's computer: started from the office as it was in the morning, cut, started again."""

    def __init__(self, office: Office, *, is_flushed: bool = True) -> None:
        self._office, self._is_flushed = office, is_flushed
        self._morning = Path(f"{office.folder}.morning")
        shutil.copytree(office.folder, self._morning)
        self._vfs = PowerVFS()
        self._database = office.folder / "ruhu.sqlite3"
        self._watched = self._app(f"sqlite+apsw:///{self._database}")
        self._plain = self._app(office.url)
        if not is_flushed:
            with self._watched.app_context():
                event.listen(db.engine, "connect", _forget_to_flush)

    def _app(self, url: str):
        return create_app(Settings(mode="test", data=self._office.folder, database_url=url))

    def work(self, disk: Disk) -> WorkerPhone:
        """A day's work until the power goes, or to its end."""
        shutil.rmtree(self._office.folder)
        shutil.copytree(self._morning, self._office.folder)
        self._vfs.disk = disk
        phone = WorkerPhone(self._office, disk.chance.choice(self._office.phones), directly(self._watched), disk.chance)
        self._files = WatchedFolder(disk, self._office.folder)
        with self._files.watched():
            self._day(phone, disk)
        # What the process still holds goes with it: nothing is closed in good order.
        disk.is_cut = True
        with self._watched.app_context(), suppress(SQLAlchemyError, apsw_driver.Error):
            db.engine.dispose()
        return phone

    def _day(self, phone: WorkerPhone, disk: Disk) -> None:
        for _ in range(ROUNDS):
            for _ in range(disk.chance.randrange(1, 4)):
                phone.make()
            phone.contact()
            if disk.is_cut:
                break

    def start_again(self, disk: Disk) -> None:
        """Put on the disk what survived."""
        mood = disk.mood()
        self._files.start_again(mood)
        for path in self._office.folder.glob("ruhu.sqlite3*"):
            path.unlink()
        for name, content in disk.survivors(mood).items():
            Path(name).write_bytes(content)

    def lost(self, phone: WorkerPhone) -> int:
        """Receipted items and photos that are gone; the database itself must be sound."""
        with sqlite3.connect(self._database) as line:
            assert line.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            found = dict(line.execute("SELECT id, sha256 FROM inbox_item"))
            found |= dict(line.execute("SELECT id, sha256 FROM photo WHERE state <> 'expected'"))
        line.close()
        return sum(found.get(one) != digest for one, digest in phone.kept.items())

    def go_on(self, phone: WorkerPhone) -> None:
        """The same phone with the server as it is now, until it holds nothing more."""
        phone.transport = directly(self._plain)
        for _ in range(MOST_CONTACTS):
            if phone.is_done:
                break
            phone.contact()
        with self._plain.app_context():
            db.engine.dispose()


def _forget_to_flush(connection, _record) -> None:
    connection.cursor().execute("PRAGMA synchronous=NORMAL")


def _operations(machine: Machine, row: Tally) -> int:
    disk = Disk(random.Random(row.chance.random()))
    machine.work(disk)
    return disk.count


def _cut(machine: Machine, row: Tally, operations: int) -> tuple[Disk, WorkerPhone]:
    disk = Disk(random.Random(row.chance.random()), cut_at=row.chance.randrange(1, operations))
    phone = machine.work(disk)
    machine.start_again(disk)
    row.add("cuts")
    row.add("receipted", len(phone.kept))
    return disk, phone


def test_nothing_receipted_is_lost_with_the_power(office, tally):
    row = tally("power cut")
    machine = Machine(office)
    operations = _operations(machine, row)
    for _ in range(amount(50, 2000)):
        _, phone = _cut(machine, row, operations)
        row.add("lost", machine.lost(phone))
        machine.go_on(phone)
        ledger.check(office, [phone], row)
        assert len(phone.epochs) <= 1, "phones would take this for another, restored server"
    assert row["lost"] == 0, row.line()


@pytest.mark.parametrize("pragma", ["synchronous=NORMAL"])
def test_without_flushing_every_commit_the_same_cuts_lose_work(office, tally, pragma):
    row = tally(f"power cut with {pragma} (must lose)")
    machine = Machine(office, is_flushed=False)
    operations = _operations(machine, row)
    for _ in range(amount(25, 200)):
        _, phone = _cut(machine, row, operations)
        row.add("lost as expected", machine.lost(phone))
    assert row["lost as expected"] > 0, row.line()
