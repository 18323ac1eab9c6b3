"""At somebody's door: dialling, the text for WeChat, the map, leaflets read out, a visit by video; most of it offline."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.journeys.hard_county import OVERDUE, case_named, hard_phone, turn_to
from tests.journeys.phone_screen import Phone, picture

pytestmark = pytest.mark.browser

NEVER_RUNG = "马占福"
ELEVEN = re.compile(r"^\s*\d{11}\s*$")


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("door")) as opened:
        yield opened


@pytest.fixture
def offline(phone) -> Iterator[Phone]:
    phone.context.set_offline(True)
    yield phone
    phone.context.set_offline(False)


def dial(phone: Phone, name: str) -> None:
    turn_to(phone, f"cases/{case_named(phone, name)}")
    phone.page.get_by_test_id("dial").click()
    phone.page.get_by_role("dialog").wait_for()


def test_a_number_seen_once_is_rung_again_offline(phone):
    dial(phone, OVERDUE)
    expect(phone.page.get_by_test_id("phone-number")).to_have_text(ELEVEN)
    number = phone.page.get_by_test_id("phone-number").inner_text()
    phone.context.set_offline(True)
    phone.go()
    dial(phone, OVERDUE)
    expect(phone.page.get_by_test_id("phone-number")).to_have_text(number)
    expect(phone.page.locator(f"[role=dialog] a[href='tel:{number}']")).to_have_count(1)
    phone.context.set_offline(False)


def test_who_goes_along_and_the_office_are_rung_offline(offline):
    dial(offline, NEVER_RUNG)
    sheet = offline.page.get_by_role("dialog")
    sheet.get_by_role("alert").wait_for()
    expect(offline.page.get_by_test_id("phone-number")).to_have_count(0)
    rows = sheet.get_by_test_id("others").locator("a")
    expect(rows.nth(0)).to_contain_text("丁志强")
    expect(rows.nth(1)).to_contain_text("白彩霞")
    assert all(str(row.get_attribute("href")).startswith("tel:12") for row in rows.all())


def test_the_text_for_wechat_says_who_and_when_and_nothing_of_the_trouble(offline):
    offline.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=offline.address)
    turn_to(offline, f"cases/{case_named(offline, OVERDUE)}")
    offline.page.get_by_test_id("copy").click()
    offline.page.get_by_text("约话复制好了").wait_for()
    said = offline.page.evaluate("navigator.clipboard.readText()")
    assert [word in said for word in ("米建军", "毛山村", "我这两天上门来看", "身份证")] == [True] * 4
    assert not [word for word in ("大病", "欠", "马法图麦", "因病", "12000") if word in said]


def test_the_text_for_wechat_names_the_last_day_while_it_is_to_come(offline):
    offline.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=offline.address)
    turn_to(offline, f"cases/{case_named(offline, NEVER_RUNG)}")
    offline.page.get_by_test_id("copy").click()
    offline.page.get_by_text("约话复制好了").wait_for()
    assert re.search(r"我\d+月\d+日（周.）前上门来看", offline.page.evaluate("navigator.clipboard.readText()"))


def test_the_map_is_told_the_village_only(offline):
    turn_to(offline, f"cases/{case_named(offline, OVERDUE)}")
    assert unquote(str(offline.page.get_by_test_id("map").get_attribute("href"))) == "geo:0,0?q=恭门镇毛山村"


SPEAK = """() => {
  window.said = []
  const own = { speak: (words) => { said.push(words.text); setTimeout(() => words.onend && words.onend(), 20) }, cancel() {}, getVoices: () => [] }
  Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: own })
}"""


def test_leaflets_are_read_out_offline(offline):
    offline.page.evaluate(SPEAK)
    turn_to(offline, "policy")
    offline.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first = offline.page.locator("details.policy-part").first
    first.locator("li").first.wait_for()
    lines = first.locator("li").all_inner_texts()
    first.get_by_test_id("read").click()
    offline.page.wait_for_function("(lines) => said.length > lines", arg=len(lines))
    assert offline.page.evaluate("said")[1:] == lines
    first.get_by_test_id("share").click()
    assert lines[0] in offline.page.evaluate("navigator.clipboard.readText()")


def test_a_phone_without_a_voice_offers_none(offline):
    offline.page.evaluate("() => { delete window.speechSynthesis; delete Window.prototype.speechSynthesis }")
    turn_to(offline, "me")
    turn_to(offline, "policy")
    offline.page.get_by_test_id("share").first.wait_for()
    assert not offline.page.evaluate("'speechSynthesis' in window")
    expect(offline.page.get_by_test_id("read")).to_have_count(0)


def test_a_visit_by_video_asks_why(offline):
    case = case_named(offline, NEVER_RUNG)
    turn_to(offline, f"cases/{case}/attempt")
    offline.page.get_by_test_id("by-video").click()
    offline.page.wait_for_url(f"**/cases/{case}/sections/S0**")
    offline.page.get_by_test_id("q-visit_mode_reason").wait_for()
    expect(offline.page.get_by_test_id("q-visit_mode").locator("label.opt.on")).to_have_text("视频")


def test_a_walk_in_vain_needs_one_proof(offline):
    turn_to(offline, f"cases/{case_named(offline, NEVER_RUNG)}/attempt")
    offline.page.locator("#attempt-result label.opt").first.click()
    keep = offline.page.get_by_test_id("keep-attempt")
    expect(keep).to_have_text("接着拍门口")
    shot = {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture((90, 60, 30), size=(480, 360))}
    offline.page.locator("#attempt-proof input[type=file]").first.set_input_files(shot)
    offline.page.locator("#attempt-proof img").first.wait_for()
    keep.click()
    offline.page.wait_for_url("**/cases/*")


def test_numbers_kept_in_the_evening_are_rung_from_the_yard(phone):
    phone.go()
    phone.page.get_by_test_id("keep-all").click()
    phone.page.get_by_text("号码存下了").wait_for()
    phone.context.set_offline(True)
    dial(phone, NEVER_RUNG)
    expect(phone.page.get_by_test_id("phone-number")).to_have_text(ELEVEN)
    phone.context.set_offline(False)
