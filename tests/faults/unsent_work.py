"""What one person has on a phone and has not handed in, and how they go on with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, expect

from tests.faults.office import Office
from tests.faults.screens import Tab, codes_for
from tests.faults.tally import Tally
from tests.faults.visitor import PICTURES
from tests.journeys.phone_screen import SCREEN

NOTED = """([open, drafts, photos]) => {
  const kept = JSON.parse(localStorage.getItem('ruhu-kept') ?? '{}')
  return kept.open?.length === open && kept.drafts === drafts && kept.photos === photos
}"""
SENTENCE = "，家里两口人住院，自付三万六，牛都卖了，还欠亲戚四万元，墙上也裂了缝。"


class Work(NamedTuple):
    """What one person has on the phone, not handed in: three texts at two households, and two pictures."""

    form_case: str
    note_case: str
    item: str
    form: str
    note: str

    def texts(self, gone: frozenset[str]) -> list[str]:
        return [getattr(self, what) for what in ("item", "form", "note") if what not in gone]


@contextmanager
def phone_in(browser: Browser, office: Office, address: str, *, is_enrolled: bool = True) -> Iterator[Tab]:
    """A phone of 米建军."""
    with browser.new_context(viewport=SCREEN, locale="zh-CN", has_touch=True) as context:
        tab = Tab(context, address)
        tab.enrol("mi_jianjun", *(codes_for(office, "mi_jianjun") if is_enrolled else ()))
        yield tab


def work_on(tab: Tab, cases: list[str], mark: str, row: Tally) -> Work:
    """Fill in, without any network."""
    work = Work(cases.pop(), cases.pop(), *(f"{what}{mark}{SENTENCE}" for what in ("填好", "没写完", "看到")))
    tab.context.set_offline(True)
    tab.note(work.note_case, work.item, PICTURES[0] + row.chance.randbytes(4))
    tab.narrative(work.form_case)
    tab.write(work.form)
    tab.turn_to(f"cases/{work.form_case}/sections/S8")
    tab.page.locator(".tile.extra").wait_for()
    tab.shoot_extra(PICTURES[1] + row.chance.randbytes(4))
    tab.turn_to(f"cases/{work.note_case}/observe")
    tab.page.fill("#note", work.note)
    tab.page.wait_for_function(NOTED, arg=[1, 2, 2])
    return work


def hand_in(tab: Tab, work: Work, gone: frozenset[str] = frozenset()) -> None:
    """What stands there is finished and sent, as a person would go on."""
    tab.turn_to("")
    tab.wait_for_list()
    tab.send_all()
    rows = tab.own_items()
    has_visit = any(row["kind"] == "visit" and row["case_id"] == work.form_case for row in rows)
    if "form" not in gone and not has_visit:
        assert tab.narrative(work.form_case) == work.form
        tab.finish_visit(work.form_case)
    if "note" not in gone and sum(row["kind"] == "observation" for row in rows) < 2 - ("item" in gone):
        tab.turn_to(f"cases/{work.note_case}/observe")
        expect(tab.page.locator("#note")).to_have_value(work.note)
        tab.page.get_by_test_id("keep-observation").click()
        tab.page.locator("#note").wait_for(state="detached")
    tab.send_all()
