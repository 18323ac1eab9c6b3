"""A worker's phone as a real browser on a running office: it can be killed, reopened and looked into."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error

from backend.domain import enrolment
from backend.models import db
from tests.cast import PASSWORD, Cast
from tests.faults.office import Office
from tests.journeys.phone_screen import PIN, Phone

READ = """async (stores) => {
  const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open('ruhu')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const read = (name) => new Promise((resolve) => {
    const asked = db.transaction(name).objectStore(name).getAll()
    asked.onsuccess = () => resolve(JSON.parse(JSON.stringify(asked.result)))
  })
  const rows = {}
  for (const name of stores) rows[name] = await read(name)
  db.close()
  return rows
}"""
# At once when the mark comes to stand there: what is looked at later may have been written meanwhile.
WATCH = """new MutationObserver(() => {
  const mark = document.querySelector('[data-testid=saved]')
  const field = document.querySelector('[data-testid=q-narrative] textarea')
  if (mark?.dataset.state !== 'saved' || !field || field.value === window.told) return
  window.told = field.value
  window.shownAsSaved(field.value)
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] })"""
GO = """path => {
  history.pushState(history.state, '', path)
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
}"""


class Screen(Phone):
    """One browser profile in the hand of one of the cast."""

    password = PASSWORD
    on_saved: Callable[[str], None] = staticmethod(lambda text: None)

    def open(self) -> None:
        super().open()
        # Beside what only computes a killed browser comes back late.
        self.page.set_default_timeout(60_000)
        self._seize()
        self.page.expose_binding("shownAsSaved", lambda _source, text: self.on_saved(text))
        self.page.add_init_script(WATCH)

    def _seize(self) -> None:
        told = subprocess.run(
            ["pgrep", "-of", f"user-data-dir={self.profile}"], capture_output=True, text=True, check=True
        )
        self._group, self.is_alive = os.getpgid(int(told.stdout.split()[0])), True

    def kill(self) -> None:
        """The whole browser is gone between two instructions."""
        self.is_alive = False
        with suppress(ProcessLookupError):
            os.killpg(self._group, signal.SIGKILL)
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    @contextmanager
    def until_death(self) -> Iterator[None]:
        """What the person is doing ends with the browser; any other trouble is the test's."""
        try:
            yield
        except Error:
            if self.is_alive:
                raise

    def enrol(self, account: str, code: str = "") -> None:
        """First sign-in, with the township's code or without one, and a PIN."""
        self.page.goto(f"{self.address}/field/login")
        if code:
            self.page.fill("#code", code)
        else:
            self.page.get_by_test_id("skip-code").click()
        self.give_account(account)
        self.choose_pin()
        self.page.wait_for_selector("[data-testid^=task-]")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def choose_pin(self) -> None:
        """The same PIN twice; the keys of a keyboard are faster than those of the screen."""
        for hint in ("给自己定一个", "再输一遍"):
            self.page.wait_for_selector(f"[data-testid=new-pin] :text('{hint}')")
            self.page.keyboard.type(PIN)

    def turn_to(self, path: str) -> None:
        """Another place of the app, as by a link: nothing is loaded anew and no PIN is asked."""
        self.page.evaluate(GO, f"/field/{path}")

    def rows(self, *stores: str) -> dict[str, list[dict[str, Any]]]:
        """What lies in these stores of the phone, closed boxes included."""
        found: dict[str, list[dict[str, Any]]] = self.page.evaluate(READ, list(stores))
        return found

    def own_items(self) -> list[dict[str, Any]]:
        """What the person who is signed in has finished."""
        rows = self.rows("items", "meta")
        told = {row["key"]: row["value"] for row in rows["meta"]}
        return [row for row in rows["items"] if row["user_id"] == told["session"]["user"]["id"]]

    def wire(self) -> CDPSession:
        """The browser's own switches for line and storage."""
        return self.context.new_cdp_session(self.page)

    def narrative(self, case_id: str) -> str:
        """入户情况 as it stands in the form."""
        self.turn_to(f"cases/{case_id}/sections/S7")
        question = self.page.get_by_test_id("q-narrative")
        question.wait_for()
        if "known" in (question.get_attribute("class") or ""):
            question.locator("button").click()
        return question.locator("textarea").input_value()

    def write(self, text: str) -> None:
        """Fill 入户情况, look up, and wait until the screen says 已保存 for it."""
        field = self.page.get_by_test_id("q-narrative").locator("textarea")
        field.fill(text)
        field.blur()
        self.saved()

    def shoot_extra(self, raw: bytes) -> int:
        """One more picture into the form; how many its page then shows."""
        tiles = self.page.locator(".tile img.pic")
        before = tiles.count()
        self.pick_extra(raw)
        tiles.nth(before).wait_for()
        return before + 1

    def pick_extra(self, raw: bytes) -> None:
        """Choose a picture beyond those that must be."""
        self.page.locator(".tile.extra .frame").click()
        self.page.locator("#photo-kind label.opt", has_text="其他").click()
        self.page.locator("[role=dialog] input[capture]").set_input_files(_file(raw))

    def add_picture(self, raw: bytes) -> None:
        """A picture beside a note."""
        before = self.page.locator(".tile img.pic").count()
        self.page.locator("main input[capture]").set_input_files(_file(raw))
        self.page.locator(".tile img.pic").nth(before).wait_for()

    def note(self, case_id: str, text: str, raw: bytes | None = None) -> None:
        """Write an observation and keep it: it is finished when the household's page is back."""
        self.turn_to(f"cases/{case_id}/observe")
        self.page.locator("#note").wait_for()
        self.page.fill("#note", text)
        if raw is not None:
            self.add_picture(raw)
        self.page.get_by_test_id("keep-observation").click()
        self.page.locator("#note").wait_for(state="detached")

    def finish_visit(self, case_id: str) -> None:
        """Tap 完成 under a form in which nothing is missing."""
        self.turn_to(f"cases/{case_id}/finish")
        self.page.wait_for_selector("[data-testid=left] :text('都齐了')")
        while (button := self.page.locator("[data-testid=soft] [data-testid=explain]:not(.plain)")).count():
            button.first.click()
            self.page.get_by_role("button", name="情况属实").click()
        self.page.get_by_test_id("finish").click()
        self.page.get_by_test_id("finish").wait_for(state="detached")

    def nudge(self) -> None:
        """The network came and went: the phone tries now instead of after its pause."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.page.wait_for_timeout(300)

    def wait_for_list(self) -> None:
        """The households come, over whatever network there is."""
        for _ in range(60):
            if self.page.locator("[data-testid^=task-]").count():
                return
            self.nudge()
        raise AssertionError(self.page.inner_text("body"))

    def send_all(self) -> None:
        """上报 until everything that can have a receipt has one."""
        self.turn_to("outbox")
        send = self.page.get_by_test_id("send")
        for _ in range(20):
            # There is no such button where nothing is kept, or only somebody else's that has gone.
            if send.is_visible():
                send.click()
                self.page.wait_for_selector("[data-testid=send]:disabled", state="detached", timeout=60_000)
            if not self.waiting():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"still {self.waiting()}")

    def waiting(self) -> list[str]:
        """Ids without a receipt; pictures that lack pieces, or the item they belonged to, cannot have one."""
        rows = self.rows("items", "photos")
        items = {row["id"]: row for row in rows["items"]}
        photos = [row for row in rows["photos"] if row["item_id"] in items]
        whole = [row for row in photos if (row["refused"] or {}).get("code") != "photo_not_here"]
        return [row["id"] for row in [*items.values(), *whole] if row["receipt"] is None]


class Tab(Screen):
    """The same in a browser that several phones share; none of them can be killed alone."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page = context.new_page()
        self.page.set_default_timeout(15_000)


def codes_for(office: Office, *accounts: str) -> list[str]:
    """One-time codes, made by the township."""
    with office.opened():
        cast = Cast()
        made = [enrolment.make_code(getattr(cast, name), actor=cast.bai_caixia).text for name in accounts]
        db.session.commit()
    return made


def _file(raw: bytes) -> Any:
    return {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": raw}
