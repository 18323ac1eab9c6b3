"""Nobody was met, in each of the ways there are, and a family known to be away that nobody walks to; without a network."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from backend import clock
from backend.codebook import AttemptResult
from tests.journeys.hard_county import OVERDUE, case_named, hard_phone, turn_to
from tests.journeys.phone_screen import Phone, picture

pytestmark = pytest.mark.browser

FRESH = "马占福"
TO_GO_AGAIN = (AttemptResult.NOT_MET, AttemptResult.AWAY, AttemptResult.REFUSED)
KINDS = list(AttemptResult)


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    with hard_phone(tmp_path_factory.mktemp("attempts")) as opened:
        opened.page.set_default_timeout(60_000)
        opened.context.set_offline(True)
        yield opened


@pytest.fixture(scope="module")
def case(phone) -> str:
    return case_named(phone, FRESH)


@pytest.mark.parametrize("result", KINDS)
def test_each_way_of_meeting_nobody_is_filed(phone, case, result):
    page = phone.page
    turn_to(phone, f"cases/{case}/attempt")
    keep = page.get_by_test_id("keep-attempt")
    expect(keep).to_have_text("接着选：怎么回事")
    page.locator("#attempt-result label.opt").filter(has_text=result.label).click()
    expect(page.locator("[name=extension]")).to_have_count(2 if result in TO_GO_AGAIN else 0)
    expect(page.get_by_test_id("by-video")).to_have_count(int(result in TO_GO_AGAIN))
    keep.click()
    if result in TO_GO_AGAIN:
        shot = {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture((90, 60, 30), size=(480, 360))}
        page.locator("#attempt-proof input[type=file]").first.set_input_files(shot)
        page.locator("#attempt-proof img").first.wait_for()
    else:
        page.fill("#attempt-witness", "丁社长")
    page.fill("#attempt-reason", f"记一笔{result.value}")
    keep.click()
    page.get_by_test_id("kept").wait_for()
    expect(page.get_by_test_id("kept")).to_contain_text("记下了")


def test_who_is_known_to_be_away_is_not_walked_to(phone, case):
    page = phone.page
    turn_to(phone, f"cases/{case}")
    page.get_by_test_id("extend").click()
    keep = page.get_by_test_id("keep-extension")
    expect(keep).to_have_text("接着选：延到哪天")
    page.fill("#until", (clock.local(clock.now()) + timedelta(days=1)).strftime("%Y-%m-%d"))
    expect(page.get_by_role("dialog")).to_contain_text("要在期限以后")
    page.fill("#until", (clock.local(clock.now()) + timedelta(days=20)).strftime("%Y-%m-%d"))
    keep.click()
    page.fill("#extension-why", "儿子电话里说全家在新疆，十月回来")
    keep.click()
    page.get_by_role("dialog").wait_for(state="detached")
    expect(page.get_by_test_id("extension-told")).to_contain_text("延期申请记下了")
    expect(page.get_by_test_id("extend")).to_have_count(0)


def test_who_is_late_cannot_ask(phone):
    turn_to(phone, f"cases/{case_named(phone, OVERDUE)}")
    phone.page.get_by_test_id("deadline").wait_for()
    expect(phone.page.get_by_test_id("extend")).to_have_count(0)


def test_the_office_has_them_all(phone, case):
    phone.context.set_offline(False)
    phone.send()
    page = phone.page
    phone.go(f"cases/{case}")
    page.locator("[data-testid=extension-told]:has-text('等县上批')").wait_for()
    page.get_by_text("延期申请记下了").wait_for(state="detached")
    phone.go(f"cases/{case}/attempt")
    page.get_by_text(f"第 {len(KINDS)} 次").first.wait_for()
    told = page.locator("main").inner_text()
    assert all(one.label in told for one in KINDS)
