"""What goes wrong on a real phone: every time a sentence and a way on, and nothing that was filled in is lost."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.bench import ours
from tests.cast import PASSWORD
from tests.journeys.phone_screen import Phone, picture

pytestmark = pytest.mark.browser

LARGE = (8160, 6144)
TURNED_RIGHT = 6
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(4000)
AT_THE_DOOR = {"latitude": 34.987654, "longitude": 106.212345}


def large_picture() -> bytes:
    """Fifty megapixels from a camera that was held upright: the pixels lie, the mark says how to turn them."""
    turned = Image.Exif()
    turned[0x0112] = TURNED_RIGHT
    out = io.BytesIO()
    Image.radial_gradient("L").resize(LARGE).convert("RGB").save(out, "JPEG", quality=60, exif=turned)
    return out.getvalue()


@pytest.fixture(scope="module")
def phone(tmp_path_factory) -> Iterator[Phone]:
    """Signed in, open, with three households."""
    folder = tmp_path_factory.mktemp("bad")
    ours.staff(folder / "var", households=[3])
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        opened = Phone(play, folder / "profile", service.address)
        opened.password = PASSWORD
        opened.sign_in("grid000")
        yield opened
        opened.context.close()


@pytest.fixture
def photos(phone: Phone) -> Page:
    """The photos of the first household."""
    phone.section(case_of(phone), "S8")
    phone.page.get_by_test_id("shoot-next").wait_for()
    return phone.page


def case_of(phone: Phone, number: int = 0) -> str:
    phone.go()
    link = phone.page.locator("main a[href*='/cases/']").nth(number)
    link.wait_for()
    return str(link.get_attribute("href")).rsplit("/", 1)[-1]


def hand_over(page: Page, raw: bytes, name: str = "camera.jpg", kind: str = "image/jpeg") -> None:
    page.get_by_test_id("shoot-next").locator("input").set_input_files({"name": name, "mimeType": kind, "buffer": raw})


def wire(phone: Phone, method: str, **told: Any) -> None:
    phone.context.new_cdp_session(phone.page).send(method, told)


def allow(phone: Phone, name: str, setting: str) -> None:
    wire(phone, "Browser.setPermission", permission={"name": name}, setting=setting, origin=phone.address)


def test_fifty_megapixels_become_a_small_upright_picture(phone, photos):
    phone.photograph(large_picture())
    size = photos.locator(".tile img.pic").last.evaluate(
        "async (one) => (await one.decode(), [one.naturalWidth, one.naturalHeight])"
    )
    assert max(size) == 1600
    assert abs(size[1] / size[0] - LARGE[0] / LARGE[1]) < 0.01


@pytest.mark.parametrize(
    ("raw", "name", "kind", "said"),
    [
        (HEIC, "IMG_0001.HEIC", "image/heic", "HEIC"),
        (picture((90, 10, 10))[:60_000], "torn.jpg", "image/jpeg", "坏了一半"),
        (b"%PDF-1.7 a paper", "paper.pdf", "application/pdf", "这不是照片"),
    ],
    ids=["heic", "torn", "no-picture"],
)
def test_what_cannot_be_a_photo_is_named_and_the_next_one_is_taken(phone, photos, raw, name, kind, said):
    hand_over(photos, raw, name, kind)
    photos.get_by_test_id("photo-trouble").filter(has_text=said).wait_for()
    expect(photos.get_by_test_id("photo-trouble")).to_contain_text(re.compile("^.+：.*" + said))
    expect(photos.get_by_test_id("photo-trouble")).to_be_in_viewport()
    # What it says to tap stands on this screen; what the camera's own settings are called stands there.
    here, _, settings = photos.get_by_test_id("photo-trouble").inner_text().partition("手机的相机设置")
    assert [named for named in re.findall("“(.+?)”", here) if not photos.get_by_text(named, exact=True).count()] == []
    assert (said == "HEIC") == bool(settings)
    phone.photograph(picture((10, 90, 10)))
    assert not photos.get_by_test_id("photo-trouble").count()


def test_a_denied_camera_is_named_by_the_check_and_beside_the_photos(phone, photos):
    allow(phone, "camera", "denied")
    try:
        phone.page.goto(f"{phone.address}/field/check")
        phone.page.locator("[data-testid=check-camera].bad").filter(has_text="让浏览器能用相机").wait_for()
        phone.section(case_of(phone), "S8")
        phone.page.get_by_test_id("no-camera").filter(has_text="从相册选").wait_for()
    finally:
        allow(phone, "camera", "prompt")
    phone.page.goto(f"{phone.address}/field/check")
    phone.page.locator("[data-testid=check-camera].ok").wait_for()


def test_a_denied_place_is_a_sentence_and_nothing_waits_for_it(phone):
    allow(phone, "geolocation", "denied")
    phone.go(f"cases/{case_of(phone, 1)}/finish")
    phone.page.get_by_test_id("take-place").click()
    phone.page.get_by_test_id("place").get_by_role("alert").filter(has_text="不记也行").wait_for()
    expect(phone.page.get_by_test_id("left")).not_to_contain_text("位置")


def test_a_place_is_coarse_asked_for_once_and_may_be_dropped(phone):
    allow(phone, "geolocation", "granted")
    phone.context.set_geolocation(AT_THE_DOOR)
    case = case_of(phone, 1)
    phone.go(f"cases/{case}/finish")
    expect(phone.page.get_by_test_id("place").get_by_text("北纬"), "nobody asked for it").to_have_count(0)
    phone.page.get_by_test_id("take-place").click()
    phone.page.get_by_text("北纬 34.99°，东经 106.21°").wait_for()
    phone.saved()
    phone.context.set_geolocation({"latitude": 35.5, "longitude": 105.5})
    phone.go(f"cases/{case}/finish")
    phone.page.get_by_text("北纬 34.99°，东经 106.21°").wait_for()
    phone.page.get_by_test_id("drop-place").click()
    phone.page.get_by_test_id("take-place").wait_for()
