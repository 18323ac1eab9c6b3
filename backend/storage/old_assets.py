"""The phone app's hashed files of earlier versions, kept 90 days for phones that still run them.

An open page fetches its parts as it needs them; the day after an update they would otherwise be gone.
"""

import contextlib
import json
import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from backend.storage.files import UNFINISHED, write_durably

KEPT_FOR = timedelta(days=90)
HASHED = re.compile(r"[\w.-]+-[\w-]{8}\.\w+(\.br|\.gz)?")


def folder_of(data: Path) -> Path:
    """Where they lie."""
    return data / "assets"


def keep_current(build: Path, data: Path, today: date) -> int:
    """Note the hashed files in `build` as current today, and let go what was last current too long ago.

    How many files are kept afterwards. May run in several servers at once: each writes the same.
    """
    kept, index = folder_of(data), data / "assets.json"
    kept.mkdir(parents=True, exist_ok=True)
    days: dict[str, str] = json.loads(index.read_text()) if index.is_file() else {}
    before = dict(days)
    for file in sorted(build.glob("*")):
        if HASHED.fullmatch(file.name) and file.is_file():
            days[file.name] = today.isoformat()
            _keep(file, kept / file.name)
    days = {name: day for name, day in days.items() if date.fromisoformat(day) >= today - KEPT_FOR}
    if days != before:
        write_durably(index, json.dumps(days, indent=1, sort_keys=True).encode())
    for file in kept.iterdir():
        if file.name not in days:
            file.unlink(missing_ok=True)
    return len(days)


def _keep(file: Path, copy: Path) -> None:
    if copy.exists():
        return
    with contextlib.suppress(FileExistsError):
        try:
            os.link(file, copy)
        except OSError as error:
            if isinstance(error, FileExistsError):
                raise
            # Another disk: a real copy, whole before it has its name.
            fresh = copy.with_name(copy.name + UNFINISHED)
            shutil.copyfile(file, fresh)
            fresh.replace(copy)
