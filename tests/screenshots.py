"""`make screenshots`: the README's pictures, taken from a demo county of their own."""

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from backend.config import DEMO_PASSWORD
from tests.house import ROOT
from tests.served import served

TARGET = ROOT / "docs/screenshots"
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 800}
COLOURS = 128
PIN = "730516"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
# file → account, address
PAGES = {
    "desk-today": ("town01", "/today/"),
    "desk-review": ("town01", "/reviews/"),
    "desk-import": ("county_rv01", "/imports/"),
    "desk-queue": ("county_mz01", "/routings/"),
}


def _sign_in(page: Page, address: str, account: str) -> None:
    page.goto(f"{address}/login")
    page.fill("[name=username]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(TARGET / f"{name}.png", optimize=True)


def _desk(browser: Browser, address: str) -> None:
    for name, (account, place) in PAGES.items():
        context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
        page = context.new_page()
        _sign_in(page, address, account)
        page.goto(address + place)
        if name == "desk-review":
            page.locator("main a[href$='/review']").first.click()
            page.locator("main img").last.scroll_into_view_if_needed()
        _keep(page, name)
        context.close()


def _phone(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(f"{address}/field/login")
    page.get_by_test_id("skip-code").click()
    page.fill("#username", "grid01")
    page.fill("#password", DEMO_PASSWORD)
    page.press("#password", "Enter")
    for hint in ("给自己定一个", "再输一遍"):
        page.wait_for_selector(f"[data-testid=new-pin] :text('{hint}')")
        page.keyboard.type(PIN)
    page.locator("main a[href*='/cases/']").first.wait_for()
    _keep(page, "phone-tasks")
    page.locator("main a[href*='/cases/']").first.click()
    page.wait_for_url("**/cases/*")
    _keep(page, "phone-case")
    _go(page, f"{page.url}/sections/S6")
    page.locator("main fieldset").first.wait_for()
    _keep(page, "phone-form")
    _go(page, f"{address}/field/")
    cases = page.locator("main a[href*='/cases/']")
    cases.first.wait_for()
    first, second = (address + str(cases.nth(order).get_attribute("href")) for order in (0, 1))
    _write_down(page, first, "后院还有两头牛犊，邻居帮着喂。")
    _go(page, f"{address}/field/outbox")
    page.get_by_text("回执").first.wait_for()
    _write_down(page, second, "门锁着，村医说人在县医院陪护。", is_offline=True)
    _go(page, f"{address}/field/outbox")
    page.locator("main h2").first.wait_for()
    _keep(page, "phone-outbox")
    context.close()


def _go(page: Page, place: str) -> None:
    """A page opened anew is locked."""
    page.goto(place)
    page.wait_for_selector("[data-testid=lock]")
    page.keyboard.type(PIN)
    page.wait_for_selector("[data-testid=lock]", state="detached")


def _write_down(page: Page, case: str, words: str, *, is_offline: bool = False) -> None:
    page.context.set_offline(False)
    _go(page, f"{case}/observe")
    page.locator("#note").wait_for()
    page.context.set_offline(is_offline)
    page.fill("#note", words)
    page.get_by_test_id("keep-observation").click()
    page.wait_for_url("**/cases/*")


def main() -> None:
    """Write every picture anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "var") as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["RUHU_CHROMIUM"], args=FLAGS)
        _desk(browser, address)
        _phone(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
