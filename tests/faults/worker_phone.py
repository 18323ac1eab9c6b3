"""A phone that keeps to the rules: what it made stays with it until a receipt for exactly this holds."""

import json
import random
from base64 import b64decode
from typing import Any

from backend.models.base import new_id
from tests import phone
from tests.faults.office import Held, Office
from tests.faults.shot import Shot
from tests.faults.transports import Answer, Transport

PICTURES = [phone.jpeg(size=(48 + 8 * n, 48)) for n in range(6)]
BATCH = 10


class WorkerPhone:
    """One worker's phone. `outbox` and `album` are what it still holds, `kept` what the server vouched for."""

    def __init__(self, office: Office, held: Held, transport: Transport, chance: random.Random) -> None:
        self.held, self.transport, self._office, self._chance = held, transport, office, chance
        self.outbox: dict[str, dict[str, Any]] = {}
        self.album: dict[str, Shot] = {}
        self.kept: dict[str, str] = {}
        self.waiting: set[str] = set()
        self.made: dict[str, str] = {}
        self.shots: dict[str, str] = {}
        self.epochs: set[str] = set()
        self.heartbeat: dict[str, Any] | None = None

    @property
    def is_done(self) -> bool:
        return not self.outbox and not self.album and not self.waiting

    def make(self, kind: str | None = None, *, photo: bool | None = None) -> None:
        """Finish one thing, perhaps with a photo."""
        case = self._chance.choice(self._office.cases)
        kind = kind or self._chance.choice(["visit", "observation", "observation", "attempt", "urgent"])
        content = getattr(phone, kind)(case)
        if kind == "observation" and (self._chance.random() < 0.5 if photo is None else photo):
            content["photos"] = [self._shoot(case)]
        if self.held.handset:
            item = self.held.handset.sealed(kind, content, author=self.held.user_id)
        else:
            item = phone.envelope(kind, content)
        self.outbox[item["id"]] = item
        self.made[item["id"]] = item["sha256"]

    def _shoot(self, case: Any) -> dict[str, Any]:
        raw = self._chance.choice(PICTURES) + self._chance.randbytes(8)
        listed = phone.listed(raw, photo_id=new_id())
        self.album[listed["id"]] = Shot(listed, raw, case.id, self.held)
        self.shots[listed["id"]] = listed["sha256"]
        return listed

    def contact(self) -> None:
        """One try each: hand in, bring a photo on, ask for verdicts."""
        self.hand_in()
        if self.album:
            self._chance.choice(list(self.album.values())).bring_on(self, at_once=self._chance.random() < 0.5)
        self.ask()

    def hand_in(self) -> None:
        if not self.outbox:
            return
        body = {"items": list(self.outbox.values())[:BATCH]}
        told = self._json("/api/v1/inbox", body, is_signed_in=self.held.handset is None) or {}
        for receipt in _listed(told.get("receipts")):
            self._take(receipt, self.outbox)

    def ask(self) -> None:
        if not self.waiting:
            return
        body = {"known": {}, "items": sorted(self.waiting)[:200]}
        body |= {"heartbeat": self.heartbeat} if self.heartbeat else {}
        verdicts = (self._json("/api/v1/changes", body, is_signed_in=True) or {}).get("verdicts")
        for item_id, verdict in verdicts.items() if isinstance(verdicts, dict) else ():
            if item_id in self.waiting and verdict["verdict"] != "pending":
                self.waiting.discard(item_id)

    def _take(self, receipt: Any, store: dict[str, Any]) -> None:
        """Let go of what this receipt vouches for, if it does."""
        content_id = receipt.get("id") if isinstance(receipt, dict) else None
        if content_id not in store:
            return
        content_hash = self.made.get(content_id) or self.shots[content_id]
        if receipt["sha256"] == content_hash and phone.is_signed(receipt, self._office.receipt_key):
            self.kept[content_id] = content_hash
            if content_id in self.made:
                self.waiting.add(content_id)
            del store[content_id]

    def take_photo_receipt(self, headers: dict[str, str]) -> None:
        try:
            receipt = json.loads(b64decode(headers.get("ruhu-receipt", "")))
        except ValueError:
            return
        self._take(receipt, self.album)

    def _json(self, path: str, body: dict[str, Any], *, is_signed_in: bool) -> dict[str, Any] | None:
        headers = {"Content-Type": "application/json"}
        headers |= self.held.cookie if is_signed_in else {}
        answer = self.call("POST", path, json.dumps(body).encode(), headers)
        try:
            told = json.loads(answer[2]) if answer and answer[0] == 200 else None
        except ValueError:
            return None
        if isinstance(told, dict) and "epoch" in told:
            self.epochs.add(told["epoch"])
        return told if isinstance(told, dict) else None

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        """The server's answer, or somebody else's; None when the line broke."""
        return self.transport(method, path, body, {"X-Ruhu": "1"} | headers)


def _listed(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []
