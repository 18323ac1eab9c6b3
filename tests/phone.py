"""What a phone does: makes items and photos, hands them in, checks the receipts."""

import io
import json
from base64 import b64decode, b64encode, urlsafe_b64decode
from datetime import datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from backend import clock, form
from backend.models import Case, User
from backend.models.base import new_id
from tests.handset import Handset
from tests.house import ROOT

DEVICE = "0190a000-0000-7000-8000-00000000d001"
TUS = {"Tus-Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"


def answers(**other: Any) -> dict[str, Any]:
    """A form in which nothing is missing; `other` overrides, None takes away."""
    base = json.loads((ROOT / "tests/vectors/checklist.json").read_text("utf-8"))["base"]
    # No account is the same in every test's office; the vectors' own belongs to nobody here.
    base["visitors"][0] = {key: base["visitors"][0][key] for key in ("name", "unit", "role")} | {"phone": "12000000001"}
    filled = base | {"photos": [], "photo_refusals": {p["kind"]: "不愿意拍" for p in base["photos"]}} | other
    return {key: value for key, value in filled.items() if value is not None}


def visit(case: Case, *, at: datetime | None = None, filled: dict[str, Any] | None = None, **other: Any) -> dict:
    """Payload of a finished visit, just now unless said otherwise."""
    at = at or clock.now()
    return {
        "case_id": case.id, "base_revision": case.revision, "form_version": form.VERSION,
        "visited_at": clock.iso(at), "ended_at": clock.iso(at + timedelta(minutes=5)),
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
        "answers": answers() if filled is None else filled,
    } | other  # fmt: skip


def observation(case: Case, **other: Any) -> dict:
    return {
        "case_id": case.id, "base_revision": case.revision, "observed_at": clock.iso(clock.now()),
        "text": "后院还有两头牛犊", "facts": {"cattle": 2}, "photos": [],
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
    } | other  # fmt: skip


def attempt(case: Case, **other: Any) -> dict:
    return {
        "case_id": case.id, "base_revision": case.revision, "attempted_at": clock.iso(clock.now()),
        "result": "away", "reason": "全家去新疆摘棉花", "witness": "者志强", "photos": [],
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
    } | other  # fmt: skip


def urgent(case: Case, **other: Any) -> dict:
    return {
        "case_id": case.id, "reported_at": clock.iso(clock.now()), "text": "房子塌了，没处住",
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
    } | other  # fmt: skip


def discovery(area_code: str, **other: Any) -> dict:
    """A household that nobody declared, found just now; its id is the phone's own."""
    return {
        "case_id": new_id(), "base_revision": 0, "found_at": clock.iso(clock.now()), "area_code": area_code,
        "group": "二社", "name": "者玉梅", "id_number": "", "needs": ["house", "water"],
        "text": "房檐掉瓦，自来水断了一个月。", "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
    } | other  # fmt: skip


def at(case_id: str) -> Any:
    """A household of which only its id is known, for the payloads above."""
    return SimpleNamespace(id=case_id, revision=0)


def envelope(kind: str, payload: Any, *, item_id: str | None = None, seq: int = 1) -> dict[str, Any]:
    """An item as older phones send it, plain; `payload` may also be a text that is no JSON."""
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, sort_keys=True)
    return {
        "id": item_id or new_id(), "kind": kind, "device_id": DEVICE, "author": None, "seq": seq, "payload": text,
        "key_id": None, "sealed": None, "sha256": sha256(text.encode()).hexdigest(), "signature": None,
    }  # fmt: skip


def sealed_envelope(handset: Handset, kind: str, content: Any, *, author: User | str, **other: Any) -> dict[str, Any]:
    """An item as `handset` seals and signs it; see tests/handset.py."""
    return handset.sealed(kind, content, author=author, **other)


