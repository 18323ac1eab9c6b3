"""字典 on the phone: the county's own words stand in the form, also without a network, and fit on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from backend import create_app
from backend.codebook.words import LONGEST_WORD
from backend.config import Settings
from backend.domain.dictionary import drop_word, set_word
from backend.models import db
from tests.bench import ours
from tests.cast import COUNTY, PASSWORD, Cast
from tests.journeys.phone_screen import Phone
from tests.pictures import SHOTS

pytestmark = pytest.mark.browser

LONG = "遭了冰雹洪水泥石流这些天灾的人家要重建房子"[:LONGEST_WORD]


def at_the_desk(folder: Path, verb, *told: str) -> None:
    """The county's administrator does it, in a process beside the server."""
    app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        verb(*told, county_code=COUNTY, actor=Cast().tie_jianhua)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def phone(folder, tmp_path) -> Iterator[Phone]:
    """Signed in, with one household to go to, in a county that has two words of its own."""
    households = ours.staff(folder, households=[1])[0].cases
    at_the_desk(folder, set_word, "Risk", "illness", "看病花钱")
    at_the_desk(folder, set_word, "Risk", "disaster", LONG)
    with ours.office(folder, 1) as service, sync_playwright() as play:
        opened = Phone(play, tmp_path / "profile", service.address)
        opened.password, opened.case_id = PASSWORD, households[0]
        opened.sign_in("grid000")
        yield opened
        opened.context.close()


def test_the_form_says_it_the_county_s_way_without_a_network(phone, folder):
    phone.context.set_offline(True)
    phone.section(phone.case_id, "S7")
    risks = phone.page.get_by_test_id("q-risks")
    for word in ("看病花钱", LONG, "因学"):
        expect(risks.locator("label.opt").filter(has_text=word)).to_have_count(1)
    expect(risks.get_by_text("因病")).to_have_count(0)
    risks.locator("label.opt").filter(has_text="看病花钱").click()
    phone.saved()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    if SHOTS:
        phone.page.screenshot(path=f"{SHOTS}/words.png")
    phone.context.set_offline(False)
    at_the_desk(folder, drop_word, "Risk", "illness")
    phone.go()
    phone.page.wait_for_selector("text=待入户")
    phone.section(phone.case_id, "S7")
    chosen = phone.page.get_by_test_id("q-risks").locator("label.opt").filter(has_text="因病")
    expect(chosen.locator("input")).to_be_checked()
