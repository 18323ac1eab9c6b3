"""Every test here is a fault test with one row in the table that is printed at the end of the run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.office import Office, copied
from tests.faults.tally import IS_FULL, SEED, Tally

TABLE_LINE = "fault table line"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/faults/" in item.path.as_posix():
            item.add_marker("faults")


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Callable[[str], Tally]]:
    """`tally("kill -9")` opens the row of that title."""
    opened: list[Tally] = []

    def open_row(title: str) -> Tally:
        opened.append(Tally(title))
        return opened[-1]

    yield open_row
    for row in opened:
        record_property(TABLE_LINE, row.line())


@pytest.fixture
def office(migrated_folder: Path, tmp_path: Path) -> Office:
    """An office on SQLite in a folder of its own."""
    return Office(copied(migrated_folder, tmp_path / "var"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = []
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                lines += [text for name, text in report.user_properties if name == TABLE_LINE]
    if lines:
        terminalreporter.section(f"injected faults, {'full' if IS_FULL else 'first'} column, seed {SEED}")
        for line in sorted(lines):
            terminalreporter.write_line(line)
