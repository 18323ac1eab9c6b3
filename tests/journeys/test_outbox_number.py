"""上报箱 in a real browser: in a hundred random states its numbers are the store's, and each of its words appears."""

import random
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from backend.codebook import ItemKind, Verdict
from backend.models.base import new_id
from tests.journeys.phone_screen import Phone
from tests.served import served

pytestmark = pytest.mark.browser

STATES = 100
SEED = 20231120
KINDS, VERDICTS = [kind.value for kind in ItemKind], [verdict.value for verdict in Verdict]
NOTES = ["observation", "attempt", "urgent", "explanation", "extension"]
# Everything that can stand beside an item, a photo or a household.
WORDS = {
    "核查表、签字", "观察", "没见到人", "报急难", "解释说明", "延期申请", "没写完的表", "主动发现",
    "存好", "等网络", "要你看一下", "已收到", "已采纳", "都已收到", "草稿，存在手机里", "排队",
    "断了会接着传", "再传一次", "照片没了，记下", "找镇上", "接着填", "回执", "乡镇要看一下再定，你不用重填", "乡镇没收下",
    "还没有要上报的",
}  # fmt: skip
PUT = """([items, photos, notes]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('ruhu')
  opening.onsuccess = () => {
    const db = opening.result
    const reading = db.transaction('meta').objectStore('meta').get('session')
    reading.onsuccess = () => {
      const user_id = reading.result.value.user.id
      const tx = db.transaction(['items', 'photos', 'notes'], 'readwrite')
      tx.objectStore('items').clear()
      tx.objectStore('photos').clear()
      tx.objectStore('notes').clear()
      for (const row of items) tx.objectStore('items').put({...row, user_id})
      for (const row of photos) tx.objectStore('photos').put({...row, user_id})
      for (const row of notes) tx.objectStore('notes').put({...row, user_id})
      tx.oncomplete = () => { db.close(); resolve() }
      tx.onerror = () => reject(tx.error)
    }
  }
})"""
PARTS = """() => {
  const of = (prefix, pick) => Object.fromEntries([...document.querySelectorAll(`[data-testid^=${prefix}-]`)]
    .map((one) => [one.dataset.testid.slice(prefix.length + 1), pick(one)]))
  const words = of('part', (one) => one.innerText)
  return {words, asks: of('act', (one) => one.innerText.trim()), receipts: of('receipt', (one) => one.querySelector('b').innerText)}
}"""
WHEN = "2026-07-09T08:05:00.000Z"


def receipt_of(dice: random.Random, row_id: str) -> dict[str, str] | None:
    if dice.random() < 0.5:
        return None
    return {
        "id": row_id,
        "sha256": "",
        "outcome": "stored",
        "receipt_no": f"{dice.randrange(16**4):04X}-91C2",
        "received_at": WHEN,
        "signature": "",
    }


def refusal_of(dice: random.Random, receipt: Any, code: str = "item_unfit") -> dict[str, str] | None:
    return {"code": code, "message": "乡镇没收下", "at": WHEN} if not receipt and dice.random() < 0.3 else None


def some_work(dice: random.Random) -> list[list[dict[str, Any]]]:
    """Items, photos and notes as the phone keeps them, in any state they can be in."""
    items, photos, notes = [], [], []
    for _ in range(dice.randrange(2)):
        notes.append({
            "case_id": f"case-{dice.randrange(6)}", "purpose": dice.choice(NOTES), "updated_at": WHEN, "body": {"plain": "{}"},
        })  # fmt: skip
    for _ in range(dice.randrange(8)):
        item_id, case_id = new_id(), f"case-{dice.randrange(4)}"
        receipt = receipt_of(dice, item_id)
        verdict = {"verdict": dice.choice(VERDICTS), "reason": None} if receipt else None
        items.append({
            "id": item_id, "case_id": case_id, "kind": dice.choice(KINDS), "title": case_id,
            "saved_at": WHEN, "envelope": {"id": item_id, "seq": 1, "device_id": "other"}, "receipt": receipt, "received_on_phone_at": None,
            "refused": refusal_of(dice, receipt), "verdict": verdict,
        })  # fmt: skip
        for _ in range(dice.randrange(3)):
            photo_id = new_id()
            got = receipt_of(dice, photo_id)
            photos.append({
                "id": photo_id, "case_id": case_id, "purpose": "visit", "item_id": item_id, "kind": "house", "sha256": "", "size": 100,
                "chunk_count": 0, "taken_at": WHEN, "source": "camera", "added_at": WHEN, "sent_bytes": 0 if got else dice.choice([0, 37]), "upload_url": None, "receipt": got,
                "received_on_phone_at": None, "refused": refusal_of(dice, got, dice.choice(["photo_not_here", "upload_refused"])),
            })  # fmt: skip
    return [items, photos, notes]


