"""A disk whose power can be cut: what was written but not flushed may be there afterwards, or not, or torn.

SQLite writes through it by an apsw VFS. Every write, flush and truncation is one operation; at the one
that is chosen the power goes, and `survivors` is what the next start finds.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
VFS_NAME = "power"


@dataclass
class Write:
    """Bytes at an offset; None cuts the file off there."""

    at: int
    raw: bytes | None


@dataclass
class Disk:
    """`solid` is what is safely there: the content by path, None for no such file."""

    chance: random.Random
    cut_at: int | None = None
    count: int = 0
    is_cut: bool = False
    solid: dict[str, bytes | None] = field(default_factory=dict)
    pending: dict[str, list[Write]] = field(default_factory=lambda: defaultdict(list))
    _now: dict[str, bool] = field(default_factory=dict)

    def operate(self) -> None:
        """Count an operation; from the chosen one on there is no power."""
        self.count += 1
        self.is_cut = self.is_cut or self.count == self.cut_at
        self.look()

    def look(self) -> None:
        if self.is_cut:
            raise apsw.IOError("the power is gone")

    def meet(self, path: str) -> None:
        """Learn what lies at `path` before anything is written there."""
        if path not in self.solid:
            self.solid[path] = Path(path).read_bytes() if Path(path).exists() else None
        self._now[path] = True

    def flush(self, path: str) -> None:
        """What was written to `path` is safe now, and so is its name."""
        self.solid[path] = applied(self.solid[path] or b"", self.pending.pop(path, []))

    def forget(self, path: str) -> None:
        """The file is taken away; until the folder is flushed it may still be found."""
        self.pending.pop(path, None)
        self._now[path] = False

    def mood(self) -> str:
        """How much of what was not flushed is there afterwards."""
        return self.chance.choice(["nothing more", "everything", "some", "some"])

    def survivors(self, mood: str) -> dict[str, bytes]:
        """What is found after the cut, by path."""
        found = {}
        for path, solid in self.solid.items():
            is_there = self._now[path] and (solid is not None or self.is_lucky(mood))
            is_back = not self._now[path] and solid is not None and self.is_lucky(mood)
            if is_there or is_back:
                found[path] = applied(solid or b"", self.drawn(self.pending.get(path, []), mood))
        return found

    def is_lucky(self, mood: str) -> bool:
        """Whether one thing that was not flushed is there all the same."""
        return mood == "everything" or (mood == "some" and self.chance.random() < 0.5)

    def drawn(self, writes: list[Write], mood: str) -> list[Write]:
        """Those of the writes, or parts of them, that reached the disk."""
        drawn: list[Write] = []
        for write in writes:
            if write.raw is not None and mood == "some" and self.chance.random() < 0.3:
                drawn += self._torn(write.at, write.raw)
            elif self.is_lucky(mood):
                drawn.append(write)
        return drawn

    def _torn(self, at: int, raw: bytes) -> list[Write]:
        ends = [*range(SECTOR - at % SECTOR, len(raw), SECTOR), len(raw)]
        pieces = [Write(at + start, raw[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
        return [piece for piece in pieces if self.chance.random() < 0.5]


def applied(content: bytes, writes: list[Write]) -> bytes:
    """The content after these writes."""
    whole = bytearray(content)
    for write in writes:
        if write.raw is None:
            del whole[write.at :]
            continue
        whole.extend(bytes(max(0, write.at - len(whole))))
        whole[write.at : write.at + len(write.raw)] = write.raw
    return bytes(whole)


class PowerVFS(apsw.VFS):
    """The system's own file system, watched by the disk that is in at the moment."""

    def __init__(self) -> None:
        super().__init__(VFS_NAME, base="")
        self.disk: Disk | None = None

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        assert self.disk is not None
        self.disk.look()
        if name is None:
            # What SQLite puts aside within a statement has no name, and nobody finds it afterwards.
            return apsw.VFSFile("", None, flags)
        return PowerFile(self.disk, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        assert self.disk is not None
        self.disk.operate()
        super().xDelete(name, syncdir)
        self.disk.forget(name)
        if syncdir:
            self.disk.solid[name] = None


class PowerFile(apsw.VFSFile):
    """Writes go through at once, so that reading needs no detour, and are noted until they are flushed."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        self._path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        disk.meet(self._path)
        super().__init__("", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:
        self._disk.look()
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.pending[self._path].append(Write(offset, bytes(data)))
        self._disk.operate()
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._disk.pending[self._path].append(Write(newsize, None))
        self._disk.operate()
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._disk.operate()
        self._disk.flush(self._path)
