"""How much is injected, from which seed, and what came of it."""

import os
import random
import time
from collections import Counter
from zlib import crc32

IS_FULL = os.environ.get("RUHU_FAULTS") == "full"
SEED = int(os.environ.get("RUHU_SEED", "20230901"))


def amount(first: int, second: int) -> int:
    """The first column of the table (`make test`) or the second (`make faults`)."""
    return second if IS_FULL else first


class Tally:
    """One row of the table: counts, printed at the end of the run whether the test passed or not."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.counts: Counter[str] = Counter()
        self.chance = random.Random(SEED ^ crc32(title.encode()))
        self._started = time.monotonic()

    def __setitem__(self, name: str, number: int) -> None:
        self.counts[name] = number

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def add(self, name: str, number: int = 1) -> None:
        """Count `number` more of `name`."""
        self.counts[name] += number

    def line(self) -> str:
        """The row as a person reads it."""
        told = " · ".join(f"{name} {number:,}" for name, number in self.counts.items())
        return f"{self.title}: {told} · {time.monotonic() - self._started:.0f} s"
