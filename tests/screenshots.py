"""`make screenshots`: the README's pictures, taken from a demo county of their own."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from backend.config import DEMO_PASSWORD
from tests.house import ROOT
from tests.served import served

TARGET = ROOT / "docs/screenshots"
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 800}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
# file → account, address
PAGES = {
    "desk-today": ("town01", "/today/"),
    "desk-assign": ("town01", "/assignments/"),
    "desk-cases": ("county_rv01", "/cases/"),
    "desk-import": ("county_rv01", "/imports/"),
    "desk-queue": ("county_mz01", "/routings/"),
    "desk-oversight": ("prov01", "/oversight/"),
}


def _sign_in(page: Page, address: str, account: str) -> None:
    page.goto(f"{address}/login")
    page.fill("[name=username]", account)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def _keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / f"{name}.png")


def _desk(browser: Browser, address: str) -> None:
    for name, (account, place) in PAGES.items():
        context = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai")
        page = context.new_page()
        _sign_in(page, address, account)
        page.goto(address + place)
        _keep(page, name)
        context.close()


def main() -> None:
    """Write every picture anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "var") as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ["RUHU_CHROMIUM"], args=FLAGS)
        _desk(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
