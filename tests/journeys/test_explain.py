"""A household that does not qualify is told so in its yard, without a network, and signs; the office sees the ink."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from backend import create_app
from backend.config import Settings
from backend.domain import review, routing
from backend.models import Case, User, db
from tests.bench import ours
from tests.cast import PASSWORD, Cast
from tests.factories import visit_case
from tests.journeys.phone_screen import CHROMIUM, FLAGS, Phone
from tests.journeys.test_axe import look
from tests.journeys.test_door import SPEAK
from tests.journeys.test_finishing import IN_SIGHT

pytestmark = pytest.mark.browser


def decline_one(folder: Path) -> str:
    """The township found that nothing applies to the worker's first household; its id."""
    app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        worker = db.session.scalars(db.select(User).where(User.username == "grid000")).one()
        case = db.session.scalars(db.select(Case).order_by(Case.number)).first()
        assert case
        visit_case(case, author=worker)
        review.approve(case, actor=Cast().bai_caixia)
        routing.route(case, to={"explanation": []}, reason="收入高于标准，没有突出困难", actor=Cast().bai_caixia)
        case_id = case.id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return case_id


@pytest.fixture(scope="module")
def declined(tmp_path_factory) -> Iterator[tuple[Phone, Browser, str]]:
    """A worker's phone, the office's browser, and the household."""
    folder = tmp_path_factory.mktemp("explain")
    ours.staff(folder / "var", households=[3])
    case_id = decline_one(folder / "var")
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        phone = Phone(play, folder / "profile", service.address)
        phone.password = PASSWORD
        phone.sign_in("grid000")
        yield phone, play.chromium.launch(executable_path=CHROMIUM, args=FLAGS), case_id
        phone.context.close()


def asked_to_sign(page: Page, words: str) -> None:
    """The button that says so puts the pad under the household's finger."""
    keep = page.get_by_test_id("keep-explanation")
    expect(keep).to_have_text(words)
    keep.click()
    expect(page.get_by_test_id("signature-pad")).to_be_visible()


def sign_what_was_said(phone: Phone) -> None:
    """Words that change after the signature are words that nobody signed: back to what was signed, or signed anew."""
    page = phone.page
    keep, words = page.get_by_test_id("keep-explanation"), page.locator("#explain-open")
    words.fill("慢病签约")
    asked_to_sign(page, "请他签字")
    phone.sign("signature")
    expect(keep).to_have_text("记下，交上去")
    words.fill("医保报销")
    expect(page.get_by_test_id("q-signature")).to_contain_text("改之前签的")
    asked_to_sign(page, "请他重签")
    # Who would rather press a thumb closes the pad and finds it.
    page.get_by_role("dialog").get_by_role("button", name="关上").click()
    assert page.get_by_test_id("q-signature").evaluate(IN_SIGHT)
    words.fill("慢病签约")
    expect(keep).to_have_text("记下，交上去")
    words.fill("医保报销")
    page.get_by_test_id("q-signature").get_by_role("button", name="重签").click()
    phone.sign("signature")
    expect(keep).to_have_text("记下，交上去")


def tell_and_sign(phone: Phone, case_id: str) -> None:
    """Without a network: the reasons stand there, the household signs, the phone keeps it."""
    page = phone.page
    phone.go(f"cases/{case_id}")
    page.get_by_test_id("to-explain").wait_for()
    page.context.set_offline(True)
    page.evaluate(SPEAK)
    page.get_by_test_id("explain").click()
    told = page.get_by_test_id("told")
    told.wait_for()
    expect(told).to_contain_text("没有纳入救助和监测")
    expect(told).to_contain_text("收入高于标准")
    page.get_by_test_id("keep-explanation").click()
    page.wait_for_function("() => said.length >= 4")
    assert "您家这次没有纳入救助和监测。" in page.evaluate("said")
    page.locator("#explain-codes label.opt").first.click()
    sign_what_was_said(phone)
    page.get_by_test_id("keep-explanation").click()
    page.wait_for_url("**/outbox")
    expect(page.get_by_test_id("kept")).to_contain_text("说过了")
    page.get_by_test_id(f"household-{case_id}").wait_for()
    page.context.set_offline(False)


def test_its_screen_is_for_everybody(declined):
    phone, _, case_id = declined
    phone.go(f"cases/{case_id}/explain")
    phone.page.get_by_test_id("told").wait_for()
    assert not look(phone, "explain")


def test_told_in_the_yard_and_signed(declined):
    phone, browser, case_id = declined
    tell_and_sign(phone, case_id)
    phone.send()
    desk = browser.new_page(locale="zh-CN")
    desk.goto(f"{phone.address}/login")
    desk.fill("[name=username]", "bai_caixia")
    desk.fill("[name=password]", PASSWORD)
    desk.press("[name=password]", "Enter")
    desk.wait_for_url(lambda url: "/login" not in url)
    desk.goto(f"{phone.address}/cases/{case_id}")
    expect(desk.locator("main")).to_contain_text("办结")
    expect(desk.locator("main")).to_contain_text("您家还可以办：医保报销")
    expect(desk.locator("section:has(h2:text('解释说明')) svg.sig")).to_have_count(1)
