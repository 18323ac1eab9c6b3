"""What is typed wrongly in the form: it stays, a sentence at its field says why, and no list calls it missing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.bench import ours
from tests.cast import PASSWORD
from tests.journeys.phone_screen import Phone
from tests.journeys.test_bad_input import case_of

pytestmark = pytest.mark.browser

LONG_NAME = "马" * 23


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    """Signed in, open, with three households."""
    folder = tmp_path_factory.mktemp("typed")
    ours.staff(folder / "var", households=[3])
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        opened = Phone(play, folder / "profile", service.address)
        opened.password = PASSWORD
        opened.sign_in("grid000")
        yield opened
        opened.context.close()


def test_a_bad_number_stays_with_its_reason_also_when_the_page_is_opened_again(phone):
    case = case_of(phone)
    phone.section(case, "S1")
    for key, typed in (("cattle", "-5"), ("land_mu", "12345678901234567890")):
        phone.page.get_by_test_id(f"q-{key}").locator("input").fill(typed)
    phone.saved()
    phone.section(case, "S1")
    cattle, land = (phone.page.get_by_test_id(f"q-{key}") for key in ("cattle", "land_mu"))
    expect(cattle.locator("input")).to_have_value("-5")
    expect(cattle).to_contain_text("不能小于 0")
    expect(land.locator("input")).to_have_value("12345678901234567890")
    expect(land).to_contain_text("不能大于 500")


def test_a_bill_of_which_more_came_back_than_it_was_is_refused_at_its_field(phone):
    phone.section(case_of(phone), "S4")
    phone.fill({"has_expenses": "yes"})
    phone.fill({"x_code": "M1", "x_total_fen": "1,000", "x_settled_fen": "5,000"})
    settled = phone.page.get_by_test_id("q-x_settled_fen")
    expect(settled).to_contain_text("报销的不能比总费用多")
    dialog = phone.page.get_by_role("dialog")
    expect(dialog).not_to_contain_text("自己掏")
    settled.locator("input").blur()
    expect(dialog).to_contain_text("要改：出院时报销了多少")
    expect(dialog).not_to_contain_text("还差：")
    expect(phone.page.get_by_test_id("q-x_amount_fen")).to_contain_text("没有可不填")
    phone.fill({"x_settled_fen": ""})
    settled.locator("input").blur()
    expect(phone.page.get_by_test_id("q-x_amount_fen")).not_to_contain_text("没有可不填")
    expect(dialog).to_contain_text("还差：自己花了多少")


def test_a_field_that_is_counted_writes_its_amount_until_another_is_written(phone):
    page = phone.page
    phone.section(case_of(phone, 2), "S3")
    phone.fill({"has_income": "yes"})
    phone.fill({"i_code": "B1"})
    dialog = page.get_by_role("dialog")
    amount = page.get_by_test_id("q-i_amount_fen").locator("input")
    expect(page.get_by_test_id("q-i_mu")).to_have_count(0)
    dialog.get_by_role("button", name="按亩数、亩产、单价算").click()
    expect(page.get_by_test_id("q-i_mu").locator("input")).to_be_focused()
    phone.fill({"i_mu": "4.5", "i_yield": "800", "i_price_fen": "1.2"})
    expect(amount).to_have_value("4,320")
    phone.fill({"i_cost_fen": "900"})
    expect(dialog).to_contain_text("4.5 亩 × 800 斤 × 1.20 元")
    expect(dialog).to_contain_text("= 4,320 元，减本钱 900，净 3,420 元")
    phone.fill({"i_mu": "5"})
    expect(amount).to_have_value("4,800")
    amount.fill("5000")
    phone.fill({"i_mu": "6"})
    expect(amount).to_have_value("5,000")
    expect(dialog).to_contain_text("填的是 5,000 元")
    phone.fill({"i_mu": "600"})
    expect(page.get_by_test_id("q-i_mu")).to_contain_text("不能大于 500")
    expect(dialog).not_to_contain_text("填的是")
    page.get_by_test_id("entry-done").click()
    phone.saved()


def test_a_wrong_telephone_keeps_its_section_open(phone):
    case = case_of(phone)
    phone.section(case, "S0")
    phone.fill({"visit_mode": "in_person", "interviewee_name": "家里老人", "interviewee_relation": "head",
                "interviewee_phone": "1200000000123"})  # fmt: skip
    phone.page.get_by_test_id("q-interviewee_name").locator("input").click()
    expect(phone.page.get_by_test_id("q-interviewee_phone")).to_contain_text("手机 11 位，座机带区号")
    phone.page.get_by_test_id("toc").click()
    row = phone.page.get_by_test_id("section-S0")
    expect(row).to_have_attribute("data-state", "part")
    expect(row).to_contain_text("被访人电话要改")


def test_a_long_name_stays_whole_and_is_said_to_be_long(phone):
    phone.section(case_of(phone), "S2")
    # Of one person only something is missing, so that sheet is open already.
    phone.page.get_by_role("dialog").get_by_role("button", name="先这样").click()
    phone.page.get_by_test_id("add-member").click()
    name = phone.page.get_by_test_id("q-m_name")
    name.locator("input").fill(LONG_NAME)
    expect(name.locator("input")).to_have_value(LONG_NAME)
    expect(name).to_contain_text("最多 20 字，多了 3 字")
    number = phone.page.get_by_test_id("q-m_id_number")
    expect(number).not_to_contain_text("没有可不填")
    number.locator("input").fill("620599********398")
    name.locator("input").click()
    expect(number).to_contain_text("身份证号是 18 位")
    phone.page.get_by_role("dialog").get_by_role("button", name="先这样").click()
    expect(phone.page.locator("main")).to_contain_text("要改：姓名、身份证号")


def test_the_number_of_a_group_is_read_or_asked_for_again(phone):
    phone.go("discover")
    group = phone.page.locator("#found-group")
    group.fill("99999")
    expect(group).to_have_value("99999")
    expect(phone.page.get_by_text("填 1 到 99 的数")).to_be_visible()
    group.fill("三")
    expect(phone.page.get_by_text("填 1 到 99 的数")).to_have_count(0)


def test_a_birthday_is_typed_and_a_number_ends_in_an_x(phone):
    page = phone.page
    phone.section(case_of(phone), "S2")
    if not page.get_by_role("dialog").count():
        page.get_by_test_id("add-member").click()
    dialog = page.get_by_role("dialog")
    number = dialog.get_by_test_id("q-m_id_number")
    if not number.count():
        dialog.get_by_test_id("known").get_by_role("button").click()
    if number.locator("input").count() == 0:
        number.locator("button").click()
    number.locator("input").fill("6205991971")
    expect(number.get_by_role("button", name="末位 X")).to_have_count(0)
    number.locator("input").fill("62059919710630005")
    assert number.locator("input").get_attribute("inputmode") == "numeric"
    number.get_by_role("button", name="末位 X").click()
    expect(number.locator("input")).to_have_value("62059919710630005X")
    expect(number).to_contain_text("男")
    number.locator("input").fill("")
    phone.fill({"m_is_living": "yes"})
    birth = dialog.get_by_test_id("q-m_birth_on")
    year, month, day = (birth.locator("input").nth(at) for at in range(3))
    year.press_sequentially("1956")
    expect(month).to_be_focused()
    month.press_sequentially("02")
    day.press_sequentially("30")
    day.blur()
    expect(birth).to_contain_text("年、月、日都要写对")
    day.fill("9")
    day.blur()
    expect(birth).not_to_contain_text("都要写对")
    phone.saved()


def test_who_signs_second_is_an_account_again_with_one_tap(phone):
    page = phone.page
    phone.go(f"cases/{case_of(phone, 1)}/finish")
    second = page.get_by_test_id("q-visitors").locator(".known").nth(1)
    name = second.locator("span").first.evaluate("(one) => one.firstChild.textContent")
    expect(second).not_to_contain_text("没有账号")
    second.get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    told = {field: dialog.locator(f"#visitor-{field}") for field in ("unit", "role", "phone")}
    before = {field: box.input_value() for field, box in told.items()}
    assert before["unit"]
    assert before["role"]
    # Another name is another person: what the account told goes with it, and comes back with its name.
    dialog.locator("#visitor-name").fill("马村长")
    assert {field: box.input_value() for field, box in told.items()} == dict.fromkeys(told, "")
    dialog.locator("#visitor-name").fill(name)
    assert {field: box.input_value() for field, box in told.items()} == before
    dialog.locator("#visitor-role").fill("村干部")
    dialog.locator("#visitor-name").fill("马村长")
    assert [box.input_value() for box in told.values()] == ["", "村干部", ""]
    dialog.get_by_test_id("keep-visitor").click()
    expect(dialog).to_contain_text("没有账号的要留个电话")
    dialog.locator("#visitor-phone").fill("12000000088")
    dialog.get_by_test_id("keep-visitor").click()
    expect(second).to_contain_text("马村长")
    expect(second).to_contain_text("没有账号")
    second.get_by_role("button").click()
    dialog.get_by_test_id("known-visitors").get_by_role("button", name=name).click()
    expect(second).to_contain_text(name)
    expect(second).not_to_contain_text("没有账号")
    phone.saved()
