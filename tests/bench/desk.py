"""make bench-desk: every list, search and board of the desk over a province of 10⁴, 10⁵ and 10⁶ households.

Eight people look at once, at a server as deploy/run.sh starts it; beside the time on the wall stands the
processor time of server and database for one answer, which other work on the machine does not change.
"""

import argparse
import os
import platform
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import psycopg

from tests.bench.bare import bare
from tests.bench.desk_office import Prepared, books_cpu, form_token, office, prepare
from tests.bench.desk_pages import Page, pages_of
from tests.bench.load import request, run
from tests.bench.service import Service
from tests.postgres import running

CLIENTS, EACH = 8, 4
SOON, LIGHT = 100, 60_000
LINK = re.compile(r'href="([^"]+)"')
HEAD = f"{'':<38}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'KB':>6}{'× bare':>8}"
BARE = Page("a bare Flask page, one indexed query", "", ("/",))


class Row(NamedTuple):
    """A page under eight clients: milliseconds on the wall, of processors for one answer, bytes of its largest HTML."""

    p50: float
    p95: float
    cpu: float
    size: int
    worst: str

    @property
    def is_met(self) -> bool:
        return self.p95 <= SOON and self.size <= LIGHT


def raw_of(page: Page, service: Service, cookie: str) -> list[bytes]:
    """One request for each address of the page."""
    head = {"Cookie": f"ruhu={cookie}"}
    if not page.typed:
        return [request("GET", service.address, one, headers=head) for one in _led(page, service, head)]
    body = urlencode({"q": page.typed, "csrf_token": form_token(cookie)}).encode()
    form = head | {"Content-Type": "application/x-www-form-urlencoded"}
    return [request("POST", service.address, one, body, headers=form) for one in page.addresses]


def _led(page: Page, service: Service, head: dict[str, str]) -> list[str]:
    """The addresses, that of a list with somebody's name in it as the one it leads to: the name behind a key."""
    led = []
    for one in page.addresses:
        ((status, body),) = run(service.address, [[request("GET", service.address, one, headers=head)]]).answers
        led.append(unescape(LINK.findall(body.decode())[0]) if status == 303 else one)
    return led


def measure(page: Page, service: Service, cookie: str, postmaster: int | None) -> Row:
    """The page, first one address after the other, then all addresses shared out among the clients.

    Raises AssertionError for anything but a page.
    """
    raw = raw_of(page, service, cookie)
    alone = [run(service.address, [[one]]).require(200, 303) for one in raw]
    slowest = max(range(len(raw)), key=lambda n: alone[n].seconds[-1])
    mine = raw * (-(-(EACH if not page.typed else 2) * CLIENTS // len(raw)))
    before = service.cpu() + books_cpu(postmaster)
    told = run(service.address, [mine[n::CLIENTS] for n in range(CLIENTS)]).require(200, 303)
    cpu = 1000 * (service.cpu() + books_cpu(postmaster) - before) / len(told.seconds)
    size = max(len(body) for one in alone for _, body in one.answers)
    worst = f"{page.addresses[slowest]} {1000 * alone[slowest].seconds[-1]:.0f} ms alone"
    return Row(told.percentile(50), told.percentile(95), cpu, size, worst)


def measure_all(folder: Path, url: str, told: Prepared, postmaster: int | None, only: str) -> dict[str, Row]:
    """{page: what it took}, a bare page first: how quick the machine is just now."""
    pages = [page for page in pages_of(told.numbers, told.words) if only in page.name]
    with bare(folder, url) as service:
        rows = {BARE.name: measure(BARE, service, "", postmaster)}
    with office(folder, url) as service:
        run(service.address, [raw_of(page, service, told.cookies[page.who])[:1] for page in pages if not page.typed])
        return rows | {page.name: measure(page, service, told.cookies[page.who], postmaster) for page in pages}


@contextmanager
def home(kind: str, size: int, keep: Path | None) -> Iterator[Path]:
    """The folder of a database: one for a while, or the one of its kind and size below `keep`."""
    if keep:
        folder = keep.absolute() / f"{kind}-{size}" / "data"
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="ruhu-desk-", ignore_cleanup_errors=True) as place:
        folder = Path(place) / "data"
        folder.mkdir()
        yield folder


@contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, int | None]]:
    """(address of the folder's database, new or kept, process of its server)."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'ruhu.sqlite3'}", None
        return
    with running(is_durable=True, folder=folder.parent) as server:
        url = server.named("ruhu")
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as line:
            place = line.execute("SHOW data_directory").fetchone()
        yield url, int((Path(place[0] if place else "") / "postmaster.pid").read_text().split()[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Make each database, measure, show how it grew."""
    parser = argparse.ArgumentParser(prog="make bench-desk", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="households, e.g. 2000 to try it quickly")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--only", default="", help="pages whose name has this word")
    parser.add_argument("--keep", type=Path, help="folder in which the databases stay, to be measured again unfilled")
    chosen = parser.parse_args(arguments)
    sizes = [int(size) for size in chosen.sizes.split(",")]
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, {CLIENTS} clients, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    for kind in chosen.databases.split(","):
        grown: dict[int, dict[str, Row]] = {}
        for size in sizes:
            with home(kind, size, chosen.keep) as folder, database(kind, folder) as (url, postmaster):
                grown[size] = measure_all(folder, url, prepare(folder, url, size), postmaster, chosen.only)
            show(f"{kind}, {size:,} households", grown[size])
        show_growth(kind, grown)


def show(title: str, rows: dict[str, Row]) -> None:
    """The table of one database; `× bare`: how much longer than a bare page takes at p95."""
    print(f"\n{title}\n{HEAD}")
    for name, row in rows.items():
        word, times = "" if row.is_met else "   NOT MET", row.p95 / rows[BARE.name].p95
        figures = f"{row.p50:8.0f}{row.p95:8.0f}{row.cpu:8.1f}{row.size / 1000:6.0f}{times:8.1f}"
        print(f"{name:<38}{figures}{word}   {row.worst}")
    ours = [row for name, row in rows.items() if name != BARE.name]
    met = sum(row.is_met for row in ours)
    print(f"{met} of {len(ours)} met: p95 ≤ {SOON} ms, HTML ≤ {LIGHT // 1000} KB", flush=True)


def show_growth(kind: str, grown: dict[int, dict[str, Row]]) -> None:
    """Processor milliseconds an answer from the smallest to the largest database."""
    sizes = sorted(grown)
    if len(sizes) < 2:
        return
    print(f"\n{kind}: CPU ms an answer\n{'':<38}" + "".join(f"{size:>12,}" for size in sizes) + "   growth")
    for name in grown[sizes[0]]:
        took = [grown[size][name].cpu for size in sizes]
        print(
            f"{name:<38}" + "".join(f"{one:12.1f}" for one in took) + f"{took[-1] / max(took[0], 0.1):8.1f} ×",
            flush=True,
        )


if __name__ == "__main__":
    main()
