"""Files when the power goes: what was confirmed is there, and a replaced file is the old one or the new one."""

import fcntl
import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from backend.storage.files import write_durably
from backend.storage.parts import PartBusy, Parts
from tests.faults.power import Disk
from tests.faults.power_files import WatchedFolder

OLD, NEW = b"old " * 300, b"new " * 400
# Only what was flushed is left; see `Disk.mood`.
WORST = "nothing more"


@pytest.fixture
def disk() -> Disk:
    return Disk(random.Random(7))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    (folder / "uploads").mkdir(parents=True)
    return folder


def _cut_after(disk: Disk, folder: Path, act) -> None:
    files = WatchedFolder(disk, folder)
    with files.watched(), suppress(OSError):
        act()
    files.start_again(WORST)


def test_a_confirmed_piece_is_there_after_the_power_was_gone(disk, folder):
    parts = Parts(folder / "uploads")
    _cut_after(disk, folder, lambda: parts.append("one", 0, [b"first"], length=100))
    assert parts.offset("one") == 5
    _cut_after(disk, folder, lambda: parts.append("one", 5, [b"second"], length=100))
    assert parts.read("one") == b"firstsecond"


def test_a_kept_file_is_there_after_the_power_was_gone(disk, folder):
    path = folder / "objects/photos/one"
    _cut_after(disk, folder, lambda: write_durably(path, NEW))
    assert path.exists()
    assert path.read_bytes() == NEW


def test_a_file_is_replaced_altogether_or_not_at_all(folder):
    path, place, seen = folder / "ring", 0, set()
    is_cut = True
    while is_cut:
        place += 1
        path.write_bytes(OLD)
        disk = Disk(random.Random(place), cut_at=place)
        _cut_after(disk, folder, lambda: write_durably(path, NEW))
        seen.add(path.read_bytes() if path.exists() else None)
        is_cut = disk.is_cut
    assert seen == {OLD, NEW}


def test_one_line_at_a_time_appends(folder):
    parts = Parts(folder / "uploads")
    parts.append("one", 0, [b"first"], length=100)
    other = os.open(folder / "uploads/one", os.O_RDWR)
    fcntl.flock(other, fcntl.LOCK_EX)
    with pytest.raises(PartBusy):
        parts.append("one", 5, [b"second"], length=100)
    os.close(other)
    assert parts.append("one", 5, [b"second"], length=100) == 11
