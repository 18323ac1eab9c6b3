"""Random schedules of the phone's real program against the real server: what people made is there once, and ends.

The schedules, the phones and the faults are in frontend/field/tests/model; the server is rules_server.py.
"""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.faults.tally import SEED, amount
from tests.house import ROOT

PHONE = ROOT / "frontend/field"
# Each is a node process with a server process of its own; one waits while the other works, so the two fill one core.
AT_ONCE = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
# Fresh processes now and then: what one schedule leaves behind must not meet thousands of others.
CHUNK = 2_500
TRIES = 3
SCHEDULE = re.compile(r"or: node tests/model/run\.mjs --schedule '(\[.*\])'")
SAID = 6_000


def _run(*asked: str) -> subprocess.CompletedProcess[str]:
    command = ["node", "--max-semi-space-size=64", "tests/model/run.mjs", *asked, "--python", sys.executable]
    return subprocess.run(command, cwd=PHONE, capture_output=True, text=True, check=False)


def _counts(end: subprocess.CompletedProcess[str]) -> dict[str, int]:
    return json.loads(end.stdout.splitlines()[-1]) if end.stdout else {}


def _told(end: subprocess.CompletedProcess[str]) -> str:
    """The failure as it happened, and how often its schedule fails again from nothing: a rare one is no smaller."""
    found = SCHEDULE.search(end.stderr)
    if found is None:
        return end.stderr[-SAID:]
    times = sum(_run("--schedule", found[1]).returncode != 0 for _ in range(TRIES))
    return f"{end.stderr[-SAID:]}\nplayed again from nothing it failed {times} of {TRIES} times"


def _play(seed: int) -> tuple[dict[str, int], str]:
    """(counts, failure) of one chunk."""
    end = _run("--schedules", str(CHUNK), "--seed", str(seed))
    counts = _counts(end)
    return (counts, "") if end.returncode == 0 else (counts | {"disagreed": 1}, _told(end))


def test_phones_and_server_agree_after_every_schedule(tally):
    row = tally("model, 3 phones × 2 people")
    chunks_wanted = amount(20_000, 1_000_000) // CHUNK
    # Whoever is free takes the next chunk: nobody is left alone with several at the end.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        chunks = list(pool.map(_play, range(SEED, SEED + chunks_wanted)))
    for counts, _ in chunks:
        for name, number in counts.items():
            row.add(name, number)
    failures = [failure for _, failure in chunks if failure]
    assert not failures, "\n".join(failures)
    assert row["schedules"] >= chunks_wanted * CHUNK, row.line()
    assert (row["lost"], row["duplicate"], row["stuck"]) == (0, 0, 0), row.line()
