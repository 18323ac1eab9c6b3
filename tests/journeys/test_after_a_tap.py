"""What a person sees after a tap: signing, 急难, a walk in vain, a notice, a chosen answer; all without a network."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.hard_county import OVERDUE, TO_EXPLAIN, case_named, hard_phone, turn_to
from tests.journeys.phone_screen import SCREEN, Phone
from tests.journeys.test_discovery import looked_at

pytestmark = pytest.mark.browser

FRESH = "马占福"
NOTICE = """(case_id) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('ruhu')
  opening.onsuccess = () => {
    const db = opening.result
    const reading = db.transaction('meta').objectStore('meta').get('session')
    reading.onsuccess = () => {
      const tx = db.transaction('notices', 'readwrite')
      tx.objectStore('notices').put({
        id: 'n1', user_id: reading.result.value.user.id, case_id, kind: 'accepted', made_at: '2026-07-09T08:05:00Z',
        seen_at: null, body: { plain: JSON.stringify('你交的乡镇看过了') },
      })
      tx.oncomplete = () => { db.close(); resolve() }
      tx.onerror = () => reject(tx.error)
    }
  }
})"""
# Marks of chosen answers that lie on their words.
COVERED = """() => [...document.querySelectorAll('.opt.on .face')].filter((face) => {
  const mark = [...face.querySelectorAll('.i, .order')].find((one) => one.getClientRects().length)
  const words = document.createRange()
  words.selectNodeContents(face.lastChild)
  const [a, b] = [mark.getBoundingClientRect(), words.getBoundingClientRect()]
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}).map((face) => face.innerText)"""

# How many points of the pad carry ink.
INK = """(pad) => {
  const dots = pad.getContext('2d').getImageData(0, 0, pad.width, pad.height).data
  return dots.filter((value, at) => at % 4 === 3 && value > 0).length
}"""


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("said")) as opened:
        opened.context.set_offline(True)
        yield opened


def choose(phone: Phone, key: str, at: int) -> None:
    """Another answer than the one before, kept."""
    phone.page.get_by_test_id(f"q-{key}").locator("label.opt").nth(at).click()
    phone.saved()


def test_a_form_changed_after_the_signing_is_signed_again(phone):
    page, case = phone.page, case_named(phone, FRESH)
    turn_to(phone, f"cases/{case}/sections/S7")
    choose(phone, "is_urgent", 0)
    turn_to(phone, f"cases/{case}/finish")
    phone.sign("signature_visitor_1")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    phone.saved()
    expect(page.get_by_test_id("outdated")).to_have_count(0)
    turn_to(phone, f"cases/{case}/sections/S7")
    choose(phone, "is_urgent", 1)
    turn_to(phone, f"cases/{case}/finish")
    expect(page.get_by_test_id("outdated")).to_contain_text("签字以后表改过，请米建军重签")
    expect(page.get_by_test_id("q-signature_visitor_1")).to_contain_text("改之前签的")
    expect(page.get_by_test_id("q-signature_visitor_1").locator("svg.ink")).to_have_count(1)
    looked_at(page, "outdated")
    turn_to(phone, f"cases/{case}/sections/S7")
    choose(phone, "is_urgent", 0)
    turn_to(phone, f"cases/{case}/finish")
    page.get_by_test_id("q-signature_visitor_1").wait_for()
    expect(page.get_by_test_id("outdated")).to_have_count(0)
    turn_to(phone, f"cases/{case}/sections/S7")
    choose(phone, "is_urgent", 1)
    turn_to(phone, f"cases/{case}/finish")
    page.get_by_test_id("outdated").wait_for()
    page.get_by_test_id("q-signature_visitor_1").get_by_role("button", name="重签").click()
    phone.sign("signature_visitor_1")
    page.get_by_test_id("outdated").wait_for(state="detached")


def test_a_dot_is_no_signature(phone):
    page = phone.page
    turn_to(phone, f"cases/{case_named(phone, FRESH)}/finish")
    page.get_by_test_id("q-signature_visitor_2").locator("button.pen").click()
    page.get_by_test_id("keep-signature").click()
    page.get_by_text("请在框里写名字").wait_for()
    page.get_by_test_id("signature-pad").click()
    page.get_by_text("只有一个点，请写出名字").wait_for()
    page.get_by_test_id("keep-signature").click()
    expect(page.get_by_test_id("signature-pad")).to_have_count(1)
    looked_at(page, "dot")
    phone.sign("signature_visitor_2")


def test_a_name_outlives_the_turning_of_the_phone(phone):
    page = phone.page
    turn_to(phone, f"cases/{case_named(phone, FRESH)}/finish")
    page.get_by_test_id("q-signature_interviewee").locator("button.pen").click()
    pad = page.get_by_test_id("signature-pad")
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 70, steps=6)
    page.mouse.up()
    drawn = pad.evaluate(INK)
    assert drawn > 0
    page.set_viewport_size({"width": 780, "height": 360})
    page.wait_for_function(
        "(before) => document.querySelector('[data-testid=signature-pad]').width !== before", arg=box["width"]
    )
    assert pad.evaluate(INK) > 0
    page.set_viewport_size(SCREEN)
    assert pad.evaluate(INK) > 0
    page.keyboard.press("Escape")


def test_a_walk_nobody_need_repeat(phone):
    page, case = phone.page, case_named(phone, OVERDUE)
    turn_to(phone, f"cases/{case}/attempt")
    expect(page.get_by_test_id("late")).to_contain_text("超期")
    expect(page.locator("[name=extension]")).to_have_count(0)
    page.locator("#attempt-result label.opt", has_text="已迁走").click()
    expect(page.get_by_test_id("still")).to_contain_text("乡镇来核，可能作废")
    expect(page.locator("[name=extension]")).to_have_count(0)
    expect(page.get_by_test_id("keep-attempt")).to_have_text("接着写：谁作证")
    looked_at(page, "moved")
    page.fill("#attempt-witness", "丁社长")
    page.get_by_test_id("keep-attempt").click()
    expect(page.get_by_test_id("kept")).to_contain_text("记下了")


def test_urgent_says_that_it_was_reported(phone):
    page, case = phone.page, case_named(phone, OVERDUE)
    turn_to(phone, f"cases/{case}/urgent")
    report = page.get_by_test_id("report-urgent")
    report.click()
    page.get_by_text("点一下出了什么事").wait_for()
    page.locator("label.opt", has_text="没处住").click()
    report.click()
    page.get_by_test_id("kept").wait_for()
    turn_to(phone, f"cases/{case}")
    expect(page.get_by_test_id("reported")).to_contain_text("急难记下了，还没到镇上")
    expect(page.get_by_test_id("reported")).to_contain_text("还在手机里")
    looked_at(page, "reported-case")
    turn_to(phone, f"cases/{case}/urgent")
    page.get_by_test_id("reported").wait_for()
    looked_at(page, "reported-urgent")
    expect(page.locator("#urgent-what")).to_have_count(0)
    report.click()
    page.locator("#urgent-what").wait_for()


def test_urgent_in_the_form_is_reported_at_once(phone):
    page, case = phone.page, case_named(phone, FRESH)
    turn_to(phone, f"cases/{case}/sections/S7")
    for at, shown in ((0, 1), (1, 0), (0, 1)):
        choose(phone, "is_urgent", at)
        expect(page.get_by_test_id("urgent-now")).to_have_count(shown)
    page.get_by_test_id("q-urgent_note").locator("input").fill("后墙塌了，人在院里")
    phone.saved()
    looked_at(page, "urgent-now")
    page.get_by_test_id("report-now").click()
    page.wait_for_url("**/urgent")
    expect(page.locator("#urgent-text")).to_have_value("后墙塌了，人在院里")
    page.get_by_test_id("report-urgent").click()
    page.get_by_test_id("kept").wait_for()
    page.go_back()
    page.wait_for_url("**/sections/S7")
    expect(page.get_by_test_id("urgent-now")).to_contain_text("急难记下了，还没到镇上")
    expect(page.get_by_test_id("urgent-now")).to_contain_text("还在手机里")
    expect(page.get_by_test_id("report-now")).to_have_count(0)
    looked_at(page, "urgent-reported")
    choose(phone, "is_urgent", 1)


def test_what_is_to_be_explained_is_not_also_being_looked_at(phone):
    turn_to(phone, f"cases/{case_named(phone, TO_EXPLAIN)}")
    phone.page.get_by_test_id("to-explain").wait_for()
    expect(phone.page.get_by_test_id("filled")).to_have_count(0)


def test_large_words_keep_the_telephone(phone):
    turn_to(phone, "")
    phone.page.evaluate("document.documentElement.dataset.size = 'large'")
    row = phone.page.locator(".tasks li", has_text=FRESH)
    expect(row.locator(".call")).to_be_visible()
    looked_at(phone.page, "large")
    phone.page.evaluate("document.documentElement.dataset.size = ''")


def test_a_notice_names_its_household_and_makes_room_for_the_search(phone):
    page, case = phone.page, case_named(phone, FRESH)
    page.evaluate(NOTICE, case)
    turn_to(phone, "me")
    turn_to(phone, "")
    expect(page.get_by_test_id("notices")).to_contain_text(re.compile(f"({FRESH}|{OVERDUE})户：你交的乡镇看过了"))
    looked_at(page, "notice")
    page.get_by_role("button", name="搜索").click()
    page.get_by_test_id("notices").wait_for(state="detached")


def test_a_chosen_answer_can_be_read(phone):
    page, case = phone.page, case_named(phone, FRESH)
    chosen = 0
    for section in ("S0", "S1", "S6", "S7", "S9"):
        turn_to(phone, f"cases/{case}/sections/{section}")
        page.locator(".opts").first.wait_for()
        open_ones = page.locator(".opts:not(:has(.opt.on))")
        while open_ones.count():
            open_ones.first.locator("label.opt").first.click()
        chosen += page.locator(".opt.on").count()
        assert page.evaluate(COVERED) == [], section
        looked_at(page, f"chosen-{section}")
    assert chosen
