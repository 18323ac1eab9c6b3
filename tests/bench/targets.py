"""What the synchronisation is to reach on one process, each target beside what this run measured."""

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A figure of several rounds: things a second (median), milliseconds a request, CPU milliseconds a thing."""

    name: str
    rate: float
    p50: float
    p95: float
    cpu: float

    def line(self) -> str:
        return f"{self.name:<62}{self.rate:9.0f}/s{self.p50:9.0f}{self.p95:9.0f}{self.cpu:9.2f}"


HEAD = f"{'':<62}{'':>11}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}"


class Day(NamedTuple):
    """A day of work on the wire: `sizes` in bytes both ways, one for each request."""

    whose: str
    sizes: Sequence[int]

    @property
    def size(self) -> int:
        return sum(self.sizes)

    def line(self) -> str:
        parts = ", ".join(f"{size / 1000:.1f}" for size in self.sizes)
        return f"{self.whose}: a day of work {self.size / 1000:.1f} KB in {len(self.sizes)} requests ({parts})"


class Unchanged(NamedTuple):
    """A pull of that many cases of which none is new: bytes both ways, milliseconds."""

    whose: str
    cases: int
    size: float
    p50: float
    p95: float

    def line(self) -> str:
        return f"{self.whose}: unchanged pull of {self.cases} cases {self.size:.0f} bytes, p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms"


class Ours(NamedTuple):
    """What ours did on one number of processes."""

    deposit: Row
    applied: Row
    photos: Row
    both: Row


class Kinto(NamedTuple):
    """`photos` as durable as ours; `loose` by its own plugin, which does not wait for the disk."""

    deposit: Row
    photos: Row
    loose: Row


class Pouch(NamedTuple):
    deposit: Row
    photos: Row
    day: Day


class Checked(NamedTuple):
    """CPU milliseconds a visit: `deposited` shape, hash and signature; `judged` what the visit says, after the answer."""

    deposited: float
    judged: float

    def line(self) -> str:
        return (
            f"ours: validation {self.deposited:.2f} ms a visit deposited, {self.judged:.2f} ms more when it is judged"
        )


class Target(NamedTuple):
    name: str
    measured: float
    limit: float
    unit: str
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.measured >= self.limit if self.is_least else self.measured <= self.limit

    def line(self) -> str:
        wanted = f"{'≥' if self.is_least else '≤'} {self.limit:g} {self.unit}"
        return f"{self.name:<62}{wanted:>14}{self.measured:11.2f}   {'met' if self.is_met else 'NOT MET'}"


def targets_alone(mine: Ours, day: Day, pull: Unchanged, checked: Checked) -> list[Target]:
    """Those that need nobody beside ours."""
    return [
        Target("a day of work (20 cases pulled, 20 visits deposited)", day.size / 1000, 70, "KB"),
        Target("its requests", len(day.sizes), 4, ""),
        Target(f"unchanged pull of {pull.cases} cases", pull.size / 1000, 2, "KB"),
        Target("the same, p50", pull.p50, 10, "ms"),
        Target("server CPU a visit deposited", mine.deposit.cpu, 1.3, "ms"),
        Target("validation a visit deposited (shape, hash, signature)", checked.deposited, 0.4, "ms"),
    ]


def targets_beside(mine: Ours, kinto: Kinto) -> list[Target]:
    """Those that are ratios to Kinto."""
    return [
        Target("deposit beside Kinto", mine.deposit.rate / kinto.deposit.rate, 8, "×", True),
        Target("deposit and apply beside Kinto's deposit", mine.applied.rate / kinto.deposit.rate, 3, "×", True),
        Target("photos beside Kinto, flushed like ours", mine.photos.rate / kinto.photos.rate, 4, "×", True),
    ]


def ratios(processes: int, mine: Ours, kinto: Kinto | None, pouch: Pouch) -> list[str]:
    """How many times as much ours does in a second; PouchDB's server is always one process."""
    told = [
        ("deposit beside PouchDB's server, which never flushes", mine.deposit.rate / pouch.deposit.rate),
        ("deposit and apply beside PouchDB's deposit", mine.applied.rate / pouch.deposit.rate),
        ("photos beside PouchDB's server, which never flushes", mine.photos.rate / pouch.photos.rate),
    ]
    if kinto:
        told += [
            ("deposit beside Kinto", mine.deposit.rate / kinto.deposit.rate),
            ("deposit and apply beside Kinto's deposit", mine.applied.rate / kinto.deposit.rate),
            ("photos beside Kinto, flushed like ours", mine.photos.rate / kinto.photos.rate),
            ("photos beside Kinto's plugin, which does not flush them", mine.photos.rate / kinto.loose.rate),
        ]
    return [f"{processes} proc. {name:<60}{ratio:10.1f} ×" for name, ratio in told]


def shares(mine: Day, others: Sequence[Day]) -> list[str]:
    """How much of the others' bytes ours needs."""
    return [f"a day's bytes, ours of {other.whose}'s: {100 * mine.size / other.size:.0f} %" for other in others]
