"""A phone that keeps to the rules: what it made stays with it until a receipt for exactly this holds."""

import json
import random
from base64 import b64decode
from http.client import HTTPConnection, HTTPException
from typing import Any

from backend.models.base import new_id
from tests import phone
from tests.faults.office import Office

PATIENCE = 20
PICTURES = [phone.jpeg(size=(48 + 8 * n, 48)) for n in range(6)]
BATCH = 10
Answer = tuple[int, dict[str, str], bytes]


class Handset:
    """One worker's phone. `outbox` and `album` are what it still holds, `kept` what the server vouched for."""

    def __init__(self, office: Office, worker: str, port: int, chance: random.Random) -> None:
        self.port, self._office, self._chance = port, office, chance
        self._headers = {"X-Ruhu": "1", "Cookie": f"ruhu={office.tokens[worker]}", "Connection": "close"}
        self.outbox: dict[str, dict[str, Any]] = {}
        self.album: dict[str, Shot] = {}
        self.kept: dict[str, str] = {}
        self.waiting: set[str] = set()
        self.made: dict[str, str] = {}
        self.shots: dict[str, str] = {}
        self._seq = 0

    @property
    def is_done(self) -> bool:
        return not self.outbox and not self.album and not self.waiting

    def make(self) -> None:
        """Finish one thing, perhaps with a photo."""
        case = self._chance.choice(self._office.cases)
        kind = self._chance.choice(["visit", "observation", "observation", "attempt", "urgent"])
        content = getattr(phone, kind)(case)
        if kind == "observation" and self._chance.random() < 0.5:
            content["photos"] = [self._shoot(case)]
        self._seq += 1
        item = phone.envelope(kind, content, seq=self._seq)
        self.outbox[item["id"]] = item
        self.made[item["id"]] = item["sha256"]

    def _shoot(self, case: Any) -> dict[str, Any]:
        raw = self._chance.choice(PICTURES) + self._chance.randbytes(8)
        listed = phone.listed(raw, photo_id=new_id())
        self.album[listed["id"]] = Shot(listed, raw, case)
        self.shots[listed["id"]] = listed["sha256"]
        return listed

    def contact(self) -> None:
        """One try each: hand in, bring a photo on, ask for verdicts."""
        if self.outbox:
            batch = list(self.outbox.values())[:BATCH]
            told = self._json("/api/v1/inbox", {"items": batch}) or {}
            for receipt in _listed(told.get("receipts")):
                self._take(receipt, self.outbox)
        if self.album:
            shot = self._chance.choice(list(self.album.values()))
            shot.bring_on(self)
        if self.waiting:
            told = self._json("/api/v1/changes", {"known": {}, "items": sorted(self.waiting)[:200]}) or {}
            verdicts = told.get("verdicts")
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

    def _json(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        answer = self.call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            told = json.loads(answer[2]) if answer and answer[0] == 200 else None
        except ValueError:
            return None
        return told if isinstance(told, dict) else None

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        """The server's answer, or somebody else's; None when the line broke."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body=body, headers=self._headers | headers)
            answer = line.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            line.close()


class Shot:
    """A photo on its way."""

    def __init__(self, listed: dict[str, Any], raw: bytes, case: Any) -> None:
        self.listed, self.raw, self.case = listed, raw, case
        self.path = ""

    def bring_on(self, handset: Handset) -> None:
        """Announce it, or go on where the server says that it is."""
        if not self.path:
            told = phone.TUS | {
                "Upload-Length": str(len(self.raw)), "Upload-Metadata": phone.metadata(self.listed, self.case),
            }  # fmt: skip
            answer = handset.call("POST", "/api/v1/uploads", b"", told)
            if answer and answer[0] == 201 and answer[1].get("location", "").startswith("/api/v1/uploads/"):
                self.path = answer[1]["location"]
            return
        seen = handset.call("HEAD", self.path, b"", phone.TUS)
        if seen is None or seen[0] != 200 or "upload-offset" not in seen[1]:
            if seen and seen[0] in (404, 410):
                self.path = ""
            return
        handset.take_photo_receipt(seen[1])
        at = int(seen[1]["upload-offset"])
        if seen[1].get("upload-length") != str(len(self.raw)) or at == len(self.raw):
            # Whole without our receipt, or of another length: this address is not our photo's.
            self.path = ""
        else:
            told = phone.TUS | {"Upload-Offset": str(at), "Content-Type": phone.BYTES}
            sent = handset.call("PATCH", self.path, self.raw[at:], told)
            handset.take_photo_receipt(sent[1] if sent else {})
            if sent and 400 <= sent[0] < 500 and sent[0] not in (409, 423):
                self.path = ""


def _listed(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []
