"""The data folder's own mark, by which phones notice that they talk to a restored, older server."""

import os
from pathlib import Path
from uuid import uuid4


def read_epoch(folder: Path) -> str:
    """The mark of the data folder, made at the first call; whoever restores a backup deletes the file."""
    path = folder / "epoch"
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(f"{uuid4()}\n")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
