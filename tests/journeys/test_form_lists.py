"""Lists of the form: the same as the one before in one tap, a bill with its receipt, what working costs, what is no property."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hard_county import PLAIN, SENT_BACK, case_named, hard_phone
from tests.journeys.phone_screen import Phone, picture
from tests.journeys.test_form_shows import close_sheet, fen, open_section

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("lists")) as opened:
        opened.sent_back = opened.households[SENT_BACK]
        case_named(opened, PLAIN)
        opened.context.set_offline(True)
        yield opened


def sum_of(page: Page, title: str, label: str) -> int:
    row = page.get_by_test_id(f"sum-{title}").locator("tr").filter(has_text=label).last
    return fen(row.locator("td").last.inner_text())


def test_a_person_is_as_the_one_before_in_one_tap(phone):
    page = open_section(phone, phone.sent_back, "S2")
    page.get_by_role("button", name="加一个人").click()
    dialog = page.get_by_role("dialog")
    phone.fill({"m_name": "马小明"})
    before = dialog.locator(".opt.on").count()
    dialog.get_by_role("button", name="同上一人").click()
    same = dialog.locator(".opt.on").count()
    assert same > before
    dialog.get_by_role("button", name="撤回").click()
    expect(dialog.locator(".opt.on")).to_have_count(before)
    page.get_by_test_id("remove-member").click()
    phone.saved()


def test_a_line_is_as_the_one_before_but_for_its_money(phone):
    page = open_section(phone, phone.sent_back, "S3")
    lines = page.get_by_test_id("q-incomes").locator("[data-testid^=incomes-]")
    page.get_by_test_id("add-incomes").click()
    phone.fill({"i_code": "W3", "i_amount_fen": "1200"})
    page.get_by_test_id("q-i_member").locator("input").fill("马小明")
    page.get_by_test_id("entry-next").click()
    page.get_by_test_id("same-entry").click()
    expect(page.get_by_test_id("q-i_code").locator(".opt.on")).to_have_text("其他工资收入")
    expect(page.get_by_test_id("q-i_member").locator("input")).to_have_value("马小明")
    expect(page.get_by_test_id("q-i_amount_fen").locator("input")).to_have_value("")
    phone.fill({"i_amount_fen": "300"})
    page.get_by_test_id("entry-done").click()
    expect(lines.last).to_contain_text("300")
    phone.saved()


def test_a_bill_has_its_receipt_until_the_picture_goes(phone):
    page = open_section(phone, phone.sent_back, "S4")
    page.get_by_test_id("expenses-0").click()
    phone.fill({"x_is_receipted": "yes"})
    proof = page.get_by_test_id("q-x_photo")
    shot = {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture((90, 60, 30), size=(480, 360))}
    proof.locator("input[type=file]").set_input_files(shot)
    expect(proof.locator(".known")).to_contain_text("医疗票据")
    page.get_by_test_id("entry-done").click()
    phone.saved()
    page = open_section(phone, phone.sent_back, "S8")
    page.locator(".tile").filter(has_text="医疗票据").locator("button").first.click()
    page.get_by_test_id("drop-photo").click()
    page.get_by_role("dialog").wait_for(state="detached")
    page = open_section(phone, phone.sent_back, "S4")
    page.get_by_test_id("expenses-0").click()
    expect(proof).to_contain_text("这张照片去掉了")
    close_sheet(page)


def test_what_working_costs_is_taken_off_for_one_sum_only(phone):
    page = open_section(phone, phone.sent_back, "S4")
    phone.fill({"has_employment_costs": "yes"})
    page.get_by_role("dialog").wait_for()
    phone.fill({"c_amount_fen": "2400"})
    expect(page.get_by_role("dialog").get_by_test_id("fold")).to_be_visible()
    page.get_by_test_id("entry-done").click()
    expect(page.get_by_test_id("q-employment_costs")).to_contain_text("2,400")
    page = open_section(phone, phone.sent_back, "S3")
    assert sum_of(page, "低保算法", "就业成本") < 0
    expect(page.get_by_test_id("sum-防返贫算法")).not_to_contain_text("就业成本")


def test_what_is_no_property_says_so_and_by_which_paper(phone):
    page = open_section(phone, phone.sent_back, "S5")
    page.get_by_test_id("add-vehicles").click()
    phone.fill({"v_kind": "wheelchair"})
    note = page.get_by_role("dialog").locator(".note.good")
    expect(note).to_contain_text("残疾人代步车不算进财产")
    phone.fill({"v_kind": "car"})
    expect(note).to_have_count(0)
    page.get_by_test_id("remove-entry").click()
