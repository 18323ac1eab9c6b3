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
def office_on(
    migrated_folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Office]]:
    """`office_on("postgresql")` is an office on that database, in a folder of its own."""
    urls: list[str] = []

    def open_office(engine: str) -> Office:
        if engine == "postgresql":
            template = request.getfixturevalue("migrated_postgres")
            urls.append(request.getfixturevalue("postgres").fresh(template))
        return Office(copied(migrated_folder, tmp_path / "var"), *urls)

    yield open_office
    for url in urls:
        request.getfixturevalue("postgres").drop(url)


@pytest.fixture
def office(office_on: Callable[[str], Office]) -> Office:
    """An office on SQLite."""
    return office_on("sqlite")


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
