"""The desk in a real Chromium: the whole way without any script."""

import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from backend.models import Case, db
from tests.cast import PASSWORD
from tests.desk.browser import observe, visit
from tests.factories import assigned_case, publish

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
PHONE, OFFICE = {"width": 360, "height": 780}, {"width": 1280, "height": 800}


@pytest.fixture
def address(app) -> Iterator[str]:
    """The app, served from this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("RUHU_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def sign_in(browser: Browser, address: str, who: str, size: dict, **other) -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN", **other).new_page()
    page.goto(f"{address}/login")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("button:has-text('登录')")
    return page


def fresh(case: Case) -> Case:
    db.session.rollback()
    return db.session.get(Case, case.id, populate_existing=True)


def test_a_household_goes_the_whole_way_without_script(cast, address, chromium):
    case = publish(name="妥索非也")
    db.session.commit()
    town = sign_in(chromium, address, "bai_caixia", OFFICE, java_script_enabled=False)
    town.click("button:has-text('派出去')")
    expect(town.locator("main")).to_contain_text("派出去了 1 户")

    visit(fresh(case), author=cast.mi_jianjun)
    observe(case, author=cast.ding_zhiqiang, cattle=2)
    db.session.commit()
    town.goto(f"{address}/reviews/")
    town.click("text=去研判")
    town.click("button:has-text('同意')")
    expect(town.locator("#differing")).to_contain_text("选一个采用")
    town.click("label:has-text('2 头')")
    town.click("button:has-text('同意')")
    for words in ("民政救助", "临时救助", "住房安全"):
        town.click(f"#judge label:has-text('{words}')")
    town.fill("#judge textarea", "自付三万六，墙上有裂缝")
    town.click("button:has-text('转出去')")
    expect(town.locator("main")).to_contain_text("转出去了，2 个去向")

    for who, outcome in (("tuo_fuying", "included"), ("zhao_shengfu", "solved")):
        office = sign_in(chromium, address, who, OFFICE, java_script_enabled=False)
        office.click("td.go >> text=受理")
        office.click("#decide button")
        office.check(f"input[value={outcome}]")
        if outcome == "included":
            office.check("#decide [name=elsewhere]")
        office.click("#decide button:has-text('登记结果')")
        expect(office.locator("main")).to_contain_text("结果登记了")
    assert fresh(case).stage == "closed"
    assert [r.adopted.keys() for r in case.reviews] == [{"cattle"}]


def test_script_counts_what_is_ticked_and_excludes_what_cannot_be_together(cast, address, chromium):
    from backend.domain import review

    first, second = publish(name="户一"), publish(name="户二")
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    db.session.commit()
    page = sign_in(chromium, address, "bai_caixia", OFFICE)
    page.goto(f"{address}/assignments/")
    expect(page.locator(".bulk b")).to_have_text("选了 2 户")
    page.uncheck(f"input[value='{first.id}']")
    expect(page.locator(".bulk b")).to_have_text("选了 1 户")
    expect(page.locator("[data-all=case]")).not_to_be_checked()
    page.check("[data-all=case]")
    expect(page.locator(f"input[value='{second.id}']")).to_be_checked()
    expect(page.locator(".bulk b")).to_have_text("选了 2 户")
    page.goto(f"{address}/cases/{case.id}/review")
    page.check("input[value=housing]")
    page.check("input[value=explanation]")
    expect(page.locator("input[value=housing]")).not_to_be_checked()
