"""An easy household, filled by somebody who knows the app: every tap beyond typed text is counted.

An easy household: one grown-up in good health, declared as living alone, with one kind of income and nothing out of
the ordinary; every required photo is taken and everybody signs. Neither roster nor an earlier visit helps.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.bench import ours
from tests.cast import PASSWORD
from tests.journeys.phone_screen import Phone, picture

pytestmark = pytest.mark.browser

MOST = 29
MOST_SECONDS = 10 * 60
# What the phone cannot count is estimated, and rather too long than too short. Asking and hearing the answer belongs
# to the tap that writes it down; a character is typed or spoken on a phone at some twenty a minute.
SECONDS_A_TAP = 6
SECONDS_A_CHARACTER = 3
SECONDS_A_PHOTO = 10
SECONDS_A_SIGNATURE = 12
COUNT = """() => {
  window.taps = 0
  addEventListener('pointerdown', (event) => {
    const isText = event.target.closest('textarea, input:not([type=radio]):not([type=checkbox]), canvas, svg.pad')
    if (!isText) window.taps += 1
  }, true)
}"""
PHOTOS = 6
SIGNED = ("signature_interviewee", "signature_visitor_1", "signature_visitor_2")
TYPED: list[str] = []
NARRATIVE = "户主一个人过，种两亩地，腰腿不好出不去打工，今年雨少，打下的不够卖，日常开支接不上。"


@pytest.fixture
def phone(tmp_path) -> Iterator[Phone]:
    """Signed in, open, with one household to go to."""
    ours.staff(tmp_path / "var", households=[1], family_size=1, hardship_text="一个人种地，今年雨少，不够用。")
    with ours.office(tmp_path / "var", 1) as service, sync_playwright() as play:
        opened = Phone(play, tmp_path / "profile", service.address)
        opened.password = PASSWORD
        opened.sign_in("grid000")
        yield opened
        opened.context.close()


def choose(page: Page, key: str, label: str) -> None:
    page.get_by_test_id(f"q-{key}").locator("label.opt").filter(has_text=label).first.click()


def type_in(page: Page, key: str, text: str) -> None:
    page.get_by_test_id(f"q-{key}").locator("input, textarea").fill(text)
    TYPED.append(text)


def is_known(page: Page, key: str) -> bool:
    """Whether roster or declaration brought the answer along."""
    return "known" in (page.get_by_test_id(f"q-{key}").get_attribute("class") or "")


def go_on(page: Page, section: str) -> None:
    page.get_by_test_id("next").click()
    page.wait_for_url(re.compile(rf"/{section}(\?.*)?$"))


def fill(phone: Phone) -> None:
    """From the list to the signatures, as quickly as the app lets one."""
    page = phone.page
    page.locator("main a[href*='/cases/']").first.click()
    page.get_by_test_id("continue").click()
    assert is_known(page, "interviewee_name")
    go_on(page, "S1")
    for key, text in (("live_address", "毛山村三社"), ("registered_size", "1")):
        if not is_known(page, key):
            type_in(page, key, text)
    go_on(page, "S2")
    page.get_by_role("dialog").get_by_text("都正常").click()
    choose(page, "m_work", "务农")
    page.get_by_test_id("member-done").click()
    page.wait_for_url("**/sections/S3")
    choose(page, "has_income", "有")
    choose(page, "i_code", "种植收入")
    type_in(page, "i_amount_fen", "3600")
    assert "收入比上一年少了很多：否" in page.get_by_role("dialog").inner_text()
    page.get_by_test_id("entry-onward").click()
    page.wait_for_url("**/sections/S4")
    page.get_by_test_id("agree-together").click()
    page.wait_for_url("**/sections/S7")
    for key, label in (("risks", "因缺劳动力"), ("needs", "产业帮扶"), ("coping", "应对不了"), ("wish", "临时救助")):
        choose(page, key, label)
    type_in(page, "narrative", NARRATIVE)
    go_on(page, "S8")
    for number in range(PHOTOS):
        phone.photograph(picture((20 * number, 10, 10)))
        # Playwright hands the file over without the tap that opens the camera.
        page.evaluate("window.taps += 1")
    go_on(page, "S9")
    choose(page, "visitor_opinion", "临时救助")
    type_in(page, "opinion_reason", "只有两亩地，牛圈空着")
    go_on(page, "finish")
    page.get_by_test_id("signature-pad").wait_for()


def test_an_easy_household_takes_few_taps(phone, record_property):
    page = phone.page
    page.goto(f"{phone.address}/field/")
    phone.unlock()
    page.locator("main a[href*='/cases/']").first.wait_for()
    page.evaluate(COUNT)
    fill(phone)
    for key in SIGNED:
        phone.sign(key)
    page.get_by_test_id("finish").click()
    page.get_by_test_id("filled").wait_for()
    taps, characters = page.evaluate("window.taps"), sum(map(len, TYPED))
    seconds = (
        taps * SECONDS_A_TAP + characters * SECONDS_A_CHARACTER
        + PHOTOS * SECONDS_A_PHOTO + len(SIGNED) * SECONDS_A_SIGNATURE
    )  # fmt: skip
    record_property("taps", taps)
    record_property("seconds", seconds)
    assert taps <= MOST, taps
    assert seconds <= MOST_SECONDS, (seconds, characters)
