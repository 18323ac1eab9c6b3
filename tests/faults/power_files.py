"""Files beside the database when the power goes: bytes that were not flushed, names whose folder was not."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from tests.faults.power import Disk, Write, applied

# The database has its own model, the queue may be lost, and the keys are from the day before.
NOT_HERE = ("ruhu.sqlite3", "jobs.sqlite3", "keyring")


class Content:
    """What one file holds, under whatever names: safely, and since then."""

    def __init__(self, solid: bytes = b"", *since: Write) -> None:
        self.solid, self.since = solid, list(since)

    def flush(self) -> None:
        self.solid, self.since = applied(self.solid, self.since), []


class WatchedFolder:
    """Calls to the operating system for files below `folder` go through, and are noted until they are flushed."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk, self._folder = disk, str(folder)
        paths = [path for path in folder.rglob("*") if not path.name.startswith(NOT_HERE)]
        self._solid = {str(path): Content(path.read_bytes()) for path in paths if path.is_file()}
        self._now = dict(self._solid)
        self._folders = {self._folder, *(str(path) for path in paths if path.is_dir())}
        self._open: dict[int, str | Content] = {}

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While this lasts, the process's calls are noted."""
        ours: dict[str, Callable[..., Any]] = {
            "open": self._opening, "write": self._writing, "ftruncate": self._truncating, "fsync": self._flushing,
            "replace": self._moving, "link": self._linking, "unlink": self._unlinking, "close": self._closing,
        }  # fmt: skip
        kept = {name: getattr(os, name) for name in ours}
        self._call = kept
        for name, call in ours.items():
            setattr(os, name, call)
        try:
            yield
        finally:
            for name, call in kept.items():
                setattr(os, name, call)

    def _operate(self) -> None:
        try:
            self._disk.operate()
        except apsw.IOError as error:
            raise OSError(errno.EIO, "the power is gone") from error

    def _is_ours(self, path: Any) -> bool:
        return str(path).startswith(self._folder) and not Path(path).name.startswith(NOT_HERE)

    def _opening(self, path: Any, flags: int, *more: Any, **named: Any) -> int:
        if not self._is_ours(path):
            return self._call["open"](path, flags, *more, **named)
        self._operate()
        descriptor = self._call["open"](path, flags, *more, **named)
        is_folder = os.path.isdir(path)
        self._open[descriptor] = str(path) if is_folder else self._now.setdefault(str(path), Content())
        return descriptor

    def _closing(self, descriptor: int) -> None:
        self._open.pop(descriptor, None)
        self._call["close"](descriptor)

    def _writing(self, descriptor: int, raw: Any) -> int:
        content = self._open.get(descriptor)
        if isinstance(content, Content):
            content.since.append(Write(os.fstat(descriptor).st_size, bytes(raw)))
            self._operate()
        return self._call["write"](descriptor, raw)

    def _truncating(self, descriptor: int, length: int) -> None:
        content = self._open.get(descriptor)
        if isinstance(content, Content):
            content.since.append(Write(length, None))
            self._operate()
        self._call["ftruncate"](descriptor, length)

    def _flushing(self, descriptor: int) -> None:
        found = self._open.get(descriptor)
        if found is None:
            return
        self._operate()
        if isinstance(found, Content):
            found.flush()
            return
        self._folders |= {path for path, _, _ in os.walk(found) if os.path.dirname(path) == found}
        for path in {*self._solid, *self._now}:
            if os.path.dirname(path) == found:
                self._name(path, self._now.get(path))

    def _name(self, path: str, content: Content | None) -> None:
        self._solid.pop(path, None)
        if content is not None:
            self._solid[path] = content

    def _moving(self, source: Any, target: Any) -> None:
        self._linked(source, target, "replace")
        self._now.pop(str(source), None)

    def _linking(self, source: Any, target: Any) -> None:
        self._linked(source, target, "link")

    def _linked(self, source: Any, target: Any, how: str) -> None:
        if self._is_ours(target):
            self._operate()
        self._call[how](source, target)
        if self._is_ours(target):
            unseen = Content(b"", Write(0, Path(target).read_bytes()))
            self._now[str(target)] = self._now.get(str(source), unseen)

    def _unlinking(self, path: Any, **named: Any) -> None:
        if self._is_ours(path):
            self._operate()
        self._call["unlink"](path, **named)
        self._now.pop(str(path), None)

    def start_again(self, mood: str) -> None:
        """Leave on the disk what survived."""
        gone = {path for path, _, _ in os.walk(self._folder) if path not in self._folders and not self._is_lucky(mood)}
        for path in Path(self._folder).rglob("*"):
            if path.is_file() and self._is_ours(path):
                path.unlink()
        for name in {*self._solid, *self._now}:
            before, after = self._solid.get(name), self._now.get(name)
            content = after if before is after or self._is_lucky(mood) else before
            if content is not None and os.path.dirname(name) not in gone:
                Path(name).write_bytes(applied(content.solid, self._disk.drawn(content.since, mood)))

    def _is_lucky(self, mood: str) -> bool:
        return self._disk.is_lucky(mood)
