"""`make bench-phone`: what the phone app weighs and how long a person waits, on a slow phone and a slow line.

Bytes over budget end it with an error. Times are printed beside their budgets and judged by people: they
depend on the machine. A person's own time (typing the password, choosing a PIN) is not counted.
"""

import gzip
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Page, Playwright, sync_playwright

from backend.desk.field import BUILD, ENTRY, with_imports
from tests.bench import ours
from tests.cast import PASSWORD
from tests.journeys.phone_screen import CHROMIUM, FLAGS, PIN, SCREEN

ROUNDS = 3
SLOWER_PROCESSOR = 6
# A day's list, and all of a large village with everything on the phone.
FEW, MANY = 20, 300
FIRST_SCREEN_BYTES, WHOLE_APP_BYTES = 75 * 1024, 300 * 1024
# Bytes a second and the wait for the first one, in milliseconds.
SLOW_3G = {"downloadThroughput": 50_000, "uploadThroughput": 50_000, "latency": 400}
FAR_LINE = {"downloadThroughput": 50_000, "uploadThroughput": 50_000, "latency": 2_000}
AT_HOME = {"downloadThroughput": 1_000_000, "uploadThroughput": 1_000_000, "latency": 40}
OFFLINE = {"downloadThroughput": 0, "uploadThroughput": 0, "latency": 0}
ROW = "main a[href*='/cases/']"
LONG_TASKS = """() => {
  window.longTasks = []
  new PerformanceObserver((list) => list.getEntries().forEach((one) => window.longTasks.push(one.duration)))
    .observe({ type: 'longtask' })
}"""


class Figure(NamedTuple):
    """Something measured beside its budget, in `unit`."""

    name: str
    value: float
    budget: float
    unit: str

    def line(self) -> str:
        mark = "" if self.value <= self.budget else "  over"
        return f"{self.name:<72}{self.value:>8.1f} of {self.budget:>6.1f} {self.unit}{mark}"


def weights() -> list[Figure]:
    """The first screen and everything, scripts and styles, as gzip packs them."""
    chunks = json.loads((BUILD / "manifest.json").read_text("utf-8"))
    first = with_imports(chunks, [ENTRY])
    names = {file for name in first for file in (chunks[name]["file"], *chunks[name].get("css", []))}
    everything = {p.relative_to(BUILD).as_posix() for kind in ("*.js", "*.css") for p in (BUILD / "assets").glob(kind)}

    def packed(files: set[str]) -> float:
        return sum(len(gzip.compress((BUILD / file).read_bytes(), 9)) for file in files) / 1024

    return [
        Figure("first screen, JS and CSS", packed(names), FIRST_SCREEN_BYTES / 1024, "KB"),
        Figure("whole app, JS and CSS", packed(everything), WHOLE_APP_BYTES / 1024, "KB"),
    ]


class Handy:
    """One browser profile on a slow phone; `line` is what its network is like."""

    def __init__(self, play: Playwright, profile: Path, address: str, line: dict[str, float]) -> None:
        self.address = address
        self.context = play.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, viewport=SCREEN, locale="zh-CN",
            timezone_id="Asia/Shanghai", has_touch=True,
        )  # fmt: skip
        self.page: Page = self.context.pages[0]
        self.page.set_default_timeout(120_000)
        self._wire = self.context.new_cdp_session(self.page)
        self._wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
        self._wire.send("Network.enable")
        self.on(line)

    def on(self, line: dict[str, float]) -> None:
        """Change the network."""
        self._wire.send("Network.emulateNetworkConditions", {"offline": line is OFFLINE, **line})

    def forget_files(self) -> None:
        """Neither cache nor worker is left; session and store are."""
        self.page.evaluate(
            """async () => {
              for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
              for (const name of await caches.keys()) await caches.delete(name)
            }"""
        )
        self._wire.send("Network.clearBrowserCache")

    def wait(self, selector: str) -> float:
        """Seconds until this is to be seen."""
        began = time.perf_counter()
        self.page.wait_for_selector(selector)
        return time.perf_counter() - began

    def give_pin(self) -> None:
        """On the keys of the screen."""
        self.page.keyboard.type(PIN)


