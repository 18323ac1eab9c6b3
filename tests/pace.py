"""What keeps a run short: the longest files begin first, and what every worker needs is made by one of them."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

# Roughly the seconds of each on two cores; a file that is not here takes less than any of these.
LONG = {
    "desk/test_axe.py": 235, "journeys/test_axe.py": 200, "journeys/test_looks.py": 190, "journeys/test_document.py": 144,
    "journeys/test_outbox_number.py": 80, "test_demo.py": 90, "test_run.py": 78, "desk/test_quick.py": 60,
    "desk/test_pages.py": 40, "desk/test_ledgers_then.py": 30, "domain/test_figures_again.py": 28,
}  # fmt: skip


def long_ones_first(items: list[pytest.Item]) -> None:
    """A worker takes one file after the other: a long one that comes last keeps everybody waiting."""

    def seconds(item: pytest.Item) -> int:
        path = item.path.as_posix()
        return next((took for name, took in LONG.items() if path.endswith(f"/tests/{name}")), 0)

    items.sort(key=seconds, reverse=True)


def once_a_run(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """The run's folder of this name, filled by whichever worker asks first; nobody may change it afterwards."""
    run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder, making = run / name, run / f"{name}.making"
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making.mkdir()
            fill(making)
            making.rename(folder)
    return folder
