"""Photos and files, encrypted, in a local folder or an S3 bucket through one library."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import obstore
from obstore.store import LocalStore, from_url

from backend.storage.files import Raw, lay_down, sync_folder
from backend.storage.keys import KeyRing


class Stored(NamedTuple):
    """One object as it lies there: `size` in bytes, sealed; `changed_at` by the store's own clock."""

    name: str
    size: int
    changed_at: datetime


class Objects:
    """A sealed object store. Keys are opaque names without personal data."""

    def __init__(self, location: str | Path, ring: KeyRing) -> None:
        self._folder = location if isinstance(location, Path) else None
        if isinstance(location, Path):
            location.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(prefix=str(location))
        else:
            self._store = from_url(location)
        self._ring = ring

    def put(self, name: str, raw: Raw) -> None:
        """Store `raw` under `name`, replacing what was there; it survives a power cut once this returns."""
        self.lay(name, raw)
        self.settle([name])

    def lay(self, name: str, raw: Raw) -> None:
        """The same for one of many: it survives a power cut once all of them are told to `settle`."""
        head = self._ring.ring["field"]["active"].encode().ljust(8, b"\0")
        content = self._ring.seal_bytes(raw, aad=f"object:{name}", head=head)
        if self._folder is None:
            obstore.put(self._store, name, content)
        else:
            # The library's own writing to a folder leaves the bytes in memory.
            lay_down(self._folder / name, content)

    def settle(self, names: Iterable[str]) -> None:
        """What was laid there survives a power cut once this returns: one wait for the disk for each folder."""
        if self._folder is not None:
            for folder in {os.path.dirname(name) for name in names}:
                sync_folder(self._folder / folder)

    def get(self, name: str) -> bytes:
        """The bytes under `name`. Raises FileNotFoundError when there are none."""
        raw = bytes(obstore.get(self._store, name).bytes())
        key_id = raw[:8].rstrip(b"\0").decode()
        return self._ring.unseal_bytes(raw[8:], aad=f"object:{name}", key_id=key_id)

    def delete(self, name: str, *, unless_changed_since: datetime | None = None) -> None:
        """Remove `name`; nothing happens when it is not there, or is a newer one than was seen."""
        with contextlib.suppress(FileNotFoundError):
            if unless_changed_since is None or self._changed_at(name) <= unless_changed_since:
                obstore.delete(self._store, name)

    def _changed_at(self, name: str) -> datetime:
        if self._folder is None:
            return obstore.head(self._store, name)["last_modified"]
        return datetime.fromtimestamp((self._folder / name).stat().st_mtime, UTC)

    def listing(self, prefix: str) -> Iterator[Stored]:
        """What lies under the folder `prefix`, halves of broken writes included."""
        if self._folder is None:
            for batch in obstore.list(self._store, prefix):
                for meta in batch:
                    yield Stored(meta["path"], meta["size"], meta["last_modified"])
            return
        for path in sorted((self._folder / prefix).rglob("*")):
            if path.is_file():
                found = path.stat()
                name = path.relative_to(self._folder).as_posix()
                yield Stored(name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
