"""Whoever moves a guard moves its row in tests/faults/guards_*.toml, too."""

from collections import Counter

from tests.faults.sabotage import fault_of, guards
from tests.house import ROOT, report


def test_every_guard_stands_where_its_row_says():
    report([f"{guard.name}: {fault_of(guard)}" for guard in guards() if fault_of(guard)])


def test_every_guard_names_a_test_and_has_a_name_of_its_own():
    names = Counter(guard.name for guard in guards())
    report([name for name, times in names.items() if times > 1])
    report([guard.name for guard in guards() if not (ROOT / guard.test.split("::")[0]).is_file()])


def test_the_test_that_a_guard_names_is_there():
    """Else the sabotage of every guard stops, many minutes later."""
    lost = []
    for guard in guards():
        path, _, name = guard.test.partition("::")
        wanted = f"def {name.partition('[')[0].rpartition('::')[2]}("
        if path.endswith(".py") and wanted not in (ROOT / path).read_text("utf-8"):
            lost.append(f"{guard.name}: {guard.test}")
    report(lost)
