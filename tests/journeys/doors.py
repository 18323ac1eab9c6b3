"""What stands before the app, and the app of somebody who is sent nowhere yet, one after the other on one phone."""

from collections.abc import Iterator
from pathlib import Path

from tests.cast import PASSWORD
from tests.journeys.hard_county import turn_to
from tests.journeys.phone_screen import PIN, Phone


def doors(first: Phone, folder: Path) -> Iterator[tuple[str, Phone]]:
    """(name, phone as it stands) for each of `screens.DOORS`: a new PIN, empty lists, WeChat, wrong PINs, an emptied store."""
    phone = Phone(first.play, folder, first.address)
    phone.password = PASSWORD
    page = phone.page
    page.goto(f"{phone.address}/field/login")
    page.get_by_test_id("skip-code").click()
    phone.give_account("tuo_hasan")
    page.get_by_test_id("new-pin").wait_for()
    yield "new-pin", phone
    page.keyboard.type(PIN)
    page.get_by_test_id("new-pin").get_by_text("再输一遍").wait_for()
    yield "new-pin-again", phone
    page.keyboard.type(PIN)
    page.get_by_test_id("new-pin").wait_for(state="detached")
    for name, place in (("yet", ""), ("returned", "?tab=returned"), ("visited", "?tab=visited"), ("outbox", "outbox")):
        turn_to(phone, place)
        page.locator(".empty").first.wait_for()
        yield f"nobody-{name}", phone
    yield from _shut(phone)
    phone.context.close()


def _shut(phone: Phone) -> Iterator[tuple[str, Phone]]:
    page = phone.page
    wire = phone.context.new_cdp_session(page)
    agent = page.evaluate("navigator.userAgent")
    wire.send("Emulation.setUserAgentOverride", {"userAgent": agent + " MicroMessenger/8.0.47"})
    page.goto(f"{phone.address}/field/")
    page.get_by_test_id("unfit").wait_for()
    yield "unfit", phone
    wire.send("Emulation.setUserAgentOverride", {"userAgent": agent})
    page.goto(f"{phone.address}/field/")
    for left in range(9, -1, -1):
        page.get_by_test_id("lock").wait_for()
        page.keyboard.type("918273")
        page.get_by_text(f"还能试 {left} 次").or_(page.get_by_test_id("wiped")).first.wait_for()
        if left == 7:
            yield "wrong-pin", phone
    yield "wiped", phone
    page.evaluate("indexedDB.databases().then((all) => all.forEach((one) => indexedDB.deleteDatabase(one.name)))")
    page.goto(f"{phone.address}/field/")
    page.get_by_test_id("lost").wait_for()
    yield "lost", phone
