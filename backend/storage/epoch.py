"""The data folder's own mark, by which phones notice that they talk to a restored, older server."""

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from backend.storage.files import sync_folder, write_durably

NAME = "epoch"
_seen: dict[str, tuple[tuple[int, int, int], str]] = {}


def read_epoch(folder: Path) -> str:
    """The mark of the data folder, made at the first call. Asked with each answer, so read once for each file there was."""
    path = f"{folder}/{NAME}"
    try:
        found = os.stat(path)
    except FileNotFoundError:
        _make_first(folder)
        found = os.stat(path)
    # It is only ever replaced: another mark is another file.
    which = (found.st_ino, found.st_mtime_ns, found.st_size)
    seen = _seen.get(path)
    if seen is None or seen[0] != which:
        seen = _seen[path] = (which, Path(path).read_text().split()[0])
    return seen[1]


def _make_first(folder: Path) -> None:
    path, mark = folder / NAME, uuid4()
    fresh = path.with_suffix(f".{mark}.new")
    write_durably(fresh, f"{mark}\n".encode())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    sync_folder(folder)


def restored_at(folder: Path) -> datetime | None:
    """When this epoch began in the stead of another; None for the first one."""
    _, _, moment = (folder / NAME).read_text().strip().partition("\n") if (folder / NAME).exists() else ("", "", "")
    return datetime.fromisoformat(moment) if moment else None


def begin_epoch(folder: Path, *, instead_of: str | None = None) -> str:
    """Another mark, on the disk before it is told. Of several who found out at once, only the first makes one."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        known = read_epoch(folder)
        if instead_of is not None and known != instead_of:
            return known
        fresh = str(uuid4())
        write_durably(folder / NAME, f"{fresh}\n{datetime.now(UTC).isoformat()}\n".encode())
        return fresh
    finally:
        os.close(descriptor)
