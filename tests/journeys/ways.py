"""How the open phone is brought to a screen, a sheet or a state."""

from collections.abc import Callable, Sequence

from tests.journeys.hard_county import OVERDUE, turn_to
from tests.journeys.phone_screen import Phone, picture

Step = Callable[[Phone], None]


def to(phone: Phone, *, place: str, steps: Sequence[Step] = ()) -> None:
    """A place of the app, with network and unlocked; then `steps` in turn."""
    phone.context.set_offline(False)
    turn_to(phone, place)
    phone.page.locator("h1, [data-testid=lock]").first.wait_for()
    if phone.page.get_by_test_id("lock").count():
        phone.unlock()
    phone.page.locator("h1").first.wait_for()
    for step in steps:
        step(phone)


def to_household(
    phone: Phone, *, name: str, place: str = "", steps: Sequence[Step] = (), is_sheet: bool = False
) -> None:
    """A page of the household that `name` declared; a sheet must stand open in the end."""
    to(phone, place="")
    to(phone, place=f"cases/{phone.households[name]}{place}", steps=steps)
    if is_sheet:
        phone.page.get_by_role("dialog").wait_for()


def tap(what: str) -> Step:
    return lambda phone: phone.page.locator(what).first.click()


def wait(what: str) -> Step:
    return lambda phone: phone.page.locator(what).first.wait_for()


def fill(field: str, text: str) -> Step:
    return lambda phone: phone.page.fill(field, text)


def search(word: str) -> Step:
    def look(phone: Phone) -> None:
        if not phone.page.get_by_role("searchbox").count():
            phone.page.get_by_role("button", name="搜索").click()
        phone.page.get_by_role("searchbox").fill(word)

    return look


def leaflets(is_open: bool) -> Step:
    script = "(isOpen) => document.querySelectorAll('details').forEach((one) => { one.open = isOpen })"
    return lambda phone: phone.page.evaluate(script, is_open)


def offline(phone: Phone) -> None:
    """The line is gone, and the app has noticed."""
    phone.context.set_offline(True)
    turn_to(phone, "outbox")
    phone.page.get_by_test_id("send").or_(phone.page.locator(".empty button")).first.click()
    turn_to(phone, "")
    phone.page.get_by_test_id("net-offline").wait_for()


def album(count: int) -> Step:
    """A dozen pictures of the house beside what is asked for."""

    def shoot(phone: Phone) -> None:
        small = {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture((60, 60, 10), size=(480, 360))}
        for number in range(phone.page.locator(".tile img.pic").count(), count):
            phone.page.locator(".tile.extra button").click()
            phone.page.locator("#photo-kind label.opt", has_text="其他").click()
            phone.page.get_by_role("dialog").locator("input[type=file]").last.set_input_files(small)  # type: ignore[arg-type]
            phone.page.locator(".tile img.pic").nth(number).wait_for()

    return shoot


def no_picture(phone: Phone) -> None:
    phone.page.get_by_test_id("shoot-next").locator("input").set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )


def torn_rescue(phone: Phone) -> None:
    phone.page.get_by_test_id("rescue-file").set_input_files(
        {"name": "ruhu.json", "mimeType": "application/json", "buffer": b'{"format": "ruhu'}
    )
    phone.page.get_by_role("alert").wait_for()


def observe_offline(phone: Phone) -> None:
    """Something is written down where there is no line, and waits."""
    to_household(phone, name=OVERDUE, place="/observe")
    phone.context.set_offline(True)
    phone.page.fill("#note", "后院还有两头牛犊，邻居帮着喂。")
    phone.page.get_by_test_id("keep-observation").click()
    phone.page.wait_for_url("**/cases/*")
    turn_to(phone, "outbox")
    phone.page.locator("[data-testid^=household-]").first.wait_for()


def locked(phone: Phone) -> None:
    phone.page.goto(f"{phone.address}/field/")
    phone.page.get_by_test_id("lock").wait_for()


def outside(phone: Phone, *, place: str) -> None:
    """A page that stands without a PIN."""
    phone.page.goto(f"{phone.address}/field/{place}")
    phone.page.locator("h1").first.wait_for()


def wrong_password(phone: Phone) -> None:
    outside(phone, place="login?other=")
    phone.page.fill("#username", "mi_jianjun")
    phone.page.fill("#password", "not-the-password-1")
    phone.page.get_by_test_id("sign-in").click()
    phone.page.get_by_test_id("sign-in-trouble").wait_for()
