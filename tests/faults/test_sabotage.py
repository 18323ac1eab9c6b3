"""Each guard is switched off by itself, and each time a named test turns red."""

from tests.faults.conftest import TABLE_LINE
from tests.faults.sabotage import guards, try_guards


def test_every_guard_is_missed(migrated_folder, tally, monkeypatch, record_property):
    monkeypatch.setenv("RUHU_MIGRATED_FOLDER", str(migrated_folder))
    row, unmissed = tally("sabotage"), []
    row["guards"] = row["red"] = 0
    for outcome in try_guards(guards()):
        row.add("guards")
        row.add("red", outcome.is_red)
        record_property(TABLE_LINE, f"sabotage, {outcome.line()}")
        unmissed += [] if outcome.is_red else [outcome.line()]
    assert not unmissed, "\n".join(unmissed)
