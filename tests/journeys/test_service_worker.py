"""The switch by which an administrator takes the offline app off all phones, and puts it back."""

import time

import pytest
from playwright.sync_api import sync_playwright

from backend.storage.switches import switch_service_worker
from tests.journeys.phone_screen import Phone
from tests.served import served

pytestmark = pytest.mark.browser

KEEP = """() => new Promise((done) => {
  const ask = indexedDB.open('kept-work', 1)
  ask.onupgradeneeded = () => ask.result.createObjectStore('rows')
  ask.onsuccess = () => {
    const write = ask.result.transaction('rows', 'readwrite', { durability: 'strict' })
    write.objectStore('rows').put('written in the village', 1)
    write.oncomplete = () => { ask.result.close(); done(true) }
  }
})"""
READ = """() => new Promise((done) => {
  const ask = indexedDB.open('kept-work', 1)
  ask.onsuccess = () => {
    const row = ask.result.transaction('rows').objectStore('rows').get(1)
    row.onsuccess = () => { ask.result.close(); done(row.result) }
  }
})"""
STATE = """async () => ({
  isControlled: navigator.serviceWorker.controller !== null,
  workers: (await navigator.serviceWorker.getRegistrations())
    .map((one) => (one.active ?? one.waiting ?? one.installing)?.scriptURL),
  caches: await caches.keys(),
  stores: (await indexedDB.databases()).map((one) => one.name).sort(),
})"""


def reopen(phone):
    """The app from nothing, at the door."""
    phone.page.goto(f"{phone.address}/field/login")


def state(phone):
    """What the browser holds of the app; asked again when the page reloads under the question."""
    for _ in range(20):
        try:
            return phone.page.evaluate(STATE)
        except Exception as error:
            if "context was destroyed" not in str(error):
                raise
            time.sleep(0.2)
    raise AssertionError("the page reloads without end")


def until(phone, is_so, what):
    end = time.monotonic() + 60
    while not is_so(state(phone)):
        assert time.monotonic() < end, (what, state(phone))
        time.sleep(0.3)


def came_from(phone):
    """Where the parts of a freshly opened app came from: {True} is the worker, {False} the network."""
    seen = set()

    def note(response):
        if "/static/field/assets/" in response.url or response.url.endswith("/field/login"):
            seen.add(response.from_service_worker)

    phone.page.on("response", note)
    reopen(phone)
    phone.page.wait_for_selector("#app > *")
    phone.page.remove_listener("response", note)
    return seen


def keeps_the_app(found):
    return found["isControlled"] and len(found["caches"]) == 1


def test_switched_off_and_on_again(tmp_path):
    folder = tmp_path / "var"
    with served(folder, RUHU_DEMO="staff") as address, sync_playwright() as play:
        phone = Phone(play, tmp_path / "profile", address)
        reopen(phone)
        phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        reopen(phone)
        until(phone, keeps_the_app, "the worker keeps the app")
        assert came_from(phone) == {True}
        phone.page.evaluate(KEEP)
        stores = state(phone)["stores"]
        assert "kept-work" in stores

        switch_service_worker(folder, on=False)
        reopen(phone)
        until(phone, lambda found: not found["caches"] and not found["workers"], "worker and caches are gone")
        for _ in range(2):
            assert came_from(phone) == {False}
            assert state(phone)["isControlled"] is False
        assert state(phone)["workers"] == []
        assert phone.page.evaluate(READ) == "written in the village"
        assert set(stores) <= set(state(phone)["stores"])

        switch_service_worker(folder, on=True)
        reopen(phone)
        until(phone, lambda found: len(found["caches"]) == 1, "the worker is back")
        reopen(phone)
        until(phone, keeps_the_app, "the worker keeps the app again")
        assert came_from(phone) == {True}
        assert phone.page.evaluate(READ) == "written in the village"
        phone.context.close()
