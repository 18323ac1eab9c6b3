"""The data folder's own mark, by which phones notice that they talk to a restored, older server."""

import os
from pathlib import Path
from uuid import uuid4

from backend.storage.files import sync_folder, write_durably


def read_epoch(folder: Path) -> str:
    """The mark of the data folder, made at the first call; whoever restores a backup deletes the file."""
    path = folder / "epoch"
    if not path.exists():
        mark = uuid4()
        fresh = path.with_suffix(f".{mark}.new")
        write_durably(fresh, f"{mark}\n".encode())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        sync_folder(folder)
    return path.read_text().strip()