@contextmanager
def handy(play: Playwright, address: str, line: dict[str, float]) -> Iterator[Handy]:
    """A phone that has never seen the app."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        phone = Handy(play, Path(profile), address, line)
        try:
            yield phone
        finally:
            phone.context.close()


def first_visit(phone: Handy, account: str) -> list[float]:
    """What a person waits from the address to the sign-in, from there to the PIN, and from the PIN to the list."""
    began = time.perf_counter()
    phone.page.goto(f"{phone.address}/field/", wait_until="commit")
    phone.page.wait_for_selector("[data-testid=skip-code]")
    waits = [time.perf_counter() - began]
    phone.page.get_by_test_id("skip-code").click()
    phone.page.fill("#username", account)
    phone.page.fill("#password", PASSWORD)
    time.sleep(3)
    phone.page.get_by_test_id("sign-in").click()
    waits.append(phone.wait("[data-testid=new-pin]"))
    phone.give_pin()
    phone.page.wait_for_selector("[data-testid=new-pin] :text('再输一遍')")
    time.sleep(3)
    phone.give_pin()
    waits.append(phone.wait(ROW))
    return waits


def start(phone: Handy) -> list[float]:
    """From the address to the PIN's keys, and from the last digit to the list."""
    began = time.perf_counter()
    phone.page.goto(f"{phone.address}/field/", wait_until="commit")
    phone.page.wait_for_selector("[data-testid=lock]")
    until_keys = time.perf_counter() - began
    phone.give_pin()
    return [until_keys, phone.wait(ROW)]


def open_case(phone: Handy) -> float:
    """From the tap on a household to its page."""
    phone.page.locator(ROW).first.click()
    took = phone.wait(".page main h2.group")
    phone.page.go_back()
    phone.page.wait_for_selector(ROW)
    return took


def typing(phone: Handy) -> float:
    """The longest time in milliseconds that the page did not answer while somebody typed into the form."""
    case = phone.page.locator(ROW).first.get_attribute("href")
    phone.page.goto(f"{phone.address}{case}/sections/S7", wait_until="commit")
    phone.page.wait_for_selector("[data-testid=lock]")
    phone.give_pin()
    field = phone.page.locator("main textarea").first
    field.wait_for()
    time.sleep(2)
    phone.page.evaluate(LONG_TASKS)
    field.press_sequentially("屋后山坡有裂缝，雨天全家到村委会住。" * 4, delay=60)
    time.sleep(2)
    return max(phone.page.evaluate("window.longTasks"), default=0.0)


def _times(play: Playwright, address: str) -> Iterator[Figure]:
    for name, line, budget in (("400 ms", SLOW_3G, 6), ("2 s", FAR_LINE, 7)):
        waits, again = [], []
        for _ in range(ROUNDS):
            with handy(play, address, line) as phone:
                waits.append(first_visit(phone, "grid000"))
                phone.forget_files()
                again.append(start(phone))
        yield _spread(f"first visit, sign-in and PIN, 400 kbit/s, {name}", budget, waits)
        yield _spread(f"signed in, nothing cached, 400 kbit/s, {name}", budget, again)
    with handy(play, address, AT_HOME) as phone:
        first_visit(phone, "grid001")
        phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        start(phone)
        phone.on(OFFLINE)
        yield _spread(f"offline start, {MANY} households", 0.8, [start(phone) for _ in range(ROUNDS)])
        yield Figure("a household opens", median(open_case(phone) for _ in range(ROUNDS)) * 1000, 300, "ms")
        yield Figure(f"longest standstill while typing, {MANY} households", typing(phone), 50, "ms")


def _spread(name: str, budget: float, waits: list[list[float]]) -> Figure:
    parts = " + ".join(f"{median(part):.1f}" for part in zip(*waits, strict=True))
    return Figure(f"{name} ({parts})", median(map(sum, waits)), budget, "s")


def main() -> None:
    """Weigh, then wait; ends with an error when a weight is over its budget."""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, processor slowed {SLOWER_PROCESSOR}×; {ROUNDS} rounds, medians"
    )
    weighed = weights()
    for figure in weighed:
        print(figure.line())
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "var"
        ours.staff(data, households=[FEW, MANY])
        with ours.office(data, 1) as service, sync_playwright() as play:
            for figure in _times(play, service.address):
                print(figure.line(), flush=True)
    if any(figure.value > figure.budget for figure in weighed):
        sys.exit("the app is heavier than its budget")


if __name__ == "__main__":
    main()
