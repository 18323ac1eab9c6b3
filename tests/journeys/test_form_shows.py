"""What the form shows on the way: places, progress, the order of answers, the window, both sums, the hints; without a network."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from backend import form
from tests.journeys.hard_county import PLAIN, SENT_BACK, case_named, hard_phone, turn_to
from tests.journeys.phone_screen import Phone

pytestmark = pytest.mark.browser

NUMBER_PADS = ("numeric", "decimal", "tel")
VERDICTS = ("符合", "可能符合", "不符合", "信息不足")


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("shows")) as opened:
        # Before anything is filled in: its row stands in the list.
        opened.plain, opened.sent_back = opened.households[PLAIN], opened.households[SENT_BACK]
        case_named(opened, PLAIN)
        opened.context.set_offline(True)
        yield opened


def open_section(phone: Phone, case: str, key: str) -> Page:
    turn_to(phone, f"cases/{case}/sections/{key}")
    phone.page.wait_for_url(f"**/sections/{key}**")
    phone.page.locator("main [data-testid^=q-], main [data-testid^=member-]").first.wait_for()
    return phone.page


def close_sheet(page: Page) -> None:
    if page.get_by_role("dialog").count():
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")


def fen(text: str) -> int:
    """An amount as it stands on the screen."""
    return round(float(re.sub(r"[^\d.−-]", "", text).replace("−", "-") or 0) * 100)


def faces(field: Locator) -> dict[str, str]:
    """{order: label} of what is chosen."""
    found = field.locator("label.opt.on").all()
    return {one.locator(".order").inner_text(): one.inner_text().split("\n")[-1] for one in found}


def test_risks_and_needs_keep_the_order_in_which_they_weigh(phone):
    page = open_section(phone, phone.plain, "S7")
    for key in ("risks", "needs"):
        field = page.get_by_test_id(f"q-{key}")
        labels = [field.locator("label.opt").nth(at).inner_text() for at in range(6)]
        for at in (1, 0, 2):
            field.locator("label.opt").nth(at).click()
        assert faces(field) == {"1": labels[1], "2": labels[0], "3": labels[2]}
        field.locator("label.opt").nth(1).click()
        assert faces(field) == {"1": labels[0], "2": labels[2]}
    phone.saved()
    turn_to(phone, f"cases/{phone.plain}")
    field = open_section(phone, phone.plain, "S7").get_by_test_id("q-risks")
    assert list(faces(field)) == ["1", "2"]


def test_one_more_than_there_may_be_is_told_not_swallowed(phone):
    field = open_section(phone, phone.plain, "S7").get_by_test_id("q-risks")
    most = form.BY_KEY["risks"].maximum
    while field.locator("label.opt.on").count() < most:
        field.locator("label.opt:not(.on)").first.click()
    expect(field.locator("label.opt.on")).to_have_count(most)
    expect(field).not_to_contain_text("最多")
    field.locator("label.opt:not(.on)").first.click()
    expect(field.locator("label.opt.on")).to_have_count(most)
    expect(field.get_by_role("status")).to_have_text(f"最多 {most} 项，先去掉一项")
    field.locator("label.opt.on").first.click()
    expect(field.get_by_role("status")).to_have_count(0)


def test_every_section_is_two_taps_away_and_says_how_far_it_is(phone):
    page = open_section(phone, phone.plain, "S3")
    for section in form.SECTIONS:
        page.get_by_test_id("toc").click()
        row = page.get_by_role("dialog").get_by_test_id(f"section-{section.key}")
        assert row.get_attribute("data-state") in ("ok", "part", "none")
        assert re.search(r"\S", row.locator(".t span").last.inner_text())
        row.locator("a").click()
        expect(page.locator("h1")).to_have_text(section.title if section.key != "S10" else "签字和完成")
        expect(page.get_by_role("dialog", name="核查表目录")).to_have_count(0)
        close_sheet(page)


def test_money_says_its_twelve_months_and_what_counts_where(phone):
    page = open_section(phone, phone.sent_back, "S3")
    window = page.locator(".window")
    expect(window).to_contain_text("只填这 12 个月的钱")
    assert re.search(r"\d{4}年\d+月—\d{4}年\d+月", window.inner_text().replace("\u2060", ""))
    page.get_by_test_id("add-incomes").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_test_id("q-i_code")
    field.get_by_text("其他…").click()
    field.locator("label.opt", has_text="基础养老金").click()
    page.get_by_test_id("q-i_amount_fen").locator("input").fill("1680")
    page.get_by_test_id("entry-done").click()
    expect(page.get_by_test_id("q-incomes")).to_contain_text("低保不算")


def test_both_sums_stand_with_their_arithmetic(phone):
    page = open_section(phone, phone.sent_back, "S3")
    cells = page.locator(".act .per .cell")
    expect(cells).to_have_count(2)
    shown = [fen(cells.nth(at).locator(".v").inner_text()) for at in range(2)]
    for at, title in enumerate(("防返贫算法", "低保算法")):
        rows = page.get_by_test_id(f"sum-{title}").locator("tr")
        told = [(row.locator("td").first.inner_text(), fen(row.locator("td").last.inner_text())) for row in rows.all()]
        assert len(told) >= 4, title
        assert any("÷ 8 人 = 人均" in label for label, _ in told), title
        assert abs(told[-1][1] - shown[at]) < 100, "the bar rounds to yuan"
    expect(page.locator(".act")).to_contain_text("演示参数，非政策标准")


def test_hints_say_what_they_rest_on_what_lacks_and_never_a_verdict(phone):
    turn_to(phone, f"cases/{phone.plain}/hints")
    page = phone.page
    boxes = page.get_by_test_id("programme")
    boxes.first.wait_for()
    expect(page.locator("main")).to_contain_text("这是提示，不是结论。能不能纳入由县上认定。")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for box in boxes.all():
        assert box.locator("summary").first.locator(".say").inner_text() in (*VERDICTS, "不涉及"), box.inner_text()
        if box.get_attribute("data-verdict") == "lack":
            assert box.locator(".ask-next a, [data-testid=unset]").count(), box.inner_text()
    told = page.locator("main").inner_text()
    assert "依据：" in told
    assert "用到演示参数，非政策标准" in told
    page.locator(".ask-next a").first.click()
    page.wait_for_url(re.compile(r"/sections/S\d+\?.*fix="))


def pads(page: Page) -> list[str]:
    """What the keyboard is asked to be for each number, amount, day and telephone that can be typed here."""
    fields = page.locator(".numf input, input[type=tel], .days input").all()
    return [str(one.get_attribute("inputmode") or one.get_attribute("type")) for one in fields]


def test_numbers_open_a_number_pad_and_words_a_plain_field(phone):
    found = []
    for key, opener in (
        ("S0", ""), ("S1", ""), ("S2", "member-0"), ("S3", "incomes-4"), ("S4", "expenses-0"), ("S5", "vehicles-0"),
        ("S6", ""), ("S7", ""), ("S9", ""),
    ):  # fmt: skip
        page = open_section(phone, phone.sent_back, key)
        known = page.locator("main .known[data-testid^=q-]:not([data-testid=q-visited_at]) > button")
        while not opener and known.count():
            known.first.click()
        if opener:
            page.get_by_test_id(opener).locator("button").or_(
                page.locator(f"button[data-testid={opener}]")
            ).first.click()
            page.get_by_role("dialog").wait_for()
        found += pads(page)
        long = [
            one.key
            for section in form.SECTIONS
            if section.key == key
            for one in section.questions
            if one.kind == "long_text"
        ]
        for name in long:
            expect(page.get_by_test_id(f"q-{name}").locator("textarea")).to_have_count(1)
        assert page.locator("[contenteditable]").count() == 0
        close_sheet(page)
    assert len(found) > 15
    assert set(found) <= set(NUMBER_PADS)


@pytest.mark.parametrize(("size", "px"), [("", "18px"), ("large", "22px")])
def test_words_are_as_large_as_promised(phone, size, px):
    turn_to(phone, f"cases/{phone.plain}")
    phone.page.evaluate("(size) => { document.documentElement.dataset.size = size }", size)
    assert phone.page.locator("body").evaluate("(one) => getComputedStyle(one).fontSize") == px
    phone.page.evaluate("() => { document.documentElement.dataset.size = '' }")