def hand_in(phone: FlaskClient, *items: dict[str, Any]) -> dict[str, Any]:
    """Deposit; the server's answer, which must be a good one."""
    answer = phone.post("/api/v1/inbox", json={"items": list(items)})
    assert answer.status_code == 200, answer.text
    return answer.json


def verdict_of(phone: FlaskClient, item: dict[str, Any]) -> tuple[str, str | None]:
    """(verdict, code) of a deposited item, as the next pull tells it."""
    told = ask(phone, items=[item["id"]])["verdicts"][item["id"]]
    return told["verdict"], told["code"]


def hand_in_one(phone: FlaskClient, kind: str, payload: Any) -> tuple[str, str | None]:
    """Deposit one item; (verdict, code) of it."""
    item = envelope(kind, payload)
    hand_in(phone, item)
    return verdict_of(phone, item)


def ask(phone: FlaskClient, **known: Any) -> dict[str, Any]:
    """A pull."""
    answer = phone.post("/api/v1/changes", json=known)
    assert answer.status_code == 200, answer.text
    return answer.json


def is_signed(receipt: dict[str, str], key: dict[str, str]) -> bool:
    """Whether the receipt holds, checked as WebCrypto does it on the phone."""

    def number(text: str) -> int:
        return int.from_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")

    public = ec.EllipticCurvePublicNumbers(number(key["x"]), number(key["y"]), ec.SECP256R1()).public_key()
    raw = urlsafe_b64decode(receipt["signature"] + "==")
    signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    parts = (receipt[field] for field in ("id", "sha256", "outcome", "receipt_no", "received_at"))
    text = "\n".join(("ruhu-receipt-1", *parts))
    try:
        public.verify(signature, text.encode(), ec.ECDSA(hashes.SHA256()))
    except Exception:
        return False
    return True


def jpeg(*, size: tuple[int, int] = (320, 240), shade: int = 90, **other: Any) -> bytes:
    """A picture with enough going on in it to have some bytes."""
    picture = Image.effect_noise(size, shade).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, **other)
    return out.getvalue()


def listed(raw: bytes, *, photo_id: str | None = None, kind: str = "house") -> dict[str, Any]:
    """A photo as the facts name it."""
    return {
        "id": photo_id or new_id(), "kind": kind, "sha256": sha256(raw).hexdigest(), "size": len(raw),
        "taken_at": clock.iso(clock.now()), "source": "camera",
    }  # fmt: skip


def metadata(photo: dict[str, Any], case: Case | None = None) -> str:
    """Upload-Metadata of a photo."""
    told = {"photo_id": photo["id"], "sha256": photo["sha256"], "kind": photo["kind"]}
    told |= {"case_id": case.id} if case else {}
    return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())


def announce(phone: FlaskClient, photo: dict[str, Any], case: Case | None = None, **headers: str) -> TestResponse:
    """The POST that begins an upload."""
    told = TUS | {"Upload-Length": str(photo["size"]), "Upload-Metadata": metadata(photo, case)}
    return phone.post("/api/v1/uploads", headers=told | headers)


def send(phone: FlaskClient, url: str, raw: bytes, at: int = 0, **headers: str) -> TestResponse:
    """One PATCH."""
    told = TUS | {"Upload-Offset": str(at), "Content-Type": BYTES}
    return phone.patch(url, data=raw, headers=told | headers)


def look(phone: FlaskClient, url: str) -> TestResponse:
    """The HEAD that tells how far an upload is."""
    return phone.head(url, headers=TUS)


def upload(phone: FlaskClient, photo: dict[str, Any], raw: bytes, case: Case | None = None) -> dict[str, str]:
    """Bring a whole photo; its receipt."""
    begun = announce(phone, photo, case)
    assert begun.status_code == 201, begun.text
    return receipt_in(send(phone, begun.headers["Location"], raw))


def receipt_in(answer: TestResponse) -> dict[str, str]:
    """The receipt in an answer's header."""
    return json.loads(b64decode(answer.headers["Ruhu-Receipt"]))
