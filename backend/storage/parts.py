"""Files that arrive in pieces: appended under a lock, flushed to the disk before the piece is confirmed."""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import new as new_hash
from pathlib import Path

from backend.storage.files import sync_folder, write_all


class PartBusy(RuntimeError):
    """Somebody else is appending to this file right now."""


class PartMoved(RuntimeError):
    """The file is not as long as the sender believes; `offset` is where it ends."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the file ends at {offset}")
        self.offset = offset


class PieceTorn(RuntimeError):
    """A piece does not have the hash it was announced with; nothing of it was kept."""


class PieceTooLong(RuntimeError):
    """A piece goes beyond the announced length; nothing of it was kept."""


class Parts:
    """Unfinished files in one folder, named by opaque ids."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder

    def offset(self, name: str) -> int:
        """How many bytes are here; 0 when there is no such file yet."""
        try:
            return (self._folder / name).stat().st_size
        except FileNotFoundError:
            return 0

    def append(
        self, name: str, at: int, pieces: Iterable[bytes], *, length: int, check: tuple[str, bytes] | None = None
    ) -> int:
        """Append `pieces` at offset `at` and return the new offset; the first piece makes the file.

        When `pieces` breaks off, what came before stays, unless `check` (algorithm, digest) was to prove
        it. A file that has become whole is not flushed: it counts only once it is kept elsewhere.
        Raises PartBusy, PartMoved, PieceTorn, PieceTooLong.
        """
        with self._locked(name) as descriptor:
            end = os.fstat(descriptor).st_size
            if end != at:
                raise PartMoved(end)
            digest = new_hash(check[0]) if check else None
            is_whole = False
            try:
                _write(descriptor, pieces, room=length - at, look=digest.update if digest else None)
                is_whole = True
            finally:
                if check and digest and not (is_whole and digest.digest() == check[1]):
                    os.ftruncate(descriptor, at)
                if 0 < os.fstat(descriptor).st_size < length:
                    os.fsync(descriptor)
                    if at == 0:
                        sync_folder(self._folder)
            if check and digest and digest.digest() != check[1]:
                raise PieceTorn(name)
            return os.fstat(descriptor).st_size

    def read(self, name: str) -> bytes:
        """All bytes of a file."""
        return (self._folder / name).read_bytes()

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """(name, bytes, when last written) of every file."""
        for path in sorted(self._folder.iterdir()):
            found = path.stat()
            yield path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC)

    def clear(self, name: str) -> None:
        """Start again from the first byte."""
        with self._locked(name) as descriptor:
            os.ftruncate(descriptor, 0)
            os.fsync(descriptor)

    def remove(self, name: str) -> None:
        """Take a file away; nothing happens when it is not there."""
        (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def _locked(self, name: str) -> Iterator[int]:
        descriptor = os.open(self._folder / name, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield descriptor
        except BlockingIOError as error:
            raise PartBusy(name) from error
        finally:
            os.close(descriptor)


def _write(descriptor: int, pieces: Iterable[bytes], *, room: int, look: Callable[[bytes], None] | None) -> None:
    start = os.fstat(descriptor).st_size
    for piece in pieces:
        if len(piece) > room:
            os.ftruncate(descriptor, start)
            raise PieceTooLong
        room -= len(piece)
        write_all(descriptor, piece)
        if look:
            look(piece)
