"""A slow phone on a slow line: Chromium with its processor throttled and its network as told."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.journeys.phone_screen import CHROMIUM, FLAGS, PIN, SCREEN

SLOWER_PROCESSOR = 6
# How long to wait for a screen, and between two looks, in seconds.
PATIENCE, LOOK = 120, 0.05
# Bytes a second and the wait for the first one, in milliseconds.
SLOW_3G = {"downloadThroughput": 50_000, "uploadThroughput": 50_000, "latency": 400}
FAR_LINE = {"downloadThroughput": 50_000, "uploadThroughput": 50_000, "latency": 2_000}
AT_HOME = {"downloadThroughput": 1_000_000, "uploadThroughput": 1_000_000, "latency": 40}
OFFLINE = {"downloadThroughput": 0, "uploadThroughput": 0, "latency": 0}
# Requests of which each waited for the one before, of those that were answered until now.
CHAIN = """() => {
  const answered = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter((one) => one.responseEnd > 0 && one.transferSize > 0)
    .sort((left, right) => left.startTime - right.startTime)
  const depths = []
  for (const one of answered) {
    const before = answered.filter((other, at) => at < depths.length && other.responseEnd <= one.startTime)
    depths.push(1 + Math.max(0, ...before.map((other) => depths[answered.indexOf(other)])))
  }
  return Math.max(0, ...depths)
}"""

# The page's own clock: when what is waited for stood painted after what the person did last, or after the start.
# Asking from outside would come late whenever the page is busy.
WATCH = """(wanted) => {
  let acted = 0
  let seen = {}
  const act = () => { acted = performance.now(); seen = {} }
  for (const name of ['keydown', 'click']) addEventListener(name, act, { capture: true })
  const look = () => {
    for (const selector of wanted) {
      if (selector in seen || !document.querySelector(selector)) continue
      const after = acted
      seen[selector] = null
      requestAnimationFrame(() => setTimeout(() => { if (after === acted) seen[selector] = performance.now() - after }))
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })
  window.paintedAfter = (selector) => seen[selector] ?? null
}"""
KEYS, ROW, HOUSEHOLD = "[data-testid=lock]", "main a[href*='/cases/']", ".page main h2.group"


class Handy:
    """One browser profile on a slow phone; `line` is what its network is like."""

    def __init__(self, play: Playwright, profile: Path, address: str, line: dict[str, float]) -> None:
        self.address = address
        self.context = play.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, viewport=SCREEN, locale="zh-CN",
            timezone_id="Asia/Shanghai", has_touch=True,
        )  # fmt: skip
        self.context.add_init_script(f"({WATCH})({json.dumps([KEYS, ROW, HOUSEHOLD])})")
        self.page: Page = self.context.pages[0]
        self.page.set_default_timeout(PATIENCE * 1000)
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

    def painted(self, selector: str) -> float:
        """Seconds from what the person did last, or from the page's start, until one of KEYS, ROW, HOUSEHOLD stood there."""
        asked = {"expression": f"window.paintedAfter?.({json.dumps(selector)})", "returnByValue": True}
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            # By the wire alone: Playwright's own script would be read by the slow processor while the person waits.
            told = self._wire.send("Runtime.evaluate", asked)["result"].get("value")
            if told is not None:
                return float(told) / 1000
            time.sleep(LOOK)
        raise TimeoutError(selector)

    def in_a_row(self) -> int:
        """How many requests of this page waited for one another so far: what a far line is slow by."""
        return int(self.page.evaluate(CHAIN))

    def at_full_speed(self, is_fast: bool) -> None:
        """For what only prepares a measurement."""
        self._wire.send("Emulation.setCPUThrottlingRate", {"rate": 1 if is_fast else SLOWER_PROCESSOR})

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
