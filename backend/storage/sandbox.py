"""Foreign files are parsed in a child process that may use only so much memory and time.

The child answers in JSON, so that nothing it was made to do can reach the server but text.
`python -m backend.storage.sandbox SUBJECT TODAY KIND NAME < file` is the child itself.
"""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from backend.codebook.comparison import TableKind
from backend.domain.tabular import (
    ColumnNote,
    DeclarationFile,
    DeclarationRow,
    RosterFile,
    RosterPerson,
    RowFault,
    TableError,
    read_declaration_file,
    read_roster_file,
)
from backend.domain.tabular.results import ResultRow, read_results
from backend.domain.tabular.staff import DayRow, StaffRow, read_days, read_staff
from backend.problems import Problem

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent.parent.parent
MEMORY = 3 * 1024**3
CPU_SECONDS = 180
WALL_SECONDS = 300
READERS: dict[str, Callable[[bytes], list[Any]]] = {"results": read_results, "staff": read_staff, "days": read_days}
_DAYS = frozenset({"started_on", "ended_on", "paid_on", "pushed_on", "as_of_on"})


def parse_declarations(content: bytes, file_name: str, today: date) -> DeclarationFile:
    """`read_declaration_file` in a child. Raises Problem with the code of a TableError, or too_slow."""
    answer = _run("declarations", content, file_name, today, "")
    rows = [_restore(DeclarationRow, row) for row in answer["rows"]]
    return DeclarationFile(rows, answer["seen_rows"], *_rest(answer))


def parse_roster(content: bytes, file_name: str, today: date, kind: str | None = None) -> RosterFile:
    """`read_roster_file` in a child. Raises Problem with the code of a TableError, or too_slow."""
    answer = _run("roster", content, file_name, today, kind or "")
    people = [_restore(RosterPerson, row) for row in answer["people"]]
    faults, columns, as_of_on = _rest(answer)
    return RosterFile(people, answer["counts"], faults, columns, answer["month"], as_of_on)


def parse_results(content: bytes, file_name: str, today: date) -> list[ResultRow]:
    """`read_results` in a child. Raises Problem with the code of a TableError, or too_slow."""
    return [ResultRow(*row) for row in _run("results", content, file_name, today, "")["rows"]]


def parse_staff(content: bytes, file_name: str, today: date) -> list[StaffRow]:
    """`read_staff` in a child. Raises Problem with the code of a TableError, or too_slow."""
    return [StaffRow(*row) for row in _run("staff", content, file_name, today, "")["rows"]]


def parse_days(content: bytes, file_name: str, today: date) -> list[DayRow]:
    """`read_days` in a child. Raises Problem with the code of a TableError, or too_slow."""
    return [DayRow(*row) for row in _run("days", content, file_name, today, "")["rows"]]


def _run(subject: str, content: bytes, file_name: str, today: date, kind: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "backend.storage.sandbox", subject, today.isoformat(), kind, file_name]
    try:
        child = subprocess.run(  # noqa: S603 - our own module; the name is one argument, never a shell's
            command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False, cwd=ROOT
        )
    except subprocess.TimeoutExpired as error:
        raise Problem("too_slow") from error
    if child.returncode < 0:
        raise Problem("too_slow")
    if child.returncode:
        # The kind of error is enough to find it by; its text could quote somebody's row.
        last = child.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        log.error("the file reader failed: %s", last.partition(":")[0])
        raise Problem("reader_failed")
    answer: dict[str, Any] = json.loads(child.stdout)
    if "refused" in answer:
        raise Problem(answer["refused"], **_in_words(answer["facts"]))
    return answer


def _in_words(facts: dict[str, Any]) -> dict[str, Any]:
    """Kinds of tables by their names, for the sentence."""
    return facts | {key: TableKind(facts[key] or "other").label for key in ("told", "seen") if key in facts}


def _rest(answer: dict[str, Any]) -> tuple[list[RowFault], list[ColumnNote], date | None]:
    day = answer["as_of_on"]
    faults = [RowFault(*fault) for fault in answer["faults"]]
    return faults, [ColumnNote(*note) for note in answer["columns"]], date.fromisoformat(day) if day else None


def _restore(shape: Any, values: list[Any]) -> Any:
    for place, name in enumerate(shape._fields):
        if values[place] is not None and (name in _DAYS or name == "submitted_at"):
            read = datetime.fromisoformat if name == "submitted_at" else date.fromisoformat
            values[place] = read(values[place])
        elif name == "member_ids":
            values[place] = tuple(values[place])
    return shape(*values)


def _plain(reading: NamedTuple) -> str:
    def as_text(value: object) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    return json.dumps(reading._asdict(), default=as_text, ensure_ascii=False)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(subject: str, today: str, kind: str, file_name: str) -> str:
    content, day = sys.stdin.buffer.read(), date.fromisoformat(today)
    try:
        if subject == "declarations":
            return _plain(read_declaration_file(content, file_name, day))
        if subject in READERS:
            return json.dumps({"rows": READERS[subject](content)}, ensure_ascii=False)
        return _plain(read_roster_file(content, file_name, day, kind or None))
    except TableError as error:
        return json.dumps({"refused": error.code, "facts": error.facts})
    except (MemoryError, RecursionError):
        return json.dumps({"refused": "too_slow", "facts": {}})


if __name__ == "__main__":
    _limit()
    sys.stdout.buffer.write(_answer(*sys.argv[1:5]).encode())
