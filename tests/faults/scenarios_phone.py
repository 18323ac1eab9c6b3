"""What happens to the phone and to the app on it while work waits there."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from backend.storage.switches import switch_service_worker
from tests.faults.screens import codes_for
from tests.faults.stage import WORKER, Stage

WRONG = "918273"
WE_CHAT = "Mozilla/5.0 (Linux; Android 12) Chrome/86 MicroMessenger/8.0.47"
UPDATE = "navigator.serviceWorker.getRegistration().then((mine) => mine?.update())"
HAS_WAITING = "() => navigator.serviceWorker.getRegistration().then((mine) => !!mine?.waiting)"
IS_GONE = "navigator.serviceWorker.getRegistration().then((mine) => !mine)"
EMPTY_CACHES = "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))"


def _offer(stage: Stage, build: int) -> None:
    stage.line.build = build
    stage.tab.page.evaluate(UPDATE)
    stage.tab.page.wait_for_function(HAS_WAITING)


def _accept(stage: Stage) -> None:
    stage.tab.turn_to("me")
    stage.tab.page.get_by_text("有新版本，现在换上").click()
    stage.tab.unlock()


def update_mid_form(stage: Stage) -> None:
    """The open form stays as it is; the new version comes when the person takes it."""
    stage.tab.narrative(stage.work.form_case)
    stage.tab.page.evaluate("window.isStill = true")
    stage.heal()
    _offer(stage, 1)
    stage.tab.page.wait_for_timeout(300)
    assert stage.tab.page.evaluate("window.isStill"), "the open form was reloaded"
    assert stage.tab.narrative(stage.work.form_case) == stage.work.form
    _accept(stage)


def rollback(stage: Stage) -> None:
    """A newer version is taken back: the older one opens the same store."""
    stage.heal()
    for build in (2, 0):
        _offer(stage, build)
        _accept(stage)


def kill_switch(stage: Stage) -> None:
    """The worker ends itself; the app comes from the network, the work from the phone."""
    switch_service_worker(stage.office.folder, on=False)
    try:
        stage.heal()
        # The app starts itself anew when the worker has gone; an address asked for meanwhile would be broken off.
        with stage.tab.page.expect_event("load"):
            stage.tab.page.evaluate(f"() => void {UPDATE}")
        assert stage.tab.page.evaluate(IS_GONE)
        stage.reopen()
    finally:
        switch_service_worker(stage.office.folder, on=True)


def emptied_cache(stage: Stage) -> None:
    """The browser threw the app away, not the work."""
    stage.tab.page.evaluate(EMPTY_CACHES)
    stage.heal()
    stage.reopen()


def logout_with_unsent_work(stage: Stage) -> None:
    """Leaving the phone leaves the work; it goes by the phone's own signature."""
    stage.tab.turn_to("me")
    stage.tab.page.get_by_test_id("sign-out").click()
    stage.tab.page.locator("#username").wait_for()
    stage.heal()
    stage.wait_until_sent()
    stage.sign_in_again()


def forgotten_pin(stage: Stage) -> None:
    stage.heal()
    stage.tab.page.goto(f"{stage.tab.address}/field/")
    stage.tab.page.get_by_test_id("pin-last").click()
    stage.tab.page.fill("#password", stage.tab.password)
    stage.tab.page.get_by_test_id("forget").click()
    stage.tab.choose_pin()


def ten_wrong_pins(stage: Stage) -> None:
    """Without network; the password opens the rest later, and what was begun comes back."""
    page = stage.tab.page
    page.goto(f"{stage.tab.address}/field/")
    page.get_by_test_id("lock").wait_for()
    for left in range(9, 0, -1):
        page.keyboard.type(WRONG)
        expect(page.get_by_test_id("pin-told")).to_contain_text(f"还能试 {left} 次")
    page.keyboard.type(WRONG)
    page.get_by_test_id("wiped").wait_for()
    stage.heal()
    page.get_by_test_id("to-password").click()
    stage.tab.give_account(WORKER)
    stage.tab.choose_pin()


def photos_while_locked(stage: Stage) -> None:
    """A locked phone goes on handing in."""
    stage.finish()
    stage.tab.turn_to("me")
    stage.tab.page.get_by_test_id("lock-now").click()
    stage.tab.page.get_by_test_id("lock").wait_for()
    stage.heal()
    stage.wait_until_sent()
    stage.tab.unlock()


def _clock_off(stage: Stage, days: int) -> None:
    stage.tab.page.clock.set_system_time(datetime.now().astimezone() + timedelta(days=days))
    # So much time without a touch locks.
    stage.reopen()
    stage.finish()
    stage.heal()


def clock_a_year_ahead(stage: Stage) -> None:
    _clock_off(stage, 365)


def clock_a_year_behind(stage: Stage) -> None:
    _clock_off(stage, -365)


def we_chat(stage: Stage) -> None:
    """WeChat's browser says that nothing is kept there, and lets nobody fill in anything."""
    with stage.browser.new_context(user_agent=WE_CHAT) as context:
        page = context.new_page()
        page.goto(f"{stage.tab.address}/field/")
        page.get_by_test_id("unfit").wait_for()
        expect(page.locator("input")).to_have_count(0)
    stage.heal()


def enrolled_after_the_work(stage: Stage) -> None:
    """The code comes when the work is there already."""
    stage.heal()
    stage.tab.turn_to("bind")
    stage.tab.page.fill("#code", codes_for(stage.office, WORKER)[0])
    stage.tab.page.get_by_test_id("bind-go").click()
    stage.tab.page.get_by_test_id("bound").wait_for()


def never_enrolled(stage: Stage) -> None:
    stage.heal()


PHONE = (
    update_mid_form, rollback, kill_switch, emptied_cache, logout_with_unsent_work, forgotten_pin, ten_wrong_pins,
    photos_while_locked, clock_a_year_ahead, clock_a_year_behind, we_chat,
)  # fmt: skip
NOT_ENROLLED = (enrolled_after_the_work, never_enrolled)
