"""上报箱 in a real browser: in a hundred random states its numbers are those of the phone's store."""

import random
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from backend.models.base import new_id
from tests.journeys.phone_screen import Phone
from tests.served import served

pytestmark = pytest.mark.browser

STATES = 100
SEED = 20231120
PUT = """([items, photos]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('ruhu')
  opening.onsuccess = () => {
    const db = opening.result
    const reading = db.transaction('meta').objectStore('meta').get('session')
    reading.onsuccess = () => {
      const user_id = reading.result.value.user.id
      const tx = db.transaction(['items', 'photos'], 'readwrite')
      tx.objectStore('items').clear()
      tx.objectStore('photos').clear()
      for (const row of items) tx.objectStore('items').put({...row, user_id})
      for (const row of photos) tx.objectStore('photos').put({...row, user_id})
      tx.oncomplete = () => { db.close(); resolve() }
      tx.onerror = () => reject(tx.error)
    }
  }
})"""
WHEN = "2026-07-09T08:05:00.000Z"


def receipt_of(dice: random.Random, row_id: str) -> dict[str, str] | None:
    if dice.random() < 0.5:
        return None
    return {
        "id": row_id,
        "sha256": "",
        "outcome": "stored",
        "receipt_no": "3F7A-91C2",
        "received_at": WHEN,
        "signature": "",
    }


def refusal_of(dice: random.Random, receipt: Any) -> dict[str, str] | None:
    return {"code": "item_unfit", "message": "乡镇没收下", "at": WHEN} if not receipt and dice.random() < 0.3 else None


def some_work(dice: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows as the phone keeps them, in any state they can be in."""
    items, photos = [], []
    for _ in range(dice.randrange(8)):
        item_id, case_id = new_id(), f"case-{dice.randrange(4)}"
        receipt = receipt_of(dice, item_id)
        verdict = {"verdict": dice.choice(["applied", "quarantined", "pending"]), "reason": None} if receipt else None
        items.append({
            "id": item_id, "case_id": case_id, "kind": dice.choice(["visit", "observation", "attempt", "urgent", "draft"]), "title": case_id,
            "saved_at": WHEN, "envelope": {"id": item_id, "seq": 1, "device_id": "other"}, "receipt": receipt, "received_on_phone_at": None,
            "refused": refusal_of(dice, receipt), "verdict": verdict,
        })  # fmt: skip
        for _ in range(dice.randrange(3)):
            photo_id = new_id()
            got = receipt_of(dice, photo_id)
            photos.append({
                "id": photo_id, "case_id": case_id, "purpose": "visit", "item_id": item_id, "kind": "house", "sha256": "", "size": 100,
                "chunk_count": 0, "taken_at": WHEN, "source": "camera", "added_at": WHEN, "sent_bytes": 0, "upload_url": None, "receipt": got,
                "received_on_phone_at": None, "refused": refusal_of(dice, got),
            })  # fmt: skip
    return items, photos


def truth(items: list[dict[str, Any]], photos: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Households with something to hand in, those to be shown as still here, and the others: counted from the rows alone."""
    case_of = {item["id"]: item["case_id"] for item in items}
    waiting = {item["case_id"] for item in items if not item["receipt"]}
    waiting |= {case_of[photo["item_id"]] for photo in photos if not photo["receipt"]}
    asking = {item["case_id"] for item in items if item["verdict"] and item["verdict"]["verdict"] == "quarantined"}
    here = waiting | asking
    return len(waiting), len(here), len(set(case_of.values()) - here)


def shown(phone: Phone) -> tuple[int, int, int]:
    """The same three numbers as a person reads them; the badge must be the list's length."""
    page = phone.page
    rows = page.locator("[data-testid^=household-]").count()
    note = page.get_by_test_id("here")
    here = int(note.inner_text().split()[0]) if note.count() else 0
    badge = page.get_by_test_id("badge")
    assert (int(badge.inner_text()) if badge.count() else 0) == here
    lead = page.get_by_test_id("waiting")
    words = lead.inner_text() if lead.count() else ""
    return int(words.split()[0]) if "待上报" in words else 0, here, rows - here


def test_the_screen_counts_what_the_store_holds(tmp_path):
    dice = random.Random(SEED)
    with sync_playwright() as play, served(tmp_path / "var", RUHU_DEMO="staff") as address:
        phone = Phone(play, tmp_path / "grid01", address)
        phone.sign_in("grid01")
        phone.context.set_offline(True)
        for state in range(STATES):
            items, photos = some_work(dice)
            phone.page.evaluate(PUT, [items, photos])
            phone.page.get_by_test_id("dock-tasks").click()
            phone.page.wait_for_selector("main [data-testid=empty]")
            phone.page.get_by_test_id("dock-outbox").click()
            phone.page.wait_for_selector("[data-testid=waiting], main .empty")
            assert shown(phone) == truth(items, photos), f"seed {SEED}, state {state}"
        print(f"{STATES} states, screen and store agree")
