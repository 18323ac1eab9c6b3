"""An uploaded file between being looked at and being imported: sealed in the data folder, for two days at most."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from time import time
from typing import Any

from backend import clock
from backend.codebook import RosterRole
from backend.desk.import_batches import look_alike
from backend.domain import intake
from backend.domain.tabular import DeclarationFile, RosterFile
from backend.extensions import key_ring, settings
from backend.models import ImportBatch, User
from backend.models.base import new_id
from backend.problems import Problem
from backend.problems_in_files import row_sentence
from backend.storage import sandbox
from backend.storage.objects import Objects

KEPT_SECONDS = 2 * 24 * 3600
SHOWN_FAULTS = 60
NAME = re.compile(r"[0-9a-f-]{36}")
BENEFICIARIES = (RosterRole.SELF, RosterRole.HEAD, RosterRole.MEMBER)


@dataclass
class Preview:
    """What was understood of a file. `faults` are the first ones as (sheet, row, column, seen, sentence, kept)."""

    id: str
    subject: str
    kind: str
    file_name: str
    sha256: str
    user_id: str
    seen_rows: int = 0
    taken_rows: int = 0
    as_of_on: str | None = None
    month: str | None = None
    kinds: dict[str, int] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    columns: list[list[str]] = field(default_factory=list)
    faults: list[list[Any]] = field(default_factory=list)
    fault_count: int = 0
    refused_rows: int = 0
    alike: dict[str, Any] | None = None

    @property
    def related(self) -> int:
        """People of a roster who stand in it without receiving anything."""
        return sum(count for role, count in self.roles.items() if role not in set(BENEFICIARIES))


def _folder() -> Path:
    folder = settings().data / "uploads" / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _store() -> Objects:
    return Objects(_folder(), key_ring())


def _today() -> date:
    return clock.local(clock.now()).date()


def _read(content: bytes, preview: Preview) -> DeclarationFile | RosterFile:
    if preview.subject == "roster":
        return sandbox.parse_roster(content, preview.file_name, _today(), preview.kind or None)
    return sandbox.parse_declarations(content, preview.file_name, _today())


def look_at(content: bytes, *, file_name: str, subject: str, kind: str, user: User) -> Preview:
    """Understand a file and keep it until somebody says yes. Raises Problem for a file that is no use."""
    _sweep()
    if not content:
        raise Problem("empty_file")
    sha256 = hashlib.sha256(content).hexdigest()
    intake.refuse_second_import(sha256)
    preview = Preview(new_id(), subject, kind, file_name[:200], sha256, user.id)
    _describe(preview, _read(content, preview))
    _store().put(f"{preview.id}.file", content)
    _store().put(f"{preview.id}.json", json.dumps(asdict(preview), ensure_ascii=False).encode())
    return preview


def _describe(preview: Preview, reading: DeclarationFile | RosterFile) -> None:
    if isinstance(reading, DeclarationFile):
        preview.seen_rows, preview.taken_rows = reading.seen_rows, len(reading.rows)
    else:
        preview.taken_rows = sum(reading.counts.values())
        preview.seen_rows = preview.taken_rows + sum(not fault.is_kept for fault in reading.faults)
        preview.kinds, preview.month = reading.counts, reading.month
        preview.roles = dict(Counter(str(person.role) for person in reading.people))
    preview.alike = look_alike(reading)
    preview.as_of_on = reading.as_of_on.isoformat() if reading.as_of_on else None
    preview.columns = [list(note) for note in reading.columns]
    preview.fault_count = len(reading.faults)
    preview.refused_rows = sum(not fault.is_kept for fault in reading.faults)
    for sheet, row, column, code, seen, kept in reading.faults[:SHOWN_FAULTS]:
        said = row_sentence(code, row=row, column=column, seen=seen, sheet=sheet)
        preview.faults.append([sheet, row, column, seen, said, kept])


def find(preview_id: str, user: User) -> Preview:
    """The user's own preview. Raises Problem upload_missing when it is gone or was never there."""
    if not NAME.fullmatch(preview_id) or not (_folder() / f"{preview_id}.json").is_file():
        raise Problem("upload_missing")
    preview = Preview(**json.loads(_store().get(f"{preview_id}.json")))
    if preview.user_id != user.id:
        raise Problem("upload_missing")
    return preview


def bring_in(preview: Preview, *, actor: User) -> ImportBatch:
    """Import what was looked at, whole or not at all."""
    reading = _read(_store().get(f"{preview.id}.file"), preview)
    names = {"file_name": preview.file_name, "sha256": preview.sha256, "actor": actor}
    if isinstance(reading, RosterFile):
        return intake.import_roster(reading, **names)
    return intake.import_declarations(reading, **names)


def discard(preview: Preview) -> None:
    """Forget the file."""
    for ending in ("file", "json"):
        _store().delete(f"{preview.id}.{ending}")


def _sweep() -> None:
    for path in _folder().iterdir():
        if path.is_file() and path.stat().st_mtime < time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
