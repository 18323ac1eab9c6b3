"""make bench-sync: deposits, pulls and photos beside Kinto and PouchDB's server, in one run on one machine."""

import argparse
import hashlib
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import ours, rivals, visits
from tests.bench.checking import checked
from tests.bench.load import Measured, request, run
from tests.bench.service import Service
from tests.bench.targets import (
    HEAD,
    Day,
    Kinto,
    Ours,
    Pouch,
    Row,
    Unchanged,
    ratios,
    shares,
    targets_alone,
    targets_beside,
)

CLIENTS, BATCHES, BATCH, ROUNDS = 32, 2, 20, 3
PHOTO_CLIENTS, PHOTOS = 8, 8
CROWDED = 300
PROCESSES = (1, 2)


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


def ours_on(folder: Path, staff: list[ours.Worker], processes: int) -> Ours:
    """Deposit, deposit and apply, photos, with that many processes."""
    crew, total = staff[:CLIENTS], CLIENTS * BATCHES * BATCH
    who = f"ours, {processes} process{'es' * (processes > 1)}"
    shots = [[visits.photo(ours.chance(n))] * PHOTOS for n in range(PHOTO_CLIENTS)]
    with ours.office(folder, processes) as service:
        kept = [our_batches(service, crew, 10 * processes + n) for n in range(ROUNDS)]
        deposit = measure(f"{who}: deposit", service, total, [lambda b=b: ours.deposit(service, b) for b in kept])
        kept = [our_batches(service, crew, 50 + 10 * processes + n) for n in range(ROUNDS)]
        both = [lambda b=b: deposit_and_apply(service, folder, b) for b in kept]
        with ours.judging(folder):
            applied = measure(f"{who}: deposit and apply (+ job worker)", service, total, both)
        taken = [lambda: ours.photos(service, crew[:PHOTO_CLIENTS], shots)] * ROUNDS
        photos = measure(f"{who}: photos of 250 KB", service, PHOTO_CLIENTS * PHOTOS, taken)
        with_photo = _with_photo(service, crew, shots, processes)
        return Ours(
            deposit, applied, photos,
            measure(f"{who}: visit and its photo of 250 KB", service, PHOTO_CLIENTS * PHOTOS, with_photo),
        )  # fmt: skip


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


def a_day(folder: Path, worker: ours.Worker) -> Day:
    """Pull 20 cases, deposit 20 visits, ask for the verdicts; a phone that knows office, words and parameters."""
    with ours.office(folder, 1) as service:
        tags, _ = ours.tags_of(service, worker)
        pulled = ours.pull(service, [worker], known={}, items=[], **tags)
        known = {case["id"]: case["revision"] for case in ours.answer_of(pulled)["cases"]}
        assert len(known) == BATCH
        told = ours.deposit(service, [[ours.batch(service, worker, payloads(BATCH, 7, list(known)))]])
        asked = ours.pull(service, [worker], known=known, items=[], **tags)
    return Day("ours", [part.bytes_up + part.bytes_down for part in (pulled, told, asked)])


def unchanged(folder: Path, worker: ours.Worker) -> Unchanged:
    """A phone with 300 cases asks and nothing is new; what it knows goes along as the phone tells it."""
    with ours.office(folder, 1) as service:
        tags, mark = ours.tags_of(service, worker)
        cases = ours.answer_of(ours.pull(service, [worker]))["cases"]
        lines = "".join(f"{case['id']}:{case['revision']}\n" for case in sorted(cases, key=lambda case: case["id"]))
        told = {"digest": hashlib.sha256(lines.encode()).hexdigest(), "items": []} | tags
        headers = ours.JSON | worker.cookie | {"Ruhu-Mark": mark}
        one = request("POST", service.address, "/api/v1/changes", json.dumps(told).encode(), headers=headers)
        asked = run(service.address, [[one] * rivals.ASKED]).require(200)
        assert ours.answer_of(asked)["cases"] == []
    return _nothing_new("ours", asked, len(cases))


def _nothing_new(whose: str, asked: Measured, cases: int) -> Unchanged:
    size = (asked.bytes_up + asked.bytes_down) / len(asked.seconds)
    return Unchanged(whose, cases, size, asked.percentile(50), asked.percentile(95))


