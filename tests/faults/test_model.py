"""Random schedules of the phone's real program against the real server: what people made is there once, and ends.

The schedules, the phones and the faults are in frontend/field/tests/model; the server is rules_server.py.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.faults.tally import SEED, amount
from tests.house import ROOT

PHONE = ROOT / "frontend/field"
# Each is a node process with a server process of its own.
AT_ONCE = 2


def _run(number: int, schedules: int) -> subprocess.CompletedProcess[str]:
    asked = ["--schedules", str(schedules), "--seed", str(SEED + number), "--python", sys.executable]
    return subprocess.run(
        ["node", "--max-semi-space-size=64", "tests/model/run.mjs", *asked], cwd=PHONE, capture_output=True, text=True, check=False
    )  # fmt: skip


def test_phones_and_server_agree_after_every_schedule(tally):
    row = tally("model, 3 phones × 2 people")
    share = amount(20_000, 1_000_000) // AT_ONCE
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ends = list(pool.map(_run, range(AT_ONCE), [share] * AT_ONCE))
    for end in ends:
        counts = json.loads(end.stdout.splitlines()[-1]) if end.stdout else {}
        for name, number in counts.items():
            row.add(name, number)
    assert not any(end.returncode for end in ends), "\n".join(end.stderr[-6000:] for end in ends)
    assert row["schedules"] == share * AT_ONCE, row.line()
    assert (row["lost"], row["duplicate"], row["stuck"]) == (0, 0, 0), row.line()
