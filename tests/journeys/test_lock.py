"""The lock in a real browser: what is typed survives it, nothing shows behind it, two people stay apart."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.hard_county import hard_phone
from tests.journeys.phone_screen import CHROMIUM, FLAGS, PIN, Phone

pytestmark = pytest.mark.browser

WORDS = "锁上以前写的字"
WECHAT = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/86 Mobile Safari/537.36 MicroMessenger/8.0"


def locks_itself(phone: Phone) -> None:
    """Five minutes pass between a letter and its half second of quiet; then somebody touches the phone."""
    page = phone.page
    case = page.locator("main a[href*='/cases/']").first.get_attribute("href").rsplit("/", 1)[1]
    page.clock.install()
    phone.section(case, "S7")
    field = page.get_by_test_id("q-narrative").locator("textarea")
    field.wait_for()
    now = datetime.fromtimestamp(page.evaluate("Date.now()") / 1000, UTC)
    page.clock.pause_at(now + timedelta(seconds=3))
    field.fill(WORDS)
    expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saving")
    page.clock.set_system_time(now + timedelta(minutes=7))
    page.evaluate("document.dispatchEvent(new PointerEvent('pointerdown'))")
    page.clock.resume()
    page.wait_for_selector("[data-testid=lock]")
    assert WORDS not in page.content()
    assert not page.locator("textarea").count()
    phone.unlock()
    expect(field).to_have_value(WORDS)
    assert page.url.endswith(f"/cases/{case}/sections/S7")


def two_stay_apart(phone: Phone) -> None:
    """A second person signs in, and neither PIN opens the other's part."""
    page = phone.page
    phone.page.goto(f"{phone.address}/field/people")
    page.get_by_test_id("other-account").click()
    page.fill("#username", "ding_zhiqiang")
    page.fill("#password", PASSWORD)
    page.get_by_test_id("sign-in").click()
    page.wait_for_selector("[data-testid=new-pin]")
    for hint in ("给自己定一个", "再输一遍"):
        page.wait_for_selector(f"[data-testid=new-pin] :text('{hint}')")
        page.keyboard.type("264813")
    page.get_by_test_id("dock-outbox").click()
    page.wait_for_selector("main .empty")
    expect(page.get_by_test_id("badge")).to_have_count(0)
    page.get_by_test_id("dock-me").click()
    page.get_by_test_id("to-people").click()
    page.get_by_test_id("person-mi_jianjun").click()
    page.wait_for_selector("[data-testid=lock]:has-text('米建军')")
    page.keyboard.type("264813")
    page.wait_for_selector("text=还能试 9 次")
    page.keyboard.type(PIN)
    page.wait_for_selector("header:has-text('米建军')")


def test_the_lock(tmp_path):
    with hard_phone(tmp_path) as phone:
        locks_itself(phone)
        two_stay_apart(phone)
        browser = phone.play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(user_agent=WECHAT, locale="zh-CN").new_page()
        page.goto(f"{phone.address}/field/cases/any/finish")
        page.wait_for_selector("text=这是在微信里打开的，存不住")
        expect(page.locator("input")).to_have_count(0)
        assert not page.locator("a[href]").count()
