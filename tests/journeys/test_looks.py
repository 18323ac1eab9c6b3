"""Every screen of the phone, measured: nothing runs off, nothing is too small for a finger or an eye, no bar covers.

`RUHU_LOOKS=folder` keeps a picture of each, to be looked at by a person.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import form
from tests.cast import PASSWORD
from tests.journeys.hard_county import HANDED_IN, OVERDUE, SENT_BACK, TO_EXPLAIN, case_named, hard_phone, turn_to
from tests.journeys.phone_screen import Phone, picture

pytestmark = pytest.mark.browser

SIZES = ({"width": 360, "height": 780}, {"width": 412, "height": 915})
DRESSES = {"light": ("", ""), "large": ("large", ""), "sunlight": ("", "sunlight")}
OWN = ("discover", "outbox", "policy", "me", "pin", "rescue", "rescue?in=", "recovered", "bind")
OPEN = ("check", "people", "forgot")
OF_A_CASE = ("", "/hints", "/finish", "/observe", "/attempt", "/urgent")
SECTIONS = tuple(f"/sections/{section.key}" for section in form.SECTIONS[:-1])
SHOTS = os.environ.get("RUHU_LOOKS", "")

# Words inside a sentence that lead on; a row or a button beside them leads to the same place.
NAMED = ".note a, .sr, .hint a"
MEASURE = """(named) => {
  const faults = []
  const root = document.querySelector('[role=dialog]') || document.body
  const say = (what, one) => faults.push(`${what}: ${one.outerHTML.replace(/\\s+/g, ' ').slice(0, 110)}`)
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (wide > 0) faults.push(`runs off by ${wide} px`)
  const isSeen = (one) => one.getClientRects().length && one.checkVisibility({ visibilityProperty: true })
  for (const one of root.querySelectorAll('*')) {
    const box = one.getBoundingClientRect()
    const isHere = isSeen(one) && box.width && box.right > innerWidth + 1 && !one.closest('svg, .sr')
    if (isHere && !(one.parentElement.getBoundingClientRect().right > innerWidth + 1)) say('runs off', one)
  }
  for (const one of root.querySelectorAll('button, a[href], input, textarea, select')) {
    if (!isSeen(one) || one.closest(named)) continue
    const frame = one.matches('.field input, .numf input') ? one.closest('.field, .numf') : one
    const box = frame.getBoundingClientRect()
    if (box.width < 47.5 || box.height < 47.5) say(`${Math.round(box.width)}×${Math.round(box.height)}`, one)
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || !isSeen(parent) || parent.closest('svg, script, style, .sr')) continue
    const size = parseFloat(getComputedStyle(parent).fontSize)
    if (size < 14) say(`text of ${size} px`, parent)
  }
  const bar = root.querySelector('.act, .dock')
  const body = root.querySelector('.scroll') || root.querySelector('main')
  if (bar && body) {
    scrollTo(0, document.documentElement.scrollHeight)
    body.scrollTop = body.scrollHeight
    const last = [...body.querySelectorAll('button, input, textarea, a[href]')].filter(isSeen).pop()
    const under = last && last.getBoundingClientRect().bottom - bar.getBoundingClientRect().top
    if (under > 1) say(`the bar covers ${Math.round(under)} px`, last)
    scrollTo(0, 0)
    body.scrollTop = 0
  }
  return [...new Set(faults)]
}"""


CLIPPED = "(bar) => [...bar.querySelectorAll('.one')].filter((one) => one.scrollWidth > one.clientWidth).length"


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("looks")) as opened:
        yield opened


def looked(phone: Phone, name: str) -> dict[str, list[str]]:
    """What is wrong with the screen as it stands, in each size and dress; what is right is left out."""
    found = {}
    for size in SIZES:
        phone.page.set_viewport_size(size)  # type: ignore[arg-type]
        for dress, (words, theme) in DRESSES.items():
            phone.page.evaluate(
                "([size, theme]) => Object.assign(document.documentElement.dataset, { size, theme })", [words, theme]
            )
            if said := phone.page.evaluate(MEASURE, NAMED):
                found[f"{name} {size['width']} {dress}"] = said
            if SHOTS:
                keep(phone, f"{name}-{size['width']}-{dress}")
    return found


def keep(phone: Phone, name: str) -> None:
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    is_sheet = phone.page.get_by_role("dialog").count()
    safe = "".join(sign if sign.isalnum() or sign == "-" else "_" for sign in name)
    phone.page.screenshot(path=folder / f"{safe}.png", full_page=not is_sheet)


def test_lists_full_and_empty(phone):
    found = {}
    for tab in ("", "?tab=returned", "?tab=visited"):
        turn_to(phone, tab)
        found |= looked(phone, f"tasks{tab}")
    turn_to(phone, "")
    phone.page.get_by_role("button", name="搜索").click()
    phone.page.get_by_role("searchbox").fill("没有这个人")
    found |= looked(phone, "tasks-nobody")
    assert not found


@pytest.mark.parametrize("place", [*OWN, *OPEN])
def test_a_screen_of_one_s_own(phone, place):
    turn_to(phone, place)
    phone.page.locator("h1").first.wait_for()
    assert not looked(phone, place)


@pytest.mark.parametrize("place", [*OF_A_CASE, *SECTIONS])
def test_a_household_that_is_overdue(phone, place):
    turn_to(phone, f"cases/{case_named(phone, OVERDUE)}{place}")
    phone.page.locator("h1").first.wait_for()
    assert not looked(phone, f"overdue{place}")


@pytest.mark.parametrize("place", ["", "/finish", "/hints", *SECTIONS])
def test_a_household_that_was_sent_back(phone, place):
    """Eight people, everything filled in, a word of the township on three answers."""
    turn_to(phone, f"cases/{case_named(phone, SENT_BACK, '?tab=returned')}{place}")
    phone.page.locator("h1").first.wait_for()
    if place == "/sections/S8":
        album(phone, 12)
    assert not looked(phone, f"returned{place}")


def album(phone: Phone, count: int) -> None:
    """A dozen pictures of the house beside what is asked for."""
    small = picture((60, 60, 10), size=(480, 360))
    for number in range(count):
        phone.page.locator(".tile.extra button").click()
        sheet = phone.page.get_by_role("dialog")
        sheet.locator("input[type=file]").last.set_input_files(
            {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": small}
        )
        phone.page.locator(".tile img.pic").nth(number).wait_for()


def test_a_household_that_was_handed_in(phone):
    turn_to(phone, f"cases/{case_named(phone, HANDED_IN, '?tab=visited')}")
    assert not looked(phone, "handed-in")


def test_a_household_that_is_told_why_not(phone):
    case, found = case_named(phone, TO_EXPLAIN), {}
    for place in ("", "/explain"):
        turn_to(phone, f"cases/{case}{place}")
        phone.page.locator("h1").first.wait_for()
        found |= looked(phone, f"to-explain{place}")
    assert not found


def test_a_later_end_asked_for(phone):
    turn_to(phone, f"cases/{case_named(phone, OVERDUE)}/attempt")
    phone.page.locator("label.opt", has_text="见不上，延期").click()
    phone.page.locator("#until").wait_for()
    assert not looked(phone, "extension")


def test_the_sums_while_somebody_types(phone):
    """Half of the screen is the keyboard; both figures stay on one line."""
    turn_to(phone, f"cases/{case_named(phone, SENT_BACK, '?tab=returned')}/sections/S3")
    phone.page.get_by_test_id("incomes-0").click()
    sheet = phone.page.get_by_role("dialog")
    sheet.locator("[data-testid=q-i_monthly_fen] input").focus()
    phone.page.set_viewport_size({"width": 360, "height": 460})
    fold = sheet.get_by_test_id("fold")
    box = fold.bounding_box()
    assert box
    assert box["height"] <= 52
    assert box["y"] + box["height"] <= 460
    before = fold.inner_text()
    for amount in ("46000", "2600"):
        sheet.locator("[data-testid=q-i_monthly_fen] input").fill(amount)
        assert fold.evaluate(CLIPPED) == 0
        assert [word in fold.inner_text() for word in ("防返贫", "低保")] == [True, True]
        assert (fold.inner_text() == before) == (amount == "2600")
        assert fold.inner_text().count("高于" if amount == "46000" else "低于") == 2
        if SHOTS:
            keep(phone, f"folded-{amount}")


def test_sheets(phone):
    found = {}
    case = case_named(phone, SENT_BACK, "?tab=returned")
    for section, opener in (
        ("sections/S2", "[data-testid=member-0] button, [data-testid=member-0] a"),
        ("sections/S8", "[data-testid=refuse], .tile .link"),
        ("sections/S8", ".tile.extra button"),
        ("finish", "[data-testid=add-visitor]"),
        ("finish", "[data-testid=q-signature_interviewee] button.pen, [data-testid=q-signature_interviewee] button"),
    ):
        turn_to(phone, f"cases/{case}/{section}")
        opened = phone.page.locator(opener).first
        if opened.count():
            opened.click()
            phone.page.get_by_role("dialog").wait_for()
            found |= looked(phone, f"sheet {section} {opener[:24]}")
            phone.page.keyboard.press("Escape")
            phone.page.get_by_role("dialog").wait_for(state="detached")
    assert not found


def test_troubles(phone):
    """What went wrong is said without breaking the screen."""
    turn_to(phone, f"cases/{case_named(phone, OVERDUE)}/sections/S8")
    phone.page.get_by_test_id("shoot-next").locator("input").set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    phone.page.get_by_test_id("photo-trouble").wait_for()
    found = looked(phone, "photo-trouble")
    turn_to(phone, "cases/nobody-here")
    found |= looked(phone, "not-here")
    assert not found


def test_it_sees_what_is_planted(phone):
    turn_to(phone, "me")
    phone.page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('beforeend', '<div id="wide"><button id="tiny">小</button></div>')
          Object.assign(document.querySelector('#wide').style, { width: '700px' })
          Object.assign(document.querySelector('#tiny').style, { width: '20px', height: '20px', padding: 0, fontSize: '11px' })
        }"""
    )
    said = " ".join(phone.page.evaluate(MEASURE, NAMED))
    assert "runs off" in said
    assert "20×20" in said
    assert "text of 11 px" in said


def test_nobody_sent_anywhere_yet(phone, tmp_path):
    other = Phone(phone.play, tmp_path, phone.address)
    other.password = PASSWORD
    other.sign_in("tuo_hasan")
    for place in ("", "?tab=returned", "?tab=visited", "outbox"):
        turn_to(other, place)
        assert looked(other, f"empty{place}") == {}
    other.context.close()
