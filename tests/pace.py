"""What keeps a run short: the longest files begin first, and what every worker needs is made by one of them."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

# Roughly the seconds of each, browsers' on the wall, the others' of processor time: what matters is the order.
LONG = {
    "desk/test_axe.py": 235, "journeys/test_axe.py": 200, "journeys/test_looks.py": 190, "journeys/test_document.py": 144,
    "journeys/test_outbox_number.py": 80, "test_run.py": 78, "desk/test_quick.py": 27, "test_demo.py": 21,
    "desk/test_pages.py": 20, "test_commands.py": 15, "domain/test_figures.py": 11, "desk/test_documents_and_pages.py": 10,
    "desk/test_rows_and_pages.py": 8, "desk/test_ledgers_then.py": 8, "domain/test_figures_lists.py": 8, "domain/test_figures_again.py": 8,
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
