"""make bench-sync: deposits, pulls and photos beside Kinto and PouchDB's server, in one run on one machine."""

import argparse
import hashlib
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.bench import ours, rivals, visits
from tests.bench.load import Measured, request, run
from tests.bench.service import Service

CLIENTS, BATCHES, BATCH, ROUNDS = 32, 2, 20, 3
PHOTO_CLIENTS, PHOTOS = 8, 8
CROWDED = 300


class Row(NamedTuple):
    """A figure of several rounds: things a second (median), milliseconds a request, CPU milliseconds a thing."""

    name: str
    rate: float
    p50: float
    p95: float
    cpu: float

    def line(self, beside: float | None = None) -> str:
        ratio = f"{self.rate / beside:6.1f} × Kinto" if beside else ""
        return f"{self.name:<44}{self.rate:9.0f}/s{self.p50:9.0f}{self.p95:9.0f}{self.cpu:9.2f}  {ratio}"


HEAD = f"{'':<44}{'':>11}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}"


def measure(name: str, service: Service, things: int, rounds: Sequence[Callable[[], Measured]]) -> Row:
    """Run the prepared rounds one after the other; the medians of what they took."""
    told = []
    for go in rounds:
        before = service.cpu()
        done = go()
        told.append(
            (done.rate(things), done.percentile(50), done.percentile(95), 1000 * (service.cpu() - before) / things)
        )
    return Row(name, *(median(column) for column in zip(*told, strict=True)))


def payloads(
    count: int, number: int, cases: Sequence[str] = ("0190a000-0000-7000-8000-00000000d001",)
) -> list[dict[str, Any]]:
    """Seeded visits, one after the other to the given cases."""
    chance = ours.chance(number)
    return [visits.visit(chance, cases[order % len(cases)]) for order in range(count)]


def rival_batches(number: int) -> list[list[list[dict[str, Any]]]]:
    return [[payloads(BATCH, number * 1000 + client * 10 + b) for b in range(BATCHES)] for client in range(CLIENTS)]


def our_batches(service: Service, staff: Sequence[ours.Worker], number: int) -> list[list[bytes]]:
    return [
        [
            ours.batch(service, worker, payloads(BATCH, number * 1000 + client * 10 + b, worker.take(BATCH)))
            for b in range(BATCHES)
        ]
        for client, worker in enumerate(staff)
    ]


def deposit_and_apply(service: Service, folder: Path, prepared: list[list[bytes]]) -> Measured:
    """The deposit, until the job worker, which judges meanwhile, has judged the last visit."""
    began = time.perf_counter()
    deposited = ours.deposit(service, prepared)
    ours.wait_until_judged(folder)
    deposited.wall = time.perf_counter() - began
    return deposited


def ours_on(folder: Path, staff: list[ours.Worker], processes: int) -> list[Row]:
    """Deposit, deposit and apply, photos, with that many processes."""
    crew = staff[:CLIENTS]
    total = CLIENTS * BATCHES * BATCH
    shots = [[visits.photo(ours.chance(n))] * PHOTOS for n in range(PHOTO_CLIENTS)]
    rows = []
    with ours.office(folder, processes) as service:
        kept = [our_batches(service, crew, 10 * processes + n) for n in range(ROUNDS)]
        rows.append(measure("deposit", service, total, [lambda b=b: ours.deposit(service, b) for b in kept]))
        kept = [our_batches(service, crew, 50 + 10 * processes + n) for n in range(ROUNDS)]
        both = [lambda b=b: deposit_and_apply(service, folder, b) for b in kept]
        with ours.judging(folder):
            rows.append(measure("deposit and apply (+ worker)", service, total, both))
        taken = [lambda: ours.photos(service, crew[:PHOTO_CLIENTS], shots)] * ROUNDS
        rows.append(measure("photos of 250 KB", service, PHOTO_CLIENTS * PHOTOS, taken))
        rows.append(
            measure("visit and photo", service, PHOTO_CLIENTS * PHOTOS, _with_photo(service, crew, shots, processes))
        )
    return [row._replace(name=f"ours, {processes} process{'es' * (processes > 1)}: {row.name}") for row in rows]


def _with_photo(
    service: Service, crew: Sequence[ours.Worker], shots: list[list[bytes]], processes: int
) -> list[Callable[[], Measured]]:
    def go(number: int) -> Measured:
        prepared = [
            [ours.batch(service, worker, payloads(PHOTOS, 900 * processes + number, worker.take(PHOTOS)))]
            for worker in crew[:PHOTO_CLIENTS]
        ]
        told = ours.deposit(service, prepared)
        brought = ours.photos(service, crew[:PHOTO_CLIENTS], shots)
        brought.wall += told.wall
        return brought

    return [lambda n=n: go(n) for n in range(ROUNDS)]


def a_day(folder: Path, worker: ours.Worker) -> list[str]:
    """Bytes of a day: pull 20 cases, deposit 20 visits, ask for the verdicts; and the pull of 300 unchanged cases."""
    with ours.office(folder, 1) as service:
        pulled = ours.pull(service, [worker], known={}, items=[])
        known = {case["id"]: case["revision"] for case in ours.answer_of(pulled)["cases"]}
        day = ours.deposit(service, [[ours.batch(service, worker, payloads(BATCH, 7, list(known)))]])
        asked = ours.pull(service, [worker], known=known, items=[])
        parts = (pulled, day, asked)
        told = sum(part.bytes_up + part.bytes_down for part in parts)
        return [f"ours: a day of work ({len(known)} cases, {BATCH} visits): {told / 1000:.1f} KB in {len(parts)} requests "
                + f"({', '.join(f'{(p.bytes_up + p.bytes_down) / 1000:.1f}' for p in parts)})"]  # fmt: skip