def kinto_on(folder: Path, processes: int) -> tuple[Kinto, Day, Unchanged]:
    shots = [[visits.photo(ours.chance(n))] * PHOTOS for n in range(PHOTO_CLIENTS)]
    who, brought = f"Kinto, {processes} process{'es' * (processes > 1)}", PHOTO_CLIENTS * PHOTOS
    with rivals.kinto(folder, processes) as service:
        days = [lambda n=n: rivals.kinto_deposit(service, rival_batches(n)) for n in range(ROUNDS)]
        rows = Kinto(
            measure(f"{who}: deposit", service, CLIENTS * BATCHES * BATCH, days),
            measure(f"{who}: photos, base64 in a record, flushed", service, brought,
                    [lambda: rivals.kinto_photos(service, shots)] * ROUNDS),
            measure(f"{who}: photos, kinto-attachment, not flushed", service, brought,
                    [lambda: rivals.kinto_attachments(service, shots)] * ROUNDS),
        )  # fmt: skip
        asked = rivals.kinto_unchanged(service, payloads(CROWDED, 3))
        day = Day("Kinto", rivals.kinto_day(service, payloads(BATCH, 1), payloads(BATCH, 2)))
        return rows, day, _nothing_new("Kinto", asked, CROWDED)


def pouchdb_alone(folder: Path) -> Pouch:
    shots = [[visits.photo(ours.chance(n))] * PHOTOS for n in range(PHOTO_CLIENTS)]
    with rivals.pouchdb(folder) as service:
        days = [lambda n=n: rivals.pouchdb_deposit(service, rival_batches(n)) for n in range(ROUNDS)]
        return Pouch(
            measure("PouchDB's server, not flushed: deposit", service, CLIENTS * BATCHES * BATCH, days),
            measure("PouchDB's server, not flushed: photos as attachments", service, PHOTO_CLIENTS * PHOTOS,
                    [lambda: rivals.pouchdb_photos(service, shots)] * ROUNDS),
            Day("PouchDB", rivals.pouchdb_day(service, payloads(BATCH, 1), payloads(BATCH, 2))),
        )  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--alone", action="store_true", help="only ours, to see what a change does")
    is_alone = asked.parse_args().alone
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
          f"{CLIENTS} clients × {BATCHES} batches × {BATCH} visits of {visits.size_of(payloads(1, 1)[0])} bytes, "
          f"{ROUNDS} rounds, medians; load before: {os.getloadavg()[0]:.1f}", HEAD, sep="\n", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="ruhu-bench-") as name:
        folder = Path(name)
        staff = ours.staff(folder / "ruhu", households=[BATCH * BATCHES] * CLIENTS + [BATCH, CROWDED])
        kinto = {} if is_alone else {processes: kinto_on(folder, processes) for processes in PROCESSES}
        pouch = None if is_alone else pouchdb_alone(folder)
        mine = {processes: ours_on(folder / "ruhu", staff, processes) for processes in PROCESSES}
        day, pull = a_day(folder / "ruhu", staff[CLIENTS]), unchanged(folder / "ruhu", staff[-1])
        looked = checked(folder / "ruhu", staff[0])
    rows = [
        *(row for all_rows in mine.values() for row in all_rows),
        *(row for told, _, _ in kinto.values() for row in told),
    ]
    days = [day, *([kinto[1][1]] if kinto else []), *([pouch.day] if pouch else [])]
    print(*(row.line() for row in [*rows, *(pouch[:2] if pouch else [])]), sep="\n")
    pulls = [pull, *([kinto[1][2]] if kinto else [])]
    print(*(one.line() for one in [*days, *pulls]), looked.line(), sep="\n")
    if pouch:
        told = [ratios(n, mine[n], kinto[n][0], pouch) for n in PROCESSES]
        print("", *(line for lines in told for line in lines), *shares(day, days[1:]), sep="\n")
    wanted = (targets_beside(mine[1], kinto[1][0]) if kinto else []) + targets_alone(mine[1], day, pull, looked)
    print("\nTargets, on one process", *(target.line() for target in wanted), sep="\n")


if __name__ == "__main__":
    main()
