"""The same item from many hands at once: one row, one verdict, and every answer a receipt that holds."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from threading import local

import pytest
from sqlalchemy import func, select

from backend.domain import events
from backend.models import InboxConflict, InboxItem, Visit, db
from tests import phone
from tests.faults.office import Office
from tests.faults.serving import Serving
from tests.faults.tally import amount

MOST = 50
# Seconds; the server closes a silent line a little later.
KEPT_OPEN = 5
PULLS = 6
ONE_IN_WITH_OTHER_CONTENT, ONE_IN_PLAIN, ALL_HANDS_EVERY = 8, 4, 50


class Hands:
    """Up to fifty threads, each with a line of its own that stays open."""

    def __init__(self, office: Office, port: int) -> None:
        self.held = office.phones[0]
        self._headers = self.held.cookie | {"X-Ruhu": "1", "Content-Type": "application/json"}
        self._port, self._own = port, local()
        self.pool = ThreadPoolExecutor(MOST)

    def send(self, item: dict) -> dict:
        """Hand it in; the one receipt."""
        return self._told("/api/v1/inbox", {"items": [item]})["receipts"][0]

    def verdict_of(self, item: dict) -> dict:
        return self._told("/api/v1/changes", {"known": {}, "items": [item["id"]]})["verdicts"][item["id"]]

    def _told(self, path: str, body: dict) -> dict:
        if not hasattr(self._own, "line") or time.monotonic() > self._own.until:
            self._own.line = HTTPConnection("127.0.0.1", self._port, timeout=60)
        self._own.until = time.monotonic() + KEPT_OPEN
        self._own.line.request("POST", path, json.dumps(body), self._headers)
        answer = self._own.line.getresponse()
        raw = answer.read()
        assert answer.status == 200, raw
        return json.loads(raw)


def _outcomes(office: Office, items: list[dict], receipts: list[dict]) -> list[str]:
    hashes = {item["sha256"] for item in items}
    assert all(receipt["sha256"] in hashes for receipt in receipts)
    assert all(phone.is_signed(receipt, office.receipt_key) for receipt in receipts)
    numbers = {(receipt["sha256"], receipt["receipt_no"], receipt["received_at"]) for receipt in receipts}
    assert len(numbers) == len(hashes), numbers
    return [receipt["outcome"] for receipt in receipts]


def _send_at_once(office: Office, hands: Hands, row) -> bool:
    """One round; whether other content came under the same id."""
    case = row.chance.choice(office.cases)
    make = phone.envelope
    if row.chance.randrange(ONE_IN_PLAIN):
        make = partial(hands.held.handset.sealed, author=hands.held.user_id)
    item = make("visit", phone.visit(case))
    # Few are the likeliest; every so often all hands.
    is_all = row["items"] % ALL_HANDS_EVERY == 0
    many = MOST if is_all else round(2 * (MOST / 2) ** row.chance.random())
    batch = [item] * many
    is_disputed = row.chance.randrange(ONE_IN_WITH_OTHER_CONTENT) == 0
    if is_disputed:
        other = make("visit", phone.visit(case, ended_at=None), item_id=item["id"])
        batch[many // 2 :] = [other] * (many - many // 2)
    receipts = list(hands.pool.map(hands.send, batch))
    said = _outcomes(office, batch, receipts)
    assert said.count("stored") == 1, said
    assert ("conflict" in said) == is_disputed
    # Judging happens at a pull: several at once agree.
    first, *others = hands.pool.map(hands.verdict_of, [item] * min(many, PULLS))
    assert first["verdict"] == "applied", first
    assert others == [first] * len(others)
    assert hands.send(item)["outcome"] in ("duplicate", "conflict")
    assert hands.verdict_of(item) == first
    row.add("items")
    row.add("sent", many + 1)
    row["most at once"] = max(row["most at once"], many)
    return is_disputed


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_same_item_at_once_is_one_row(engine, office_on, tally):
    office = office_on(engine)
    row = tally(f"same item 2–50× at once, {engine}")
    with Serving(office) as server:
        hands = Hands(office, server.port)
        disputed = sum(_send_at_once(office, hands, row) for _ in range(amount(150, 5000)))
        hands.pool.shutdown()
    with office.opened():
        count = {
            table: db.session.scalar(select(func.count()).select_from(table))
            for table in (InboxItem, Visit, InboxConflict)
        }
        row["lost"] = row["items"] - count[InboxItem]
        row["duplicated"] = count[Visit] - row["items"]
        row["disputed"] = disputed
        assert count[InboxConflict] == disputed
        assert events.broken_link() is None
    assert (row["lost"], row["duplicated"], row["most at once"]) == (0, 0, MOST), row.line()
