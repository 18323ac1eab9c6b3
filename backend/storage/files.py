"""Files that survive a power cut: the bytes and the folder's entry are on the disk before anybody hears of them."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".new"
Raw = bytes | bytearray


def write_durably(path: Path, raw: Raw) -> None:
    """Put `raw` at `path`, replacing what was there in one step; whole or not at all, whatever happens."""
    lay_down(path, raw)
    sync_folder(path.parent)


def lay_down(path: Path, raw: Raw) -> None:
    """The same, but its name survives a power cut only once its folder is flushed, with as many others as there are."""
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


def make_folder(folder: Path) -> None:
    """A folder whose own name survives a power cut, too; nothing happens when it is there."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def write_all(descriptor: int, raw: Raw) -> None:
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
