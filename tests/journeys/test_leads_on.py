"""Where something is missing or settled, the button says so and leads there; nothing is shown as done that is not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.hard_county import HANDED_IN, OVERDUE, PLAIN, SENT_BACK, hard_phone
from tests.journeys.phone_screen import Phone
from tests.journeys.test_discovery import looked_at
from tests.journeys.ways import tap, to, to_household

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("leads")) as opened:
        yield opened


def test_a_person_with_something_open_is_not_done(phone):
    to_household(phone, name=PLAIN, place="/sections/S2")
    # The first of the household opens by himself.
    sheet = phone.page.get_by_role("dialog")
    expect(sheet.get_by_test_id("member-fix")).to_be_visible()
    expect(sheet.get_by_test_id("member-done")).to_have_count(0)
    expect(sheet.locator(".q.miss")).to_have_count(0)
    sheet.get_by_test_id("member-fix").click()
    expect(sheet.locator(".q.miss").first).to_be_in_viewport()


def test_a_household_that_was_handed_in_needs_no_walk_in_vain(phone):
    to_household(phone, name=HANDED_IN, place="/attempt")
    expect(phone.page.get_by_test_id("not-here")).to_contain_text("这户已经交上去了")
    expect(phone.page.get_by_test_id("keep-attempt")).to_have_count(0)
    phone.page.get_by_role("link", name="回这一户").click()
    phone.page.get_by_test_id("filled").wait_for()


def test_what_was_sent_back_is_not_ticked(phone):
    to_household(phone, name=SENT_BACK, place="?whole=")
    expect(phone.page.get_by_test_id("sent-back")).to_contain_text("退回 3 处")
    expect(phone.page.get_by_test_id("section-S8")).to_have_attribute("data-state", "back")
    expect(phone.page.get_by_test_id("section-S8")).to_contain_text("退回 1 处")
    expect(phone.page.get_by_test_id("attempt")).to_have_count(0)
    phone.page.get_by_test_id("to-fixes").click()
    phone.page.get_by_test_id("returned").wait_for()


def test_the_photo_that_was_sent_back_is_the_one_marked(phone):
    to_household(phone, name=SENT_BACK, place="/sections/S8")
    expect(phone.page.locator(".note.back")).to_contain_text("房屋外观，白彩霞说：太黑")
    expect(phone.page.locator(".tile.back")).to_have_count(1)


def test_refusing_a_photo_leads_to_the_reason(phone):
    to_household(phone, name=OVERDUE, place="/sections/S8", steps=[tap("[data-testid=refuse]")], is_sheet=True)
    phone.page.get_by_role("button", name="接着选：为什么不拍").click()
    expect(phone.page.locator("#refuse-reason")).to_be_in_viewport()
    expect(phone.page.get_by_role("dialog")).to_be_visible()


def test_one_more_photo_is_of_something(phone):
    to_household(phone, name=SENT_BACK, place="/sections/S8", steps=[tap(".tile.extra button")], is_sheet=True)
    sheet = phone.page.get_by_role("dialog")
    expect(sheet.locator(".opt.on, input[type=file]")).to_have_count(0)
    sheet.get_by_test_id("choose-kind").click()
    sheet.locator("#photo-kind label.opt", has_text="其他").click()
    expect(sheet.locator("input[type=file]")).to_have_count(2)


def test_a_late_household_cannot_be_put_off(phone):
    to_household(phone, name=OVERDUE, place="/attempt")
    expect(phone.page.get_by_test_id("late")).to_contain_text("超期 3 天")
    expect(phone.page.locator("[name=extension]")).to_have_count(0)


def test_the_other_notices_unfold_and_stand_where_one_works(phone):
    to(phone, place="")
    notices = phone.page.get_by_test_id("notices").get_by_test_id("know")
    expect(notices).to_have_count(2)
    phone.page.get_by_test_id("more-notices").click()
    expect(notices).to_have_count(4)
    phone.page.get_by_test_id("tab-visited").click()
    expect(phone.page.get_by_test_id("notices")).to_have_count(0)


def test_a_visitor_without_a_name_leads_to_the_name(phone):
    to_household(phone, name=OVERDUE, place="/finish", steps=[tap("[data-testid=add-visitor]")], is_sheet=True)
    phone.page.get_by_role("button", name="接着填：姓名").click()
    expect(phone.page.locator("#visitor-name")).to_be_focused()


def test_who_lacks_is_added_not_signed_for(phone):
    page = phone.page
    to_household(phone, name=SENT_BACK, place="/finish")
    page.get_by_test_id("q-visitors").locator(".known button").nth(1).click()
    page.get_by_role("dialog").get_by_role("button", name="去掉这位").click()
    row = page.locator("ol.left li button").filter(has_text="核查人，还差一位")
    expect(row).to_contain_text("去补")
    page.evaluate("scrollTo(0, 0)")
    row.click()
    expect(page.get_by_test_id("add-visitor")).to_be_in_viewport()
    expect(page.get_by_role("dialog")).to_have_count(0)
    signature = page.locator("ol.left li button").filter(has_text="核查人二签字")
    expect(signature).to_contain_text("去签")


def test_one_condition_that_holds_is_not_the_headline(phone):
    """农村低保：家庭成员 holds once everybody registered is written down; of 农村低保 too little is known."""
    to_household(phone, name=OVERDUE, place="/hints")
    low = phone.page.get_by_test_id("programme").filter(has_text="农村低保").first
    low.locator("summary").first.click()
    expect(low.get_by_test_id("hint-DB-03")).to_contain_text("还不知道")
    to_household(phone, name=OVERDUE, place="/sections/S1")
    phone.fill({"registered_size": "1"})
    phone.saved()
    to_household(phone, name=OVERDUE, place="/hints")
    expect(low).to_have_attribute("data-verdict", "lack")
    low.locator("summary").first.click()
    expect(low.get_by_test_id("hint-DB-03")).to_contain_text("这一条对得上")


def test_people_that_a_number_promises_are_added_before_the_form_goes_on(phone):
    to_household(phone, name=PLAIN, place="/sections/S1")
    phone.fill({"live_address": "毛山村三社", "registered_size": "12", "living_size": "12"})
    looked_at(phone.page, "people-to-come-size")
    expect(phone.page.get_by_test_id("next")).to_contain_text("下一节")
    phone.page.get_by_test_id("next").click()
    phone.page.wait_for_url("**/sections/S2**")
    sheet = phone.page.get_by_role("dialog")
    sheet.get_by_text("都正常").click()
    phone.fill({"m_labour": "ordinary", "m_work": "farming"})
    looked_at(phone.page, "people-to-come-sheet")
    expect(sheet.get_by_test_id("add-next-member")).to_have_text("加下一个人")
    sheet.get_by_role("button", name="先这样").click()
    expect(phone.page.get_by_test_id("people-to-come")).to_contain_text("户籍人口填的是 12 人，还差")
    expect(phone.page.get_by_test_id("next")).to_have_text("加下一个人")
    looked_at(phone.page, "people-to-come")
    phone.page.get_by_test_id("people-to-come").get_by_role("link").click()
    phone.page.wait_for_url("**/sections/S1?fix=registered_size")


def test_only_the_rest_is_normal_after_something_was_not(phone):
    to_household(phone, name=PLAIN, place="/sections/S6")
    expect(phone.page.get_by_test_id("next")).to_have_text("都正常，下一节")
    phone.fill({"food": "no"})
    expect(phone.page.get_by_test_id("next")).to_have_text("其余正常，下一节")


def test_wages_of_a_year_are_asked_for_their_months_on_the_sheet(phone):
    to_household(phone, name=PLAIN, place="/sections/S3")
    phone.fill({"has_income": "yes"})
    phone.fill({"i_code": "W1", "i_amount_fen": "30,000"})
    expect(phone.page.get_by_test_id("months-unsaid")).to_contain_text("干了几个月")
    expect(phone.page.get_by_test_id("months-unsaid")).to_be_in_viewport()
    looked_at(phone.page, "months-unsaid")
    phone.fill({"i_months": "8"})
    expect(phone.page.get_by_test_id("months-unsaid")).to_have_count(0)
