"""Every screen of the phone, looked at by axe: nothing serious stands between it and whoever sees or hears badly."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.house import ROOT
from tests.journeys.doors import doors
from tests.journeys.hard_county import hard_phone
from tests.journeys.phone_screen import Phone
from tests.journeys.screens import DOORS, DRESSES, SCREENS
from tests.journeys.ways import to

pytestmark = pytest.mark.browser

AXE = (ROOT / "frontend/field/node_modules/axe-core/axe.min.js").read_text("utf-8")
# An animation that is half done is another page.
LOOK = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))
  // A rule's impact is its violations' impact: rules that could say nothing serious are not asked at all.
  const mild = axe._audit.rules.filter((rule) => ['minor', 'moderate'].includes(rule.impact))
  const rules = Object.fromEntries(mild.map((rule) => [rule.id, { enabled: false }]))
  return (await axe.run(document, { resultTypes: ['violations'], rules })).violations
    .filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
}"""


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    """Signed in, open, with the households that are hardest to show."""
    with hard_phone(tmp_path_factory.mktemp("axe")) as opened:
        yield opened


def looked(page: Page) -> list[str]:
    """What axe says of the page as it stands; half a megabyte of it is brought along once for a document."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(LOOK)


def found(page: Page, dress: str) -> list[str]:
    """What axe says of the page as it stands, dressed so."""
    page.evaluate(
        "([size, theme]) => Object.assign(document.documentElement.dataset, { size, theme })", list(DRESSES[dress])
    )
    return looked(page)


def look(phone: Phone, name: str) -> dict[str, list[str]]:
    return {f"{name} {dress}": said for dress in DRESSES if (said := found(phone.page, dress))}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.name)
def test_a_screen(phone, screen):
    screen.reach(phone)
    assert not look(phone, screen.name)


def test_what_stands_before_the_app(phone, tmp_path):
    said, seen = {}, []
    for name, other in doors(phone, tmp_path):
        seen.append(name)
        said |= look(other, name)
    assert (said, seen) == ({}, list(DOORS))


def test_axe_sees_what_is_planted(phone):
    to(phone, place="me")
    phone.page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('afterbegin', '<button></button><p id="pale">看不清</p>')
          Object.assign(document.querySelector('#pale').style, { color: '#bbb', background: '#fff' })
        }"""
    )
    said = " ".join(found(phone.page, "light"))
    assert "button-name" in said
    assert "color-contrast" in said
