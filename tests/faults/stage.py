"""A village, an office and one worker with unsent work: where the scenarios play."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, expect

from backend.models import Case, User, db
from tests.cast import Cast
from tests.faults.office import Office
from tests.faults.screens import Tab
from tests.faults.serving import Serving
from tests.faults.unsent_work import Work
from tests.faults.weather import Weather

WORKER = "mi_jianjun"


class Stage(NamedTuple):
    """`tab` is 米建军's phone, without network and with `work` on it."""

    office: Office
    server: Serving
    line: Weather
    browser: Browser
    tab: Tab
    work: Work

    def heal(self) -> None:
        """The phone finds the network that this evening has."""
        self.line.breaks()
        self.tab.context.set_offline(False)

    def finish(self) -> None:
        """Everything that is begun is finished, still without network."""
        tab, work = self.tab, self.work
        tab.turn_to(f"cases/{work.note_case}/observe")
        expect(tab.page.locator("#note")).to_have_value(work.note)
        tab.page.get_by_test_id("keep-observation").click()
        tab.page.locator("#note").wait_for(state="detached")
        tab.finish_visit(work.form_case)

    def wait_until_sent(self) -> None:
        """Without any help of the person."""
        for _ in range(100):
            if not self.tab.waiting():
                return
            self.tab.nudge()
        raise AssertionError(f"still {self.tab.waiting()}")

    def sign_in_again(self) -> None:
        """The password, then the PIN that was chosen before."""
        self.tab.page.goto(f"{self.tab.address}/field/login")
        self.tab.give_account(WORKER)
        self.tab.unlock()

    def reopen(self) -> None:
        """The browser starts anew; the PIN is asked."""
        self.tab.page.goto(f"{self.tab.address}/field/")
        self.tab.unlock()

    @contextmanager
    def case(self, case_id: str) -> Iterator[tuple[Case, Cast]]:
        """The household at the office; what is done to it holds."""
        with self.office.opened():
            yield db.session.get_one(Case, case_id), Cast()
            db.session.commit()

    @contextmanager
    def worker(self) -> Iterator[User]:
        """The account at the office."""
        with self.office.opened():
            yield getattr(Cast(), WORKER)
            db.session.commit()
