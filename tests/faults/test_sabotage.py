"""Each guard is switched off by itself, and each time a named test turns red."""

from tests.faults.conftest import TABLE_LINE
from tests.faults.sabotage import Guard, guards, try_guards


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


def test_what_nobody_misses_and_what_merely_breaks_is_not_red():
    named = "tests/domain/test_attribution.py::test_without_either_nobody_does[None-None-None]"
    file, text = "backend/domain/sync/attribution.py", "    if carrier_id is None:\n        return None\n"
    kinds = {
        "missed": "",
        "not missed": f"{text}    # Said twice.\n",
        "no name": "    if carried_id is None:\n        return None\n",
        "no program": "    if carrier_id is\n",
        "not there": text,
    }
    tried = [
        Guard(kind, "", file, text if kind != "not there" else "if carried:", off, named) for kind, off in kinds.items()
    ]
    assert {outcome.guard.name: outcome.is_red for outcome in try_guards(tried)} == {
        kind: kind == "missed" for kind in kinds
    }
