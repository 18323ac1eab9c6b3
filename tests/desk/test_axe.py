"""Every page of the desk, looked at by axe in both sizes: nothing serious stands in the way of who sees or hears badly."""

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.desk.every_page import NOBODY, PEOPLE, fill, pages_of
from tests.desk.test_in_a_browser import OFFICE, PHONE, address, chromium, sign_in
from tests.journeys.test_axe import looked
from tests.pictures import SHOTS, keep
from tests.typesetting import ON_PAPER, TYPESET

pytestmark = pytest.mark.browser
__all__ = ["address", "chromium"]
PAPER = {"width": 718, "height": 1047}  # A4 within its margins, in CSS pixels
ACROSS = {"width": 1032, "height": 703}  # the sheet of charts and figures turns it
# A browser says so of every page that is meant to be refused.
ITS_OWN_WORDS = re.compile(r"Failed to load resource: .* (403|404|409) ")


def opened_by(who: str, browser: Browser, address: str) -> Page:
    if who == NOBODY:
        return browser.new_context(viewport=OFFICE, locale="zh-CN").new_page()
    return sign_in(browser, address, who, OFFICE)


def found_on(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, on an office's screen, on a phone and on paper."""
    said, shots = list[str](), list[Image.Image]()
    for size in (OFFICE, PHONE):
        page.set_viewport_size(size)
        said += looked(page)
        said += page.evaluate(TYPESET)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            said.append(f"wider than {size['width']}")
        shots += shot(page)
    page.set_viewport_size(ACROSS if page.query_selector("link[href*='desk/chart']") else PAPER)
    page.emulate_media(media="print")
    said += page.evaluate(ON_PAPER)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        said.append("wider than the paper")
    if shots := shots + shot(page):
        keep(shots, name)
    page.emulate_media(media="screen")
    return said


def named(who: str, place: str) -> str:
    """A file name for somebody's page."""
    return "desk-" + re.sub(r"[^a-z0-9]+", "-", f"{who or 'nobody'} {place}".lower()).strip("-")[:80]


def shot(page: Page) -> list[Image.Image]:
    """The whole page in a picture, where pictures are kept."""
    return [Image.open(io.BytesIO(page.screenshot(full_page=True)))] if SHOTS else []


def test_axe_finds_nothing_serious_on_the_desk_and_nothing_complains(app, cast, address, chromium):
    ids, said = fill(app, cast), {}
    for who in PEOPLE:
        page, complaints = opened_by(who, chromium, address), list[Any]()
        page.on("console", lambda message, complaints=complaints: complaints.append(message.text))
        for place, status in pages_of(who):
            answer = page.goto(f"{address}{place.format(**ids)}")
            assert answer, place
            assert answer.status == status, f"{who} {place}: {answer.status}"
            if found := found_on(page, named(who, place)):
                said[f"{who} {place}"] = found
        said |= {f"{who} console": [text] for text in complaints if not ITS_OWN_WORDS.match(text)}
        page.context.close()
    assert said == {}
