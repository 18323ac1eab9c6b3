"""The end of a form: what is left, what does not fit, the time of the visit, and three people's word; without a network."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from backend import clock
from tests.bench import ours
from tests.cast import PASSWORD
from tests.journeys.hard_county import turn_to
from tests.journeys.phone_screen import Phone, picture
from tests.journeys.test_taps import choose, go_on, is_known, type_in

pytestmark = pytest.mark.browser

PHRASES = ("看病花得多", "自付的钱是借的", "家里没有劳力", "打工挣得少", "房子裂了缝")
DRAFTS = """() => new Promise((done) => {
  const asked = indexedDB.open('ruhu')
  asked.onsuccess = () => {
    const count = asked.result.transaction('drafts').objectStore('drafts').count()
    count.onsuccess = () => { asked.result.close(); done(count.result) }
  }
})"""
IN_SIGHT = "(one) => { const box = one.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("finishing")


@pytest.fixture(scope="module")
def phone(folder) -> Iterator[Phone]:
    """Signed in, with one household of one person that was published the day before yesterday."""
    ours.staff(
        folder / "var", households=[1], family_size=1, hardship_text="一个人种地，今年雨少，不够用。",
        at=clock.now() - timedelta(days=2),
    )  # fmt: skip
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        opened = Phone(play, folder / "profile", service.address)
        opened.password = PASSWORD
        opened.sign_in("grid000")
        opened.page.set_default_timeout(60_000)
        opened.context.set_offline(True)
        yield opened
        opened.context.close()


@pytest.fixture(scope="module")
def case(phone) -> str:
    link = phone.page.locator("main a[href*='/cases/']").first
    link.wait_for()
    return str(link.get_attribute("href")).rsplit("/", 1)[-1]


@pytest.fixture
def last(phone, case) -> Page:
    """The last page."""
    turn_to(phone, f"cases/{case}/finish")
    phone.page.get_by_test_id("left").wait_for()
    return phone.page


def visits(phone: Phone, folder: Path) -> list[tuple]:
    """What the office made of it, once it was judged."""
    columns = "visited_at, ended_at, visitor_signatures, signature_count"
    for _ in range(60):
        with sqlite3.connect(folder / "var/ruhu.sqlite3") as office:
            if rows := office.execute(f"select {columns} from visit").fetchall():
                return rows
        phone.go()
        phone.page.wait_for_timeout(1000)
    raise AssertionError("the visit was never judged")


def test_who_only_looks_has_not_begun(phone, case, last):
    expect(last.get_by_test_id("q-visited_at")).to_contain_text("今天")
    last.wait_for_timeout(1500)
    turn_to(phone, f"cases/{case}")
    last.get_by_test_id("continue").wait_for()
    assert last.evaluate(DRAFTS) == 0


def test_what_is_left_leads_to_its_place(last):
    rows = last.locator("ol.left li")
    assert [int(one) for one in rows.locator(".no").all_inner_texts()] == list(range(1, rows.count() + 1))
    expect(rows.first).to_contain_text("入户信息")
    rows.nth(1).locator("button").click()
    last.wait_for_url(re.compile(r"/sections/S\d+\?.*fix="))


def fill_up_to_the_risks(phone: Phone, case: str) -> None:
    """Everything before S7, as it mostly is."""
    page = phone.page
    turn_to(phone, f"cases/{case}")
    page.get_by_test_id("continue").click()
    go_on(page, "S1")
    for key, text in (("live_address", "毛山村三社"), ("registered_size", "1")):
        if not is_known(page, key):
            type_in(page, key, text)
    go_on(page, "S2")
    page.get_by_role("dialog").get_by_text("都正常").click()
    choose(page, "m_work", "务农")
    page.get_by_test_id("member-done").click()
    page.wait_for_url("**/sections/S3")
    choose(page, "has_income", "有")
    choose(page, "i_code", "种植收入")
    type_in(page, "i_amount_fen", "3600")
    page.get_by_test_id("entry-done").click()
    go_on(page, "S4")
    page.get_by_test_id("agree-together").click()
    page.wait_for_url("**/sections/S7")


def test_the_form_is_filled_with_phrases(phone, case):
    page = phone.page
    fill_up_to_the_risks(phone, case)
    for key, label in (
        ("risks", "因缺劳动力"),
        ("risks", "因学"),
        ("needs", "产业帮扶"),
        ("coping", "应对不了"),
        ("wish", "临时救助"),
    ):
        choose(page, key, label)
    narrative = page.get_by_test_id("q-narrative")
    for phrase in PHRASES:
        narrative.get_by_test_id("phrases").get_by_role("button", name=phrase, exact=True).click()
    expect(narrative.locator("textarea")).to_have_value("，".join(PHRASES))
    expect(narrative.get_by_test_id("phrases").get_by_role("button", name=PHRASES[0], exact=True)).to_have_count(0)
    go_on(page, "S8")
    phone.refuse_photos()
    go_on(page, "S9")
    choose(page, "visitor_opinion", "临时救助")
    page.get_by_test_id("q-opinion_reason").get_by_role("button", name="没有劳力", exact=True).click()
    go_on(page, "finish")
    page.get_by_test_id("soft").wait_for()
    expect(page.get_by_test_id("signature-pad")).to_have_count(0)


def test_what_does_not_fit_comes_before_the_first_signature(phone, case, last):
    expect(last.get_by_test_id("left")).to_contain_text("先把 1 处对一对，再签字")
    last.get_by_test_id("q-signature_interviewee").locator("button.pen").click()
    last.get_by_test_id("soft-first").wait_for()
    expect(last.get_by_test_id("signature-pad")).to_have_count(0)
    assert last.get_by_test_id("finish").inner_text().startswith("先对第 1 处")
    last.get_by_test_id("soft").get_by_role("link", name="去改").click()
    last.wait_for_url("**/sections/S7?fix=risks")
    choose(last, "risks", "因学")
    phone.saved()
    turn_to(phone, f"cases/{case}/finish")
    last.get_by_test_id("left").wait_for()
    expect(last.get_by_test_id("soft")).to_have_count(0)


def test_the_last_things_are_people_and_each_is_found(last):
    rows = last.locator("ol.left li button")
    expect(last.get_by_test_id("left")).to_contain_text("还差这 3 项")
    for at, key in enumerate(("signature_visitor_1", "signature_visitor_2", "signature_interviewee")):
        rows.nth(at).click()
        pad = last.get_by_role("dialog")
        expect(pad.get_by_test_id("signature-pad")).to_be_visible()
        pad.get_by_role("button", name="关上").click()
        pad.wait_for(state="detached")
        assert last.get_by_test_id(f"q-{key}").evaluate(IN_SIGHT), key
    last.get_by_test_id("finish").click()
    expect(last.get_by_test_id("signature-pad")).to_be_visible()
    last.get_by_role("dialog").get_by_role("button", name="关上").click()


def test_the_time_is_put_right_and_cannot_be_odd(last):
    day = (clock.local(clock.now()) - timedelta(days=1)).strftime("%Y-%m-%d")
    last.get_by_test_id("change-time").click()
    for start, end, said in (
        ("2020-01-01T09:00", "", "预警发布以后"), ("2090-01-01T09:00", "", "时间还没到"), (f"{day}T15:20", "", "出门时间也要写上"),
        (f"{day}T15:20", f"{day}T15:00", "出门比进门还早"),
    ):  # fmt: skip
        last.fill("#time-from", start)
        last.fill("#time-to", end)
        expect(last.get_by_test_id("time-fault")).to_contain_text(said)
        last.get_by_test_id("keep-time").click()
        expect(last.get_by_role("dialog")).to_have_count(1)
    last.fill("#time-to", f"{day}T16:00")
    last.get_by_test_id("keep-time").click()
    last.get_by_role("dialog").wait_for(state="detached")
    # A day's parts are joined, so that it stays on one line.
    told = last.get_by_test_id("q-visited_at").inner_text().replace("\u2060", "")
    assert re.search(r"入户时间 \d+月\d+日 15:20", told), told
    assert re.search(r"手机上 今天 \d\d:\d\d 开始填", told), told


def test_a_handprint_counts_while_its_picture_is_there(phone, case, last):
    card = last.get_by_test_id("q-signature_interviewee")
    shot = {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture((90, 60, 30), size=(480, 360))}
    card.locator("input[type=file]").set_input_files(shot)
    card.get_by_text("按了手印").wait_for()
    phone.saved()
    turn_to(phone, f"cases/{case}/sections/S8")
    last.locator(".tile").filter(has_text="手印").locator("button").first.click()
    last.get_by_test_id("drop-photo").click()
    last.get_by_role("dialog").wait_for(state="detached")
    turn_to(phone, f"cases/{case}/finish")
    card.locator("button.pen").wait_for()


def test_who_will_not_sign_has_a_witness_and_nobody_signs_twice(phone, case, last, folder):
    last.get_by_test_id("refuse-signature").click()
    sheet = last.get_by_role("dialog")
    sheet.get_by_role("button", name="接着写：为什么不签").click()
    expect(last.locator("#refuse-why")).to_be_focused()
    last.fill("#refuse-why", "说等儿子回来")
    sheet.get_by_role("button", name="接着写：见证人").click()
    expect(last.locator("#refuse-witness")).to_be_focused()
    last.fill("#refuse-witness", "丁社长")
    sheet.get_by_role("button", name="写好了").click()
    sheet.wait_for(state="detached")
    expect(last.get_by_test_id("q-signature_interviewee")).to_contain_text("没签：说等儿子回来。见证人 丁社长")
    for key in ("signature_visitor_1", "signature_visitor_2"):
        phone.sign(key)
    expect(last.get_by_test_id("left")).to_contain_text("都齐了")
    expect(last.get_by_test_id("outdated")).to_have_count(0)
    last.get_by_test_id("finish").click()
    last.get_by_test_id("filled").wait_for()
    phone.context.set_offline(False)
    phone.send()
    (visited_at, ended_at, *signatures), *others = visits(phone, folder)
    begun, over = (clock.local(datetime.fromisoformat(f"{at[:19]}+00:00")) for at in (visited_at, ended_at))
    assert (begun.strftime("%H:%M"), over.strftime("%H:%M"), signatures, others) == ("15:20", "16:00", [2, 2], [])
