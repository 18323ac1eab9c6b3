"""Every screen of the phone, looked at by axe: nothing serious stands between it and whoever sees or hears badly."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from backend import form
from tests.bench import ours
from tests.cast import PASSWORD
from tests.house import ROOT
from tests.journeys.phone_screen import Phone

pytestmark = pytest.mark.browser

AXE = (ROOT / "frontend/field/node_modules/axe-core/axe.min.js").read_text("utf-8")
LOOK = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)"""
LOOKS = {"plain": {}, "large": {"size": "large"}, "sunlight": {"theme": "sunlight"}}
OPEN, OWN = ("login", "check", "people"), ("", "outbox", "policy", "me", "pin", "rescue", "recovered", "bind")
OF_A_CASE = ("", "/hints", "/finish", "/observe", "/attempt", "/urgent")
SECTIONS = tuple(f"/sections/{section.key}" for section in form.SECTIONS[:-1])


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    """Signed in, open, with three households."""
    folder = tmp_path_factory.mktemp("axe")
    ours.staff(folder / "var", households=[3])
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        opened = Phone(play, folder / "profile", service.address)
        opened.password = PASSWORD
        opened.sign_in("grid000")
        yield opened
        opened.context.close()


def found(page: Page, dress: dict[str, str]) -> list[str]:
    """What axe says of the page as it stands, dressed in a theme."""
    for name in ("size", "theme"):
        page.evaluate(
            "([name, value]) => { document.documentElement.dataset[name] = value }", [name, dress.get(name, "")]
        )
    # An animation that is half done is another page.
    page.wait_for_timeout(350)
    page.evaluate(AXE)
    return page.evaluate(LOOK)


def look(phone: Phone, place: str) -> dict[str, Any]:
    return {f"{place} {name}": said for name, dress in LOOKS.items() if (said := found(phone.page, dress))}


@pytest.mark.parametrize("place", OPEN)
def test_a_screen_before_the_pin(phone, place):
    phone.page.goto(f"{phone.address}/field/{place}")
    phone.page.locator("h1").first.wait_for()
    assert not look(phone, place)


def test_the_lock(phone):
    phone.page.goto(f"{phone.address}/field/")
    phone.page.get_by_test_id("lock").wait_for()
    assert not look(phone, "lock")


@pytest.mark.parametrize("place", OWN)
def test_a_screen_of_one_s_own(phone, place):
    phone.go(place)
    phone.page.locator("h1").first.wait_for()
    assert not look(phone, place)


@pytest.mark.parametrize("place", [*OF_A_CASE, *SECTIONS])
def test_a_screen_of_a_household(phone, place):
    phone.go()
    case = phone.page.locator("main a[href*='/cases/']").first.get_attribute("href").removeprefix("/field/")
    phone.go(case + place)
    phone.page.locator("main").wait_for()
    assert not look(phone, place)


@pytest.mark.parametrize(("section", "opens"), [("S2", "member-0"), ("S3", "")])
def test_a_sheet(phone, section, opens):
    phone.go()
    case = phone.page.locator("main a[href*='/cases/']").first.get_attribute("href").removeprefix("/field/")
    phone.section(case.removeprefix("cases/"), section)
    if not opens:
        phone.fill({"has_income": "yes"})
    else:
        phone.page.get_by_test_id(opens).locator("button, a").first.click()
    phone.page.get_by_role("dialog").wait_for()
    time.sleep(0.3)
    assert not look(phone, section)


def test_axe_sees_what_is_planted(phone):
    phone.go("me")
    phone.page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('afterbegin', '<button></button><p id="pale">看不清</p>')
          Object.assign(document.querySelector('#pale').style, { color: '#bbb', background: '#fff' })
        }"""
    )
    said = " ".join(found(phone.page, {}))
    assert "button-name" in said
    assert "color-contrast" in said
