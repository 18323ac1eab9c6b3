"""The demo county's six files, brought in the way a county brings its own."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from backend import clock
from backend.domain import comparison_run, intake
from backend.models import Declaration, ImportBatch, RosterEntry, db
from backend.storage import sandbox
from demo.staff import person

SAMPLES = Path(__file__).parent / "samples"
DECLARED = "一键报贫"


def sample_files() -> list[Path]:
    """The declarations first, then the rosters."""
    return sorted(SAMPLES.iterdir(), key=lambda path: (DECLARED not in path.name, path.name))


def _bring(path: Path) -> ImportBatch:
    content, actor = path.read_bytes(), person("county_rv01")
    today = clock.local(clock.now()).date()
    sha256 = hashlib.sha256(content).hexdigest()
    if DECLARED in path.name:
        declared = sandbox.parse_declarations(content, path.name, today)
        return intake.import_declarations(declared, file_name=path.name, sha256=sha256, actor=actor)
    roster = sandbox.parse_roster(content, path.name, today, None)
    return intake.import_roster(roster, file_name=path.name, sha256=sha256, actor=actor)


def bring_files() -> Iterator[str]:
    """Import the six files and compare them; says what came in."""
    for path in sample_files():
        batch = _bring(path)
        yield f"{batch.kept_count} rows of {path.name}"
    run = comparison_run.run_comparison(actor=person("county_rv01"))
    _bring_nearer()
    yield " ".join(f"{code} {count}" for code, count in run.counts.items())


def _bring_nearer() -> None:
    """The files are of 2023. Compared as of then, they are told as if the last had come the day before: else every
    household of the demo would have waited for years."""
    told = list(db.session.scalars(select(Declaration)))
    yesterday = clock.local(clock.now()).date() - timedelta(days=1)
    nearer = yesterday - max(clock.local(one.submitted_at).date() for one in told)
    for one in told:
        one.submitted_at += nearer
        one.pushed_on = yesterday
    # Relief that was within the window stays within it when somebody compares again.
    for entry in db.session.scalars(select(RosterEntry).where(RosterEntry.paid_on.is_not(None))):
        entry.paid_on = entry.paid_on + nearer if entry.paid_on else None
    db.session.flush()
