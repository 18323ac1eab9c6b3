"""Every screen of the phone, measured: nothing runs off, nothing is too small for a finger or an eye, no bar covers, and
no line is broken where a typesetter would not (`tests/typesetting.py`).

`make looks` keeps pictures of each (`RUHU_LOOKS`: the folder), to be looked at by a person.
"""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.doors import doors
from tests.journeys.hard_county import PLAIN, SENT_BACK, hard_phone
from tests.journeys.phone_screen import Phone
from tests.journeys.screens import CROP, DOORS, DRESSES, SCREENS
from tests.journeys.ways import to, to_household
from tests.pictures import SHOTS, keep
from tests.typesetting import BROKEN_DAYS, TYPESET

pytestmark = pytest.mark.browser

SIZES = ({"width": 360, "height": 780}, {"width": 412, "height": 915})

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
    if (/=>|\\[object|undefined|NaN/.test(walker.currentNode.data)) say('code', parent)
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


DRESS = "([size, theme]) => Object.assign(document.documentElement.dataset, { size, theme })"
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
        shots = []
        for dress, (words, theme) in DRESSES.items():
            phone.page.evaluate(DRESS, [words, theme])
            if (
                said := phone.page.evaluate(MEASURE, NAMED)
                + phone.page.evaluate(TYPESET)
                + phone.page.evaluate(BROKEN_DAYS)
            ):
                found[f"{name} {size['width']} {dress}"] = said
            if SHOTS:
                shots.append(shot(phone))
        if SHOTS:
            keep(shots, f"{name}-{size['width']}")
    return found


def shot(phone: Phone) -> Image.Image:
    """All of the page, as if the screen were long enough: bars stand at its end. A sheet is taken as it stands."""
    page, size = phone.page, phone.page.viewport_size
    assert size
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))")
    if not page.get_by_role("dialog").count():
        page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    taken = Image.open(io.BytesIO(page.screenshot()))
    page.set_viewport_size(size)
    return taken


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.name)
def test_a_screen(phone, screen):
    phone.page.set_viewport_size(SIZES[0])
    screen.reach(phone)
    assert not looked(phone, screen.name)


def test_what_stands_before_the_app(phone, tmp_path):
    said, seen = {}, []
    for name, other in doors(phone, tmp_path):
        seen.append(name)
        said |= looked(other, name)
    assert (said, seen) == ({}, list(DOORS))


def test_the_sums_while_somebody_types(phone):
    """Half of the screen is the keyboard; both figures stay on one line."""
    to_household(phone, name=SENT_BACK, place="/sections/S3")
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
    for amount in ("46000", "2800"):
        sheet.locator("[data-testid=q-i_monthly_fen] input").fill(amount)
        assert fold.evaluate(CLIPPED) == 0
        assert [word in fold.inner_text() for word in ("防返贫", "低保")] == [True, True]
        assert (fold.inner_text() == before) == (amount == "2800")
        # There is no room to say 演示参数 here, so nothing is compared with a demo's line.
        assert "高于" not in fold.inner_text()
        if SHOTS:
            keep([shot(phone)], f"folded-{amount}")


FACTORS = {"i_mu": "4.5", "i_yield": "800", "i_price_fen": "1.2", "i_cost_fen": "900"}
# Inside what scrolls, or behind the foot or the head: does a finger find the line where it stands?
SEEN = """(line) => {
  const box = line.getBoundingClientRect()
  const top = document.elementFromPoint(box.left + 2, box.top + 2), end = document.elementFromPoint(box.left + 2, box.bottom - 2)
  return line.contains(top) && line.contains(end)
}"""


@pytest.mark.parametrize("dress", DRESSES)
def test_what_a_field_brings_is_seen_while_it_is_typed(phone, dress):
    """The keyboard leaves the sheet little room: the sum stands below the field that makes it, not behind the foot."""
    to_household(phone, name=PLAIN, place="/sections/S3")
    page = phone.page
    page.evaluate(DRESS, DRESSES[dress])
    page.locator("[data-testid=q-has_income] label.opt").first.click()
    if not page.get_by_role("dialog").count():
        page.get_by_test_id("add-incomes").click()
    page.locator(CROP).click()
    page.get_by_role("button", name="按亩数、亩产、单价算").click()
    page.set_viewport_size({"width": 360, "height": 460})
    shots = []
    for key, typed in FACTORS.items():
        field = page.locator(f"[data-testid=q-{key}] input")
        field.focus()
        field.press_sequentially(typed)
        if key in ("i_price_fen", "i_cost_fen"):
            sum_ = page.locator(".product")
            assert "4,320" in sum_.inner_text()
            assert [sum_.evaluate(SEEN), field.evaluate(SEEN)] == [True, True], key
        if SHOTS:
            shots.append(shot(phone))
    if SHOTS:
        keep(shots, f"produce-{dress}")
    who = page.locator("[data-testid=q-i_member] input")
    who.focus()
    scrolled = "() => document.querySelector('[role=dialog] .scroll').scrollTop"
    before = page.evaluate(scrolled)
    who.press_sequentially("马")
    assert page.evaluate(scrolled) == before, "what the sum is not made of leaves the page where it is"
    # What leads on comes back with the room for it.
    onward = page.get_by_test_id("entry-onward")
    expect(onward).to_be_hidden()
    page.set_viewport_size(SIZES[0])
    expect(onward).to_be_visible()
    page.get_by_test_id("remove-entry").click()
    page.evaluate(DRESS, ("", ""))


def test_it_sees_what_is_planted(phone):
    to(phone, place="me")
    phone.page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('beforeend', '<div id="wide"><button id="tiny">小</button></div>')
          Object.assign(document.querySelector('#wide').style, { width: '700px' })
          document.querySelector('main').insertAdjacentHTML('beforeend', '<p id="day">到2023年11月30日</p>')
          document.querySelector('main').insertAdjacentHTML('beforeend', '<p>e=&gt;e?`有`:`没有`</p>')
          document.querySelector('#day').style.width = '8em'
          Object.assign(document.querySelector('#tiny').style, { width: '20px', height: '20px', padding: 0, fontSize: '11px' })
        }"""
    )
    said = " ".join(phone.page.evaluate(MEASURE, NAMED))
    assert "runs off" in said
    assert "20×20" in said
    assert "text of 11 px" in said
    assert "code: <p>e=" in said
    assert phone.page.evaluate(BROKEN_DAYS) == ["a broken day: 2023年11月30日"]
    phone.page.evaluate(
        "document.querySelector('#day').textContent = '到2023\\u2060年\\u206011\\u2060月\\u206030\\u2060日'"
    )
    assert phone.page.evaluate(BROKEN_DAYS) == []
