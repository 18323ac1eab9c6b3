"""The browser took something away: text is kept, and what is gone is named on the screen."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.faults.office import Office
from tests.faults.screens import Tab
from tests.faults.serving import Serving
from tests.faults.tally import Tally, amount
from tests.faults.unsent_work import Work, hand_in, phone_in, work_on
from tests.faults.written import doubled_facts, returned_cases, unlike_once, written
from tests.journeys.phone_screen import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser

CLEAR = """async ([store, onlyOne]) => {
  const db = await new Promise((resolve) => { indexedDB.open('ruhu').onsuccess = (event) => resolve(event.target.result) })
  const tx = db.transaction(store, 'readwrite')
  if (onlyOne) tx.objectStore(store).getAllKeys().onsuccess = (event) => tx.objectStore(store).delete(event.target.result[0])
  else tx.objectStore(store).clear()
  await new Promise((resolve) => { tx.oncomplete = resolve })
  db.close()
}"""


class Kind(NamedTuple):
    """`named` must stand on the screen; of the words 填好的 (item), 没写完的表 (form), 观察 (note) those in `gone` are lost."""

    strike: Callable[["Tab", "Work"], None]
    named: str
    gone: frozenset[str] = frozenset()
    way_back: str = "PIN"


def _clears(store: str, *, only_one: bool = False) -> Callable[[Tab, Work], None]:
    return lambda tab, work: tab.page.evaluate(CLEAR, [store, only_one])


def _clears_all(tab: Tab, work: Work) -> None:
    tab.wire().send("Storage.clearDataForOrigin", {"origin": tab.address, "storageTypes": "indexeddb"})


KINDS = {
    "one piece of a photo": Kind(_clears("chunks", only_one=True), "1 张照片缺了一块"),
    "all pieces": Kind(_clears("chunks"), "2 张照片缺了一块"),
    "photos": Kind(_clears("photos"), "照片 2 份"),
    "items": Kind(_clears("items"), "填好没传完的 1 件，这个手机上的第 1 件", frozenset({"item"})),
    "drafts": Kind(_clears("drafts"), "没写完的表 1 份"),
    "notes": Kind(_clears("notes"), "没写完的表 1 份"),
    "people": Kind(_clears("people"), "谁用过这个手机 1 份", way_back="password"),
    "keys": Kind(_clears("keys"), "开锁用的钥匙 1 份", way_back="new PIN"),
    "meta": Kind(_clears("meta"), "这个手机的记号 1 份"),
    "all of IndexedDB": Kind(
        _clears_all,
        "填好没传完的 1 件\n没写完的 2 份\n没传完的照片 2 张",
        frozenset({"item", "form", "note"}),
        "password",
    ),
}


def _leave_the_app(tab: Tab) -> None:
    """An empty page of the same origin: browsers take away what nobody looks at."""
    tab.page.route("**/blank", lambda asked: asked.fulfill(body="", content_type="text/html"))
    tab.page.goto(f"{tab.address}/blank")


def _read_the_loss(tab: Tab, kind: Kind, row: Tally) -> None:
    tab.page.goto(f"{tab.address}/field/me")
    lost = tab.page.get_by_test_id("lost")
    lost.wait_for()
    row.add("detected")
    assert kind.named in lost.inner_text(), (kind.named, lost.inner_text())
    row.add("named")
    tab.page.get_by_test_id("know-loss").click()
    lost.wait_for(state="detached")
    tab.context.set_offline(False)


def _come_back(tab: Tab, kind: Kind) -> None:
    """By the PIN where it can still open something, else by the password and a new PIN."""
    if kind.way_back == "PIN":
        tab.unlock()
        return
    if kind.way_back == "new PIN":
        tab.page.get_by_test_id("pin-last").click()
        tab.page.fill("#password", tab.password)
        tab.page.get_by_test_id("forget").click()
    else:
        tab.turn_to("login")
        tab.page.locator("#username").wait_for()
        if tab.page.locator("#code").count():
            tab.page.get_by_test_id("skip-code").click()
        tab.give_account("mi_jianjun")
    tab.choose_pin()


def _nothing_is_left(tab: Tab) -> None:
    """What can have no receipt is noted by its person; then nothing waits, on the screen and in the store.

    Without its keys a phone's signature is another one: that is received, and waits for the township.
    """
    tab.turn_to("outbox")
    lead = tab.page.locator("[data-testid=waiting], main .empty")
    lead.wait_for()
    gone = tab.page.get_by_role("button", name="照片没了，记下")
    while count := gone.count():
        gone.first.click()
        expect(gone).to_have_count(count - 1)
    expect(lead).to_have_text(re.compile("都已收到|[0-9]+ 户要你看一下|还没有要上报的"))
    expect(lead).not_to_contain_text("待上报")
    rows = tab.rows("items", "photos")
    items = {row["id"]: row for row in rows["items"]}
    photos = [row for row in rows["photos"] if row["item_id"] in items]
    assert [row["id"] for row in items.values() if row["receipt"] is None] == []
    assert [row["id"] for row in photos if row["receipt"] is None and not row.get("gone_at")] == []


def test_what_a_browser_takes_away_is_named_and_text_is_kept(office: Office, tally):
    row = tally("deleted from the store")
    times = amount(1, 20)
    cases = returned_cases(office, 2 * times * len(KINDS))
    wanted: list[str] = []
    with Serving(office, is_quick=True) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number in range(times):
            for name, kind in KINDS.items():
                with phone_in(browser, office, f"http://127.0.0.1:{server.port}") as tab:
                    work = work_on(tab, cases, f"{name}{number}", row)
                    _leave_the_app(tab)
                    kind.strike(tab, work)
                    row.add("injected")
                    _read_the_loss(tab, kind, row)
                    _come_back(tab, kind)
                    hand_in(tab, work, kind.gone)
                    _nothing_is_left(tab)
                    wanted += work.texts(kind.gone)
    row["texts"] = len(wanted)
    row["lost"], row["duplicated"] = unlike_once(written(office), wanted)
    row["duplicated"] += doubled_facts(office)
    assert (row["lost"], row["duplicated"]) == (0, 0), row.line()