def truth(
    items: list[dict[str, Any]], photos: list[dict[str, Any]], notes: list[dict[str, Any]]
) -> tuple[int, int, int]:
    """Households with something to hand in, those to be shown as still here, and the others: counted from the rows alone."""
    case_of = {item["id"]: item["case_id"] for item in items}
    waiting = {item["case_id"] for item in items if not item["receipt"]}
    waiting |= {case_of[photo["item_id"]] for photo in photos if not photo["receipt"]}
    asking = {item["case_id"] for item in items if item["verdict"] and item["verdict"]["verdict"] == "quarantined"}
    here = waiting | asking
    all_cases = set(case_of.values()) | {note["case_id"] for note in notes}
    return len(waiting), len(here), len(all_cases - here)


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


def word_of(row: dict[str, Any]) -> str:
    """What stands beside an item or a photo, from its row alone."""
    verdict = (row.get("verdict") or {}).get("verdict")
    if row["receipt"]:
        return "已采纳" if verdict == "applied" else "已收到"
    if row.get("gone_at"):
        return "没了，已记下"
    if "envelope" in row:
        return "存好"
    return "要你看一下" if row["refused"] else "断了会接着传" if row["sent_bytes"] else "排队"


def ask_of(row: dict[str, Any]) -> str:
    if row["receipt"]:
        return "找镇上" if (row.get("verdict") or {}).get("verdict") == "quarantined" else ""
    if not row["refused"]:
        return ""
    return "照片没了，记下" if row["refused"]["code"] == "photo_not_here" else "再传一次"


def stands_alike(photos: list[dict[str, Any]]) -> bool:
    """Photos of an item that need no row of their own: all received, or all waiting and none begun."""
    states = {(bool(photo["receipt"]), bool(photo["refused"]), photo["sent_bytes"]) for photo in photos}
    return states <= {(True, False, 0)} or states <= {(False, False, 0)}


def compare_parts(phone: Phone, items: list[dict[str, Any]], photos: list[dict[str, Any]]) -> int:
    """Each part that stands in full says its own word, offers its own way out and has its own receipt; how many did."""
    told = phone.page.evaluate(PARTS)
    compared = 0
    for item in items:
        own = [photo for photo in photos if photo["item_id"] == item["id"]]
        inner = [] if stands_alike(own) else own
        for row in [item, *inner]:
            if item["id"] not in told["words"]:
                continue
            assert word_of(row) in told["words"][row["id"]], (row, told["words"][row["id"]])
            assert told["asks"].get(row["id"], "") == ask_of(row), row
            compared += 1
        numbers = [photo["receipt"]["receipt_no"] for photo in own if photo["receipt"]]
        assert told["receipts"].get(f"{item['id']}-photos", "") == "、".join(numbers)
        assert told["receipts"].get(item["id"], "") == (item["receipt"] or {}).get("receipt_no", "")
    return compared


def while_sending(phone: Phone) -> None:
    """On its way is what the line has not answered yet; it counts as still here."""
    dice = random.Random(SEED)
    item = next(one for one in iter(lambda: some_work(dice)[0], None) if one)[0]
    work = [[item | {"receipt": None, "refused": None, "verdict": None, "kind": "visit"}], [], []]
    phone.page.route("**/api/v1/inbox", lambda _: None)
    phone.page.evaluate(PUT, work)
    phone.page.get_by_test_id("dock-tasks").click()
    phone.page.get_by_test_id("dock-outbox").click()
    phone.context.set_offline(False)
    phone.page.get_by_test_id("send").click()
    phone.page.locator("main .item", has_text="正在传").wait_for()
    assert shown(phone) == truth(*work)


def test_the_screen_counts_what_the_store_holds(tmp_path):
    dice, unseen, compared = random.Random(SEED), set(WORDS), 0
    with sync_playwright() as play, served(tmp_path / "var", RUHU_DEMO="staff") as address:
        phone = Phone(play, tmp_path / "grid01", address)
        phone.sign_in("grid01")
        phone.context.set_offline(True)
        for state in range(STATES):
            work = some_work(dice)
            phone.page.evaluate(PUT, work)
            phone.page.get_by_test_id("dock-tasks").click()
            phone.page.wait_for_selector("main [data-testid=empty]")
            phone.page.get_by_test_id("dock-outbox").click()
            phone.page.wait_for_selector("[data-testid=waiting], main .empty:not([data-testid=empty])")
            assert shown(phone) == truth(*work), f"seed {SEED}, state {state}"
            compared += compare_parts(phone, work[0], work[1])
            told = phone.page.locator(".page").inner_text()
            unseen -= {word for word in unseen if word in told}
        assert unseen == set(), f"seed {SEED}: never shown"
        while_sending(phone)
        assert compared > STATES
        print(f"{STATES} states, {compared} parts, screen and store agree; {len(WORDS) + 1} words shown")