def unchanged(folder: Path, worker: ours.Worker) -> list[str]:
    """A phone with 300 cases asks and nothing is new."""
    with ours.office(folder, 1) as service:
        cases = ours.answer_of(ours.pull(service, [worker]))["cases"]
        lines = "".join(f"{case['id']}:{case['revision']}\n" for case in sorted(cases, key=lambda case: case["id"]))
        body = f'{{"digest":"{hashlib.sha256(lines.encode()).hexdigest()}","items":[]}}'.encode()
        one = request("POST", service.address, "/api/v1/changes", body, headers=ours.JSON | worker.cookie)
        asked = run(service.address, [[one] * 200]).require(200)
        assert ours.answer_of(asked)["cases"] == []
        size = (asked.bytes_up + asked.bytes_down) / 200
        return [f"ours: unchanged pull of {len(cases)} cases: {size:.0f} bytes both ways, "
                f"p50 {asked.percentile(50):.1f} ms, p95 {asked.percentile(95):.1f} ms"]  # fmt: skip


def kinto_rows(folder: Path, processes: int) -> tuple[list[Row], list[str]]:
    shots = [[visits.photo(ours.chance(n))] * PHOTOS for n in range(PHOTO_CLIENTS)]
    with rivals.kinto(folder, processes) as service:
        days = [lambda n=n: rivals.kinto_deposit(service, rival_batches(n)) for n in range(ROUNDS)]
        rows = [
            measure(f"Kinto, {processes} proc.: deposit", service, CLIENTS * BATCHES * BATCH, days),
            measure(f"Kinto, {processes} proc.: photos of 250 KB", service, PHOTO_CLIENTS * PHOTOS,
                    [lambda: rivals.kinto_photos(service, shots)] * ROUNDS),
            measure(f"Kinto, {processes} proc.: photos, not flushed (plugin)", service, PHOTO_CLIENTS * PHOTOS,
                    [lambda: rivals.kinto_attachments(service, shots)] * ROUNDS),
        ]  # fmt: skip
        day = rivals.kinto_day(service, payloads(BATCH, 1), payloads(BATCH, 2)) if processes == 1 else None
    return rows, [f"Kinto: a day of work: {(day.bytes_up + day.bytes_down) / 1000:.1f} KB"] if day else []


def pouchdb_rows(folder: Path) -> tuple[list[Row], list[str]]:
    shots = [[visits.photo(ours.chance(n))] * PHOTOS for n in range(PHOTO_CLIENTS)]
    with rivals.pouchdb(folder) as service:
        days = [lambda n=n: rivals.pouchdb_deposit(service, rival_batches(n)) for n in range(ROUNDS)]
        rows = [
            measure("PouchDB server (no fsync): deposit", service, CLIENTS * BATCHES * BATCH, days),
            measure("PouchDB server (no fsync): photos of 250 KB", service, PHOTO_CLIENTS * PHOTOS,
                    [lambda: rivals.pouchdb_photos(service, shots)] * ROUNDS),
        ]  # fmt: skip
        day = rivals.pouchdb_day(service, payloads(BATCH, 1), payloads(BATCH, 2))
    return rows, [f"PouchDB server: a day of work: {(day.bytes_up + day.bytes_down) / 1000:.1f} KB"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--alone", action="store_true", help="only ours, to see what a change does")
    is_alone = asked.parse_args().alone
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
          f"{CLIENTS} clients × {BATCHES} batches × {BATCH} visits of {visits.size_of(payloads(1, 1)[0])} bytes, "
          f"{ROUNDS} rounds, medians")  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="ruhu-bench-") as name:
        folder = Path(name)
        staff = ours.staff(folder / "ruhu", households=[BATCH * BATCHES] * CLIENTS + [BATCH, CROWDED])
        theirs = {} if is_alone else {processes: kinto_rows(folder, processes) for processes in (1, 2)}
        pouch, pouch_day = ([], []) if is_alone else pouchdb_rows(folder)
        mine = {processes: ours_on(folder / "ruhu", staff[:CLIENTS], processes) for processes in (1, 2)}
        notes = [*a_day(folder / "ruhu", staff[CLIENTS]), *unchanged(folder / "ruhu", staff[-1]), *pouch_day]
    show(mine, theirs, pouch, notes)


def show(
    mine: dict[int, list[Row]], theirs: dict[int, tuple[list[Row], list[str]]], pouch: list[Row], notes: list[str]
) -> None:
    """The table: ours with its ratio to Kinto on as many processes, then the others."""
    print(HEAD)
    for processes, rows in mine.items():
        beside, said = theirs.get(processes, ([], []))
        kept, brought = (row.rate for row in beside[:2]) if beside else (None, None)
        for row, rate in zip(rows, (kept, kept, brought, None), strict=True):
            print(row.line(rate))
        for row in beside:
            print(row.line())
        notes += said
    for line in [*(row.line() for row in pouch), *notes]:
        print(line)


if __name__ == "__main__":
    main()
