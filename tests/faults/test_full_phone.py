"""The phone is full: the screen says so instead of 已保存, and text is kept."""

import time

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.faults.office import Office
from tests.faults.screens import Tab
from tests.faults.serving import Serving
from tests.faults.tally import amount
from tests.faults.unsent_work import Work, hand_in, phone_in, work_on
from tests.faults.visitor import PICTURES
from tests.faults.written import returned_cases, unlike_once, written
from tests.journeys.phone_screen import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser

FULL = "手机满了，存不下"


def _let_only(tab: Tab, share: float | None) -> None:
    """The browser gives the app this share of what it uses; None: as much as it likes."""
    used = tab.page.evaluate("navigator.storage.estimate().then((room) => room.usage)")
    size = {} if share is None else {"quotaSize": int(used * share)}
    tab.wire().send("Storage.overrideQuotaForOrigin", {"origin": tab.address} | size)


def _type(tab: Tab, text: str) -> None:
    field = tab.page.get_by_test_id("q-narrative").locator("textarea")
    field.fill(text)
    field.blur()


def _fill_until_full(tab: Tab, work: Work) -> list[str]:
    """Type until the screen says that nothing fits; what was typed."""
    tab.narrative(work.form_case)
    _let_only(tab, 0.5)
    until, typed = time.monotonic() + 180, [work.form]
    # The browser looks at the quota now and then, not at every write, and may look between two settings.
    while not tab.page.locator("p.note.bad").count():
        assert time.monotonic() < until, "the browser never called it full"
        if len(typed) % 100 == 0:
            _let_only(tab, 0.5)
        typed.append(f"{work.form}又补{len(typed)}句。")
        _type(tab, typed[-1])
        tab.page.wait_for_timeout(300)
    expect(tab.page.locator("p.note.bad")).to_contain_text(FULL)
    expect(tab.page.get_by_test_id("saved")).to_have_count(0)
    return typed[:-1]


def _shoot_in_vain(tab: Tab, work: Work) -> None:
    tab.turn_to(f"cases/{work.form_case}/sections/S8")
    tiles = tab.page.locator(".tile img.pic")
    tiles.first.wait_for()
    before = tiles.count()
    tab.pick_extra(PICTURES[2])
    expect(tab.page.get_by_test_id("photo-trouble")).to_contain_text(FULL)
    assert tiles.count() == before


def _type_and_make_room(tab: Tab, text: str) -> None:
    """Not saved, and said so; one tap saves it when there is room again."""
    _type(tab, text)
    trouble = tab.page.locator("p.note.bad")
    expect(trouble).to_contain_text(FULL)
    _let_only(tab, None)
    trouble.locator("button").click()
    tab.saved()


def test_a_full_phone_says_so_and_keeps_text(office: Office, tally):
    row = tally("full phone")
    times = amount(1, 20)
    cases = returned_cases(office, 2 * times)
    wanted: list[str] = []
    with Serving(office, is_quick=True) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number in range(times):
            with phone_in(browser, office, f"http://127.0.0.1:{server.port}") as tab:
                work = work_on(tab, cases, f"满{number}", row)
                saved = _fill_until_full(tab, work)
                _shoot_in_vain(tab, work)
                assert tab.narrative(work.form_case) in saved
                work = work._replace(form=f"{work.form}现在有地方了。")
                _type_and_make_room(tab, work.form)
                row.add("injected", 2)
                tab.page.goto(f"{tab.address}/field/")
                tab.unlock()
                tab.context.set_offline(False)
                hand_in(tab, work)
                wanted += work.texts(frozenset())
    row["texts"] = len(wanted)
    row["lost"], row["duplicated"] = unlike_once(written(office), wanted)
    assert (row["lost"], row["duplicated"]) == (0, 0), row.line()
