"""A grid worker's phone: a real Chromium with a profile of its own that can be killed and opened again."""

import io
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, Playwright

from backend import codebook, form
from backend.config import DEMO_PASSWORD

CHROMIUM = os.environ.get("RUHU_CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
SCREEN = {"width": 360, "height": 780}
PIN = "730516"
# A worker serves the app, and the server's first answer lies in the phone's store.
IS_READY = """() => navigator.serviceWorker.controller && new Promise((done) => {
  const asked = indexedDB.open('ruhu')
  asked.onsuccess = () => {
    const store = asked.result
    const epoch = store.transaction('meta').objectStore('meta').get('epoch')
    epoch.onsuccess = () => { store.close(); done(!!epoch.result) }
  }
})"""


def picture(colour: tuple[int, int, int], *, size: tuple[int, int] = (2400, 1800)) -> bytes:
    """A camera's JPEG, unless said otherwise larger than what the phone keeps."""
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").point(lambda v: v // 2 + colour[0] // 2).save(out, "JPEG")
    return out.getvalue()


class Phone:
    """One browser profile. `page` is its only tab."""

    password = DEMO_PASSWORD
    # Of the county at hand, by the name of who declared.
    households: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, play: Playwright, profile: Path, address: str) -> None:
        self.play, self.profile, self.address = play, profile, address
        self.open()

    def open(self) -> None:
        """Start the browser on the profile as it lies on the disk."""
        self.context = self.play.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            args=FLAGS, viewport=SCREEN, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True,
        )  # fmt: skip
        self.page: Page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.set_default_timeout(15_000)

    def kill(self) -> None:
        """The system kills the browser without a word."""
        wanted = ["pgrep", "-f", f"user-data-dir={self.profile}"]
        found = subprocess.run(wanted, capture_output=True, text=True, check=True)
        for process in found.stdout.split():
            os.kill(int(process), signal.SIGKILL)
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()

    def go(self, path: str = "") -> None:
        """Open a place of the app from nothing, as after a restart: the phone asks for its PIN."""
        self.page.goto(f"{self.address}/field/{path}")
        if path != "login":
            self.unlock()

    def unlock(self) -> None:
        """Give the PIN; the place that was asked for stands behind it."""
        self.page.wait_for_selector("[data-testid=lock]")
        self.page.keyboard.type(PIN)
        self.page.wait_for_selector("[data-testid=lock]", state="detached")

    def choose_pin(self) -> None:
        """The same PIN twice, on the keys of the screen."""
        for hint in ("给自己定一个", "再输一遍"):
            self.page.wait_for_selector(f"[data-testid=new-pin] :text('{hint}')")
            for digit in PIN:
                self.page.get_by_test_id("keys").get_by_role("button", name=digit, exact=True).click()

    def sign_in(self, account: str) -> None:
        """First sign-in with network; afterwards everything the app is made of lies on the phone."""
        self.page.goto(f"{self.address}/field/login")
        self.page.get_by_test_id("skip-code").click()
        self.give_account(account)
        self.choose_pin()
        self.page.wait_for_selector("text=待入户")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.reload()
        self.unlock()
        until = time.monotonic() + 30
        while not self.page.evaluate(IS_READY):
            assert time.monotonic() < until, "no service worker took over, or no answer came"
            time.sleep(0.2)

    def give_password(self, account: str) -> None:
        """Sign in; a browser killed soon after may have lost its cookie, never the work."""
        self.go("login")
        self.give_account(account)
        self.unlock()
        self.page.wait_for_selector("text=待入户")

    def give_account(self, account: str) -> None:
        """Account and password on the page of the sign-in."""
        self.page.fill("#username", account)
        self.page.fill("#password", self.password)
        self.page.get_by_test_id("sign-in").click()

    def section(self, case_id: str, key: str) -> None:
        """Open one section of the form."""
        self.go(f"cases/{case_id}/sections/{key}")
        self.page.wait_for_selector("main")

    def explain(self) -> None:
        """Say of everything that does not fit together that it is so."""
        while (button := self.page.locator("[data-testid=soft] [data-testid=explain]:not(.plain)")).count():
            button.first.click()
            self.page.get_by_role("button", name="情况属实").click()

    def fill(self, answers: dict[str, Any]) -> None:
        """Answer the questions on the screen by what they are, in the words that stand there."""
        for key, value in answers.items():
            question = form.ENTRY_BY_KEY[key][1] if key in form.ENTRY_BY_KEY else form.BY_KEY[key]
            self.answer(self.page.get_by_test_id(f"q-{key}"), question, value)

    def fill_money_and_walls(self, case_id: str) -> None:
        """Twelve months' wages, nothing else out of the ordinary."""
        self.section(case_id, "S3")
        self.fill({"has_income": "yes"})
        self.fill({"i_code": "W1", "i_monthly_fen": "2,800", "i_months": 5})
        self.page.get_by_test_id("entry-done").click()
        self.page.get_by_text("14,000").first.wait_for()
        self.saved()
        for key in ("S4", "S5", "S6"):
            self.section(case_id, key)
            self.page.locator("[data-testid^=q-]").first.wait_for()
            self.fill_usual(key)
            self.saved()

    def fill_usual(self, key: str) -> None:
        """The usual answers of a section, those included that its button leaves open because of what was declared."""
        if self.page.get_by_test_id("all-normal").count():
            self.page.get_by_test_id("all-normal").click()
            self.page.get_by_test_id("normal-done").wait_for()
        for question in next(one for one in form.SECTIONS if one.key == key).questions:
            field = self.page.get_by_test_id(f"q-{question.key}")
            if question.normal is None or question.kind == "entries" or not field.count():
                continue
            typed = field.locator("input:not([type=radio]):not([type=checkbox])")
            if not field.locator(".opt.on").count() and not (typed.count() and typed.first.input_value()):
                self.fill({question.key: "no" if question.key.startswith("has_") else question.normal})

    def answer(self, field: Locator, question: form.Question, value: Any) -> None:
        """Give one answer; a known one is opened with 「改」 first."""
        field.wait_for()
        if "known" in (field.get_attribute("class") or ""):
            field.locator("button").click()
        if question.kind in ("text", "long_text", "number", "money", "phone", "id_number"):
            field.locator("input, textarea").fill(str(value))
            return
        for code in value if isinstance(value, list) else [value]:
            if question.kind == "yes_no":
                words = ("有", "没有") if "有没有" in question.label else ("是", "否")
                label = words[code == "no"]
            else:
                label = getattr(codebook, question.codes or "")(code).label
            self._choose(field, re.compile(rf"^\s*\d?\s*{label}\s*$"))

    def _choose(self, field: Locator, label: re.Pattern[str]) -> None:
        """Tap an answer, if need be among those behind 「其他…」."""
        face = field.locator("label.opt", has_text=label)
        if not face.count():
            field.get_by_text("其他…").click()
            self.page.locator("label.opt", has_text=label).last.click()
            if self.page.get_by_text("选好了").count():
                self.page.get_by_text("选好了").click()
        elif "on" not in (face.get_attribute("class") or "").split():
            face.click()

    def saved(self) -> None:
        """Wait until the screen says that everything is kept on the phone."""
        self.page.wait_for_selector("[data-testid=saved][data-state=saved]")

    def photograph(self, raw: bytes) -> None:
        """Take the picture that the bar asks for."""
        before = self.page.locator(".tile img.pic").count()
        self.page.get_by_test_id("shoot-next").locator("input").set_input_files(
            {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": raw}
        )
        self.page.locator(".tile img.pic").nth(before).wait_for()

    def refuse_photos(self) -> None:
        """The household wants no more pictures; each is refused until the next section may be opened."""
        refuse, onward = self.page.get_by_test_id("refuse"), self.page.get_by_test_id("next")
        self.page.get_by_test_id("album").wait_for()
        while refuse.count():
            self.refuse_photo()
        onward.wait_for()

    def refuse_photo(self) -> None:
        """The household does not want the next picture; the reason is one tap."""
        self.page.get_by_test_id("refuse").click()
        self.page.locator("[role=dialog] label.opt").last.click()
        self.page.get_by_test_id("save-refusal").click()
        self.page.wait_for_selector("[role=dialog]", state="detached")

    def sign(self, key: str) -> None:
        """Write a name with a finger; after one signature the next pad is open already."""
        if not self.page.get_by_test_id("signature-pad").count():
            self.page.get_by_test_id(f"q-{key}").locator("button.pen").click()
        box = self.page.get_by_test_id("signature-pad").bounding_box()
        assert box
        mouse = self.page.mouse
        mouse.move(box["x"] + 30, box["y"] + 40)
        mouse.down()
        for step in range(8):
            mouse.move(box["x"] + 30 + 20 * step, box["y"] + 40 + 10 * (step % 3))
        mouse.up()
        title = self.page.get_by_role("dialog").locator("h2").inner_text()
        self.page.get_by_test_id("keep-signature").click()
        self.page.get_by_role("dialog").locator("h2", has_text=title).wait_for(state="detached")

    def send(self) -> None:
        """上报 now, and wait for every receipt."""
        self.go("outbox")
        self.page.get_by_test_id("send").click()
        self.page.wait_for_selector("[data-testid=waiting]:has-text('都已收到')", timeout=40_000)
