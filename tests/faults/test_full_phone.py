"""The phone is full: the screen says so instead of 已保存, and text is kept."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect, sync_playwright

from tests.faults.office import Office
from tests.faults.screens import Tab
from tests.faults.serving import Serving
from tests.faults.tally import amount
from tests.faults.unsent_work import Work, hand_in, phone_in, work_on
from tests.faults.visitor import PICTURES
from tests.faults.written import returned_cases, unlike_once, written
from tests.journeys.phone_screen import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser


def _let_only(tab: Tab, share: float | None) -> None:
    """The browser gives the app so much more than it uses; None: as much as it likes."""
    used = tab.page.evaluate("navigator.storage.estimate().then((room) => room.usage)")
    size = {} if share is None else {"quotaSize": int(used * share)}
    tab.wire().send("Storage.overrideQuotaForOrigin", {"origin": tab.address} | size)


def _until_full(tab: Tab, trouble: Locator, write: Callable[[], None]) -> None:
    """The browser looks at the quota now and then, not at every write."""
    _let_only(tab, 0.5)
    until = time.monotonic() + 40
    while not trouble.count():
        assert time.monotonic() < until, "the browser never called it full"
        write()
        tab.page.wait_for_timeout(1500)
    expect(trouble).to_contain_text("手机满了，存不下")


def _full_for_text(tab: Tab, work: Work) -> str:
    tab.narrative(work.form_case)
    field = tab.page.get_by_test_id("q-narrative").locator("textarea")
    trouble = tab.page.locator("p.note.bad")
    tries = iter(range(1000))

    def write() -> None:
        field.fill(f"{work.form}又补{next(tries)}句。")
        field.blur()

    _until_full(tab, trouble, write)
    expect(tab.page.get_by_test_id("saved")).to_have_count(0)
    _let_only(tab, None)
    trouble.locator("button").click()
    tab.saved()
    return field.input_value()


def _full_for_pictures(tab: Tab, work: Work) -> str:
    tab.turn_to(f"cases/{work.form_case}/sections/S8")
    tab.page.locator(".tile.extra").wait_for()
    tiles = tab.page.locator(".tile img.pic")

    def shoot() -> None:
        tab.pick_extra(PICTURES[2])

    _until_full(tab, tab.page.get_by_test_id("photo-trouble"), shoot)
    before = tiles.count()
    _let_only(tab, None)
    shoot()
    tiles.nth(before).wait_for()
    text = f"{work.form}照片存不下，字要紧。"
    tab.narrative(work.form_case)
    tab.write(text)
    return text


@pytest.mark.parametrize("fill_up", [_full_for_text, _full_for_pictures], ids=["text", "pictures"])
def test_a_full_phone_says_so_and_keeps_text(office: Office, tally, fill_up: Callable[[Tab, Work], str]):
    row = tally(f"full phone,{fill_up.__name__.replace('_', ' ').removeprefix(' full')}")
    times = amount(1, 20)
    cases = returned_cases(office, 2 * times)
    wanted: list[str] = []
    with Serving(office, is_quick=True) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number in range(times):
            with phone_in(browser, office, f"http://127.0.0.1:{server.port}") as tab:
                work = work_on(tab, cases, f"满{number}", row)
                work = work._replace(form=fill_up(tab, work))
                row.add("injected")
                tab.page.goto(f"{tab.address}/field/")
                tab.unlock()
                tab.context.set_offline(False)
                hand_in(tab, work, frozenset())
                wanted += work.texts(frozenset())
    row["texts"] = len(wanted)
    row["lost"], row["duplicated"] = unlike_once(written(office), wanted)
    assert (row["lost"], row["duplicated"]) == (0, 0), row.line()
