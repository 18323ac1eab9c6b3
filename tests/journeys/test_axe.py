"""Every screen of the phone, looked at by axe: nothing serious stands between it and whoever sees or hears badly."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from backend import form
from tests.cast import PASSWORD
from tests.house import ROOT
from tests.journeys.hard_county import HANDED_IN, OVERDUE, SENT_BACK, case_named, hard_phone, turn_to
from tests.journeys.phone_screen import Phone

pytestmark = pytest.mark.browser

AXE = (ROOT / "frontend/field/node_modules/axe-core/axe.min.js").read_text("utf-8")
LOOK = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)"""
LOOKS = {"plain": {}, "large": {"size": "large"}, "sunlight": {"theme": "sunlight"}}
OPEN, OWN = (
    ("login", "check", "people", "forgot"),
    ("", "discover", "outbox", "policy", "me", "pin", "rescue", "recovered", "bind"),
)
OF_A_CASE = ("", "/hints", "/finish", "/observe", "/attempt", "/urgent")
SECTIONS = tuple(f"/sections/{section.key}" for section in form.SECTIONS[:-1])


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    """Signed in, open, with the households that are hardest to show."""
    with hard_phone(tmp_path_factory.mktemp("axe")) as opened:
        yield opened


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
    phone.unlock()


@pytest.mark.parametrize("place", OWN)
def test_a_screen_of_one_s_own(phone, place):
    turn_to(phone, place)
    phone.page.locator("h1").first.wait_for()
    assert not look(phone, place)


@pytest.mark.parametrize("place", [*OF_A_CASE, *SECTIONS])
def test_a_screen_of_a_household(phone, place):
    turn_to(phone, f"cases/{case_named(phone, OVERDUE)}{place}")
    assert not look(phone, place)


@pytest.mark.parametrize(
    ("name", "tab", "place"),
    [(SENT_BACK, "returned", ""), (SENT_BACK, "returned", "/finish"), (SENT_BACK, "returned", "/sections/S2"),
     (HANDED_IN, "visited", "")],
)  # fmt: skip
def test_a_household_that_was_visited(phone, name, tab, place):
    case = case_named(phone, name, f"?tab={tab}")
    assert not look(phone, f"tasks {tab}")
    turn_to(phone, f"cases/{case}{place}")
    assert not look(phone, tab + place)


SHEETS = {
    "member": ("sections/S2", "[data-testid=member-0] button, [data-testid=member-0] a"),
    "entry": ("sections/S3", "[data-testid=q-incomes] .known button, [data-testid=q-incomes] button"),
    "photo": ("sections/S8", ".tile.extra button"),
    "refusal": ("sections/S8", ".tile button:has-text('不同意拍'), [data-testid=refuse]"),
    "visitor": ("finish", "[data-testid=add-visitor]"),
    "pad": ("finish", "[data-testid=q-signature_visitor_1] button"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet(phone, name):
    place, opener = SHEETS[name]
    turn_to(phone, f"cases/{case_named(phone, SENT_BACK, '?tab=returned')}/{place}")
    phone.page.locator(opener).first.click()
    phone.page.get_by_role("dialog").wait_for()
    assert not look(phone, name)


def test_an_outbox_with_something_in_it(phone):
    turn_to(phone, f"cases/{case_named(phone, OVERDUE)}/observe")
    phone.page.fill("#note", "后院还有两头牛犊，邻居帮着喂。")
    phone.page.get_by_test_id("keep-observation").click()
    phone.page.wait_for_url("**/cases/*")
    turn_to(phone, "outbox")
    phone.page.get_by_text("回执").or_(phone.page.get_by_text("等网络")).first.wait_for()
    assert not look(phone, "outbox")


def test_what_stands_before_the_app(phone, tmp_path):
    """A new PIN, a browser that keeps nothing, ten wrong PINs, a store that somebody emptied."""
    other, said = Phone(phone.play, tmp_path, phone.address), {}
    other.password = PASSWORD
    other.page.goto(f"{phone.address}/field/login")
    other.page.get_by_test_id("skip-code").click()
    other.give_account("ding_zhiqiang")
    other.page.get_by_test_id("new-pin").wait_for()
    said |= look(other, "new pin")
    other.choose_pin()
    other.page.locator("main a[href*='/cases/']").first.wait_for()
    wire = other.context.new_cdp_session(other.page)
    agent = other.page.evaluate("navigator.userAgent")
    wire.send("Emulation.setUserAgentOverride", {"userAgent": agent + " MicroMessenger/8.0.47"})
    other.page.goto(f"{phone.address}/field/")
    other.page.get_by_test_id("unfit").wait_for()
    said |= look(other, "unfit")
    wire.send("Emulation.setUserAgentOverride", {"userAgent": agent})
    other.page.goto(f"{phone.address}/field/")
    for left in range(9, -1, -1):
        other.page.get_by_test_id("lock").wait_for()
        other.page.keyboard.type("918273")
        other.page.get_by_text(f"还能试 {left} 次").or_(other.page.get_by_test_id("wiped")).first.wait_for()
    said |= look(other, "wiped")
    other.page.evaluate("indexedDB.databases().then((all) => all.forEach((one) => indexedDB.deleteDatabase(one.name)))")
    other.page.goto(f"{phone.address}/field/")
    other.page.get_by_test_id("lost").wait_for()
    said |= look(other, "lost")
    other.context.close()
    assert not said


def test_axe_sees_what_is_planted(phone):
    turn_to(phone, "me")
    phone.page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('afterbegin', '<button></button><p id="pale">看不清</p>')
          Object.assign(document.querySelector('#pale').style, { color: '#bbb', background: '#fff' })
        }"""
    )
    said = " ".join(found(phone.page, {}))
    assert "button-name" in said
    assert "color-contrast" in said
