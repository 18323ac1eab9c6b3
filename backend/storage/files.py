"""Files that survive a power cut: the bytes and the folder's entry are on the disk before anybody hears of them."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".new"


def write_durably(path: Path, raw: bytes) -> None:
    """Put `raw` at `path`, replacing what was there in one step; whole or not at all, whatever happens."""
    make_folder(path.parent)
    fresh = f"{path}.{secrets.token_hex(6)}{UNFINISHED}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            write_all(descriptor, raw)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(fresh, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(fresh)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """A folder whose own name survives a power cut, too; nothing happens when it is there."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def write_all(descriptor: int, raw: bytes) -> None:
    """Every byte of `raw`: one call may take fewer."""
    view = memoryview(raw)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """Make new names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
