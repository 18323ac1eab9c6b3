"""Every tap that gives or takes away much at once can be taken back, the last of them from the next screen, too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.bench import ours
from tests.cast import PASSWORD
from tests.journeys.hard_county import turn_to
from tests.journeys.phone_screen import Phone, picture
from tests.journeys.test_bad_input import case_of
from tests.journeys.test_discovery import looked_at

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    """Signed in, open, without a network, with one household in which nothing is out of the ordinary."""
    folder = tmp_path_factory.mktemp("undo")
    ours.staff(folder / "var", households=[1], family_size=1, hardship_text="一个人种地，今年雨少，不够用。")
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        opened = Phone(play, folder / "profile", service.address)
        opened.password = PASSWORD
        opened.sign_in("grid000")
        opened.case = case_of(opened)
        opened.context.set_offline(True)
        yield opened
        opened.context.close()


def open_section(phone: Phone, key: str) -> Page:
    turn_to(phone, f"cases/{phone.case}/sections/{key}")
    phone.page.wait_for_url(f"**/sections/{key}**")
    phone.page.locator(
        "main [data-testid^=q-], main [data-testid=shoot-next], main [data-testid^=member-]"
    ).first.wait_for()
    return phone.page


def chosen(page: Page) -> Locator:
    return page.locator("main .opt.on")


def test_three_sections_agreed_to_are_taken_back_from_the_next_screen(phone):
    page = open_section(phone, "S4")
    page.get_by_test_id("agree-together").click()
    page.wait_for_url("**/sections/S7")
    expect(page.get_by_test_id("given")).to_contain_text("已记下 3 节")
    looked_at(page, "given-together")
    page.get_by_test_id("given").get_by_role("button", name="撤回").click()
    page.wait_for_url("**/sections/S4")
    page.get_by_test_id("agree-together").wait_for()
    for key in ("S4", "S5", "S6"):
        open_section(phone, key)
        page.locator("[data-testid^=q-]").first.wait_for()
        expect(chosen(page)).to_have_count(0)


def test_what_was_changed_since_stays(phone):
    page = open_section(phone, "S4")
    page.get_by_test_id("agree-together").click()
    page.wait_for_url("**/sections/S7")
    open_section(phone, "S6")
    phone.fill({"food": "no"})
    phone.saved()
    page.get_by_test_id("given").get_by_role("button", name="撤回").click()
    page.wait_for_url("**/sections/S4")
    open_section(phone, "S6")
    expect(page.get_by_test_id("q-food").locator(".opt.on")).to_have_count(1)
    expect(chosen(page)).to_have_count(1)


def test_the_usual_of_one_section_is_taken_back_also_after_leaving_it(phone):
    page = open_section(phone, "S6")
    before = chosen(page).count()
    page.get_by_test_id("all-normal").click()
    page.get_by_test_id("undo-normal").click()
    expect(chosen(page)).to_have_count(before)
    page.get_by_test_id("all-normal").click()
    phone.saved()
    open_section(phone, "S7")
    expect(page.get_by_test_id("given")).to_contain_text("吃穿和三保障、饮水")
    open_section(phone, "S8")
    expect(page.get_by_test_id("given")).to_have_count(0)
    open_section(phone, "S6")
    page.get_by_test_id("undo-normal").click()
    expect(chosen(page)).to_have_count(before)


def test_a_person_and_their_usual_answers_come_back(phone):
    page = open_section(phone, "S2")
    dialog = page.get_by_role("dialog")
    if not dialog.count():
        page.get_by_test_id("member-0").locator("button").click()
    dialog.get_by_text("都正常").click()
    undo = dialog.get_by_role("button", name="撤回")
    undo.wait_for()
    given = dialog.locator(".opt.on").count()
    undo.click()
    expect(dialog.locator(".opt.on")).not_to_have_count(given)
    assert dialog.locator(".opt.on").count() < given
    page.get_by_test_id("remove-member").click()
    expect(page.get_by_test_id("member-0")).to_have_count(0)
    page.locator("main .note").get_by_role("button", name="撤回").click()
    expect(page.get_by_test_id("member-0")).to_have_count(1)
    phone.saved()


def test_an_income_comes_back_with_its_amount(phone):
    page = open_section(phone, "S3")
    phone.fill({"has_income": "yes"})
    phone.fill({"i_code": "B1", "i_amount_fen": "3,600"})
    page.get_by_test_id("entry-done").click()
    page.get_by_test_id("incomes-0").click()
    page.get_by_test_id("remove-entry").click()
    expect(page.get_by_test_id("incomes-0")).to_have_count(0)
    page.get_by_test_id("q-incomes").get_by_role("button", name="撤回").click()
    expect(page.get_by_test_id("incomes-0")).to_contain_text("3,600")


def test_an_income_denied_by_a_slip_is_not_counted_and_comes_back(phone):
    page = open_section(phone, "S3")
    expect(page.get_by_test_id("incomes-0")).to_contain_text("3,600")
    phone.fill({"has_income": "no"})
    expect(page.get_by_test_id("incomes-0")).to_have_count(0)
    expect(page.locator(".per .v").first).to_contain_text("0")
    expect(page.locator(".per")).not_to_contain_text("3,600")
    phone.fill({"has_income": "yes"})
    expect(page.get_by_test_id("incomes-0")).to_contain_text("3,600")
    phone.saved()


def test_a_photo_comes_back(phone):
    page = open_section(phone, "S8")
    phone.photograph(picture((90, 10, 10)))
    page.locator(".tile img.pic").first.click()
    page.get_by_test_id("drop-photo").click()
    page.get_by_test_id("put-back").click()
    expect(page.locator(".tile img.pic")).to_have_count(1)
