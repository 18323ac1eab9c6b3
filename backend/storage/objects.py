"""Photos and files, encrypted, in a local folder or an S3 bucket through one library."""

import contextlib
from pathlib import Path

import obstore
from obstore.store import LocalStore, from_url

from backend.storage.keys import KeyRing


class Objects:
    """A sealed object store. Keys are opaque names without personal data."""

    def __init__(self, location: str | Path, ring: KeyRing) -> None:
        if isinstance(location, Path):
            location.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(prefix=str(location))
        else:
            self._store = from_url(location)
        self._ring = ring

    def put(self, name: str, raw: bytes) -> None:
        """Store `raw` under `name`, replacing what was there."""
        sealed = self._ring.seal_bytes(raw, aad=f"object:{name}")
        head = self._ring.ring["field"]["active"].encode().ljust(8, b"\0")
        obstore.put(self._store, name, head + sealed)

    def get(self, name: str) -> bytes:
        """The bytes under `name`. Raises FileNotFoundError when there are none."""
        raw = bytes(obstore.get(self._store, name).bytes())
        key_id = raw[:8].rstrip(b"\0").decode()
        return self._ring.unseal_bytes(raw[8:], aad=f"object:{name}", key_id=key_id)

    def delete(self, name: str) -> None:
        """Remove `name`; nothing happens when it is not there."""
        with contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, name)
