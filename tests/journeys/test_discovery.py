"""主动发现 from end to end: found and begun without a network, a browser killed, and the township has the household."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.factories import id_number
from tests.journeys.phone_screen import CHROMIUM, FLAGS, Phone
from tests.served import served

pytestmark = pytest.mark.browser


def looked_at(page: Page, name: str) -> None:
    """A picture for whoever wants to look, where RUHU_PICTURES says."""
    if folder := os.environ.get("RUHU_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def find_household(phone: Phone) -> str:
    """What somebody types in a yard; the case id that the phone made."""
    page = phone.page
    page.get_by_test_id("dock-discover").click()
    page.locator("#found-area label.opt").first.click()
    page.fill("#found-name", "者玉梅")
    page.fill("#found-id", id_number())
    page.locator("#found-what label.opt", has_text="房子").click()
    page.fill("#found-text", "难" * 503)
    expect(page.locator("#found-text")).to_have_value("难" * 503)
    expect(page.get_by_test_id("start-found")).to_have_text("改：说两句")
    looked_at(page, "discover-too-long")
    page.fill("#found-text", "房檐掉瓦，自来水断了一个月。")
    looked_at(page, "discover")
    page.get_by_test_id("start-found").click()
    page.wait_for_selector("[data-testid=continue]")
    looked_at(page, "discover-case")
    return page.url.rsplit("/", 1)[1]


def test_found_offline_filled_killed_and_on_the_desk(tmp_path):
    with served(tmp_path / "office", RUHU_DEMO="staff") as address, sync_playwright() as play:
        phone = Phone(play, tmp_path / "profile", address)
        phone.sign_in("grid01")
        phone.context.set_offline(True)
        case_id = find_household(phone)
        phone.section(case_id, "S3")
        phone.fill({"has_income": "no"})
        phone.saved()
        phone.kill()
        phone.open()
        phone.context.set_offline(True)
        phone.go(f"cases/{case_id}/urgent")
        phone.page.fill("#urgent-text", "后墙塌了")
        assert phone.page.get_by_test_id("call-town").get_attribute("href").startswith("tel:12")
        looked_at(phone.page, "discover-urgent")
        phone.page.get_by_test_id("report-urgent").click()
        phone.page.wait_for_selector(f"[data-testid=household-{case_id}]")
        looked_at(phone.page, "discover-outbox")
        phone.context.set_offline(False)
        phone.give_password("grid01")
        phone.send()
        phone.go()
        phone.page.wait_for_selector(f"[data-testid=task-{case_id}]:has-text('急难')")
        phone.page.click(f"[data-testid=task-{case_id}] a")
        phone.page.wait_for_selector("text=FX620525")
        phone.page.wait_for_selector("text=填好 1 节")
        phone.context.close()
        see_at_the_desk(play, address, case_id)


def see_at_the_desk(play, address: str, case_id: str) -> None:
    """The township's board, and the household's page."""
    browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/login")
    page.fill("[name=username]", "town01")
    page.fill("[name=password]", Phone.password)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 户只有发现的人去，给他派个同行")
    looked_at(page, "board")
    page.goto(f"{address}/cases/{case_id}")
    for words in ("发现时写的", "后墙塌了", "房檐掉瓦，自来水断了一个月。"):
        page.get_by_text(words).first.wait_for()
    looked_at(page, "case")
    browser.close()
