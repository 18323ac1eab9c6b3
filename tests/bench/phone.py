"""`make bench-phone`: what the phone app weighs and how long a person waits, on a slow phone and a slow line.

Bytes and requests in a row over budget end it with an error. Times are printed beside their budgets and judged
by people: they depend on the machine. A person's own time (typing the password, choosing a PIN) is not counted.
"""

import gzip
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Playwright, sync_playwright

from backend.desk.field import BUILD, ENTRY, with_imports
from tests.bench import ours
from tests.bench.handy import AT_HOME, FAR_LINE, HOUSEHOLD, KEYS, OFFLINE, ROW, SLOW_3G, SLOWER_PROCESSOR, Handy, handy
from tests.cast import PASSWORD
from tests.journeys.phone_screen import picture

ROUNDS = 3
# A start in a browser that has just given up its process takes longer than the next one.
STARTS = 9
# A day's list, and all of a large village with everything on the phone.
FEW, MANY, PHOTOS = 20, 300, 60
IN_A_ROW = 2
FIRST_SCREEN_BYTES, WHOLE_APP_BYTES = 75 * 1024, 300 * 1024
ROWS_OF_REQUESTS = "requests in a row before the list"
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
    """The first screen with sign-in and PIN, and everything: scripts and styles, as gzip packs them."""
    chunks = json.loads((BUILD / "manifest.json").read_text("utf-8"))

    def files_of(names: list[str]) -> set[str]:
        return {file for name in names for file in (chunks[name]["file"], *chunks[name].get("css", []))}

    everything = {p.relative_to(BUILD).as_posix() for kind in ("*.js", "*.css") for p in (BUILD / "assets").glob(kind)}

    def packed(files: set[str]) -> float:
        return sum(len(gzip.compress((BUILD / file).read_bytes(), 9)) for file in files) / 1024

    return [
        Figure(
            "first screen with sign-in and PIN, JS and CSS",
            packed(files_of(with_imports(chunks, ENTRY))),
            FIRST_SCREEN_BYTES / 1024,
            "KB",
        ),
        Figure("whole app, JS and CSS", packed(everything), WHOLE_APP_BYTES / 1024, "KB"),
    ]


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
    waits.append(phone.painted(ROW))
    return waits


def start(phone: Handy) -> list[float]:
    """From the opening of the app to the PIN's keys, and from the last digit to the list."""
    phone.page.goto("about:blank")
    phone.page.goto(f"{phone.address}/field/", wait_until="commit")
    until_keys = phone.painted(KEYS)
    phone.give_pin()
    return [until_keys, phone.painted(ROW)]


def open_case(phone: Handy) -> float:
    """From the tap on a household to its page."""
    phone.page.locator(ROW).first.click()
    took = phone.painted(HOUSEHOLD)
    phone.page.go_back()
    phone.page.wait_for_selector(ROW)
    return took


def photograph(phone: Handy) -> None:
    """A village's pictures lie on the phone, none of them sent."""
    phone.at_full_speed(True)
    case = phone.page.locator(ROW).first.get_attribute("href")
    phone.page.goto(f"{phone.address}{case}/sections/S8", wait_until="commit")
    phone.page.wait_for_selector("[data-testid=lock]")
    phone.give_pin()
    raw = picture((60, 60, 10), size=(800, 600))
    for number in range(PHOTOS):
        phone.page.locator(".tile.extra button").click()
        phone.page.locator("#photo-kind label.opt", has_text="其他").click()
        phone.page.get_by_role("dialog").locator("input[type=file]").last.set_input_files(
            {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": raw}
        )
        phone.page.locator(".tile img.pic").nth(number).wait_for()
    phone.page.goto(f"{phone.address}/field/", wait_until="commit")
    phone.page.wait_for_selector("[data-testid=lock]")
    phone.give_pin()
    phone.page.wait_for_selector(ROW)
    phone.at_full_speed(False)


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
        waits, again, chains = [], [], []
        for _ in range(ROUNDS):
            with handy(play, address, line) as phone:
                waits.append(first_visit(phone, "grid000"))
                phone.forget_files()
                again.append(start(phone))
                chains.append(phone.in_a_row())
        yield _spread(f"first visit, sign-in and PIN, 400 kbit/s, {name}", budget, waits)
        yield _spread(f"signed in, nothing cached, 400 kbit/s, {name}", budget, again)
        # On the nearer line what the page asks for at once may end one after the other.
        if line is FAR_LINE:
            yield Figure(f"{ROWS_OF_REQUESTS}, {name}", max(chains), IN_A_ROW, "")
    with handy(play, address, AT_HOME) as phone:
        first_visit(phone, "grid001")
        phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        start(phone)
        phone.on(OFFLINE)
        yield _spread(f"offline start, {MANY} households", 0.8, [start(phone) for _ in range(STARTS)])
        yield Figure("a household opens", median(open_case(phone) for _ in range(STARTS)) * 1000, 300, "ms")
        photograph(phone)
        name = f"longest standstill while typing, {MANY} households, {PHOTOS} photos"
        yield Figure(name, typing(phone), 50, "ms")


def _spread(name: str, budget: float, waits: list[list[float]]) -> Figure:
    parts = " + ".join(f"{median(part):.1f}" for part in zip(*waits, strict=True))
    return Figure(f"{name} ({parts})", median(map(sum, waits)), budget, "s")


def main() -> None:
    """Weigh, then wait; ends with an error when bytes or requests in a row are over their budget."""
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
                if figure.name.startswith(ROWS_OF_REQUESTS):
                    weighed.append(figure)
    if any(figure.value > figure.budget for figure in weighed):
        sys.exit("the app is heavier than its budget, or asks more often in a row")


if __name__ == "__main__":
    main()
