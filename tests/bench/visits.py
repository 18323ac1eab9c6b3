"""What travels in a day's work: visits of about 6 KB of JSON, photos of 250 KB, cases as a phone holds them."""

import io
import json
import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from PIL import Image

from tests import phone

SEED = 20260711
MORNING = datetime(2026, 7, 9, 1, 0, tzinfo=UTC)
PHOTO_BYTES = 250 * 1024
SURNAMES, GIVEN = "马王李妥毛惠丁白铁者", ("占福", "法图麦", "志强", "玉兰", "阿西", "索非也", "存英", "德荣", "小红")


def visit(chance: random.Random, case_id: str, *, family: int = 5, photos: int = 4) -> dict[str, Any]:
    """A filled 核查表: members, three signatures with strokes, photos to come, a narrative."""
    at = MORNING + timedelta(minutes=chance.randrange(600))
    filled = phone.answers() | {
        "members": [_member(chance, order) for order in range(family)],
        "photos": [_photo(chance, at) for _ in range(photos)],
        "narrative": "".join(
            chance.choices("户主今年住院花了三万六，家里牛都卖完了；房子后墙有裂缝，水窖冬天结冰。", k=120)
        ),
    }
    for name in ("signature_visitor_1", "signature_visitor_2", "signature_interviewee"):
        filled[name] = {"strokes": [_stroke(chance) for _ in range(3)], "width": 320, "height": 160,
                        "signed_at": at.isoformat()}  # fmt: skip
    return {
        "case_id": case_id, "base_revision": 2, "form_version": 1, "visited_at": at.isoformat(),
        "ended_at": (at + timedelta(minutes=25)).isoformat(), "device_time": at.isoformat(),
        "server_offset_ms": 0, "answers": filled,
    }  # fmt: skip


def _stroke(chance: random.Random) -> list[int]:
    """24 moves of a finger, a few pixels each; kept as the phone's pad keeps them, 4 pixels apart."""
    x, y = chance.randrange(300), chance.randrange(120)
    points = [x, y]
    for _ in range(24):
        x, y = x + chance.randrange(-4, 9), y + chance.randrange(-6, 7)
        if math.hypot(x - points[-2], y - points[-1]) >= 4:
            points += [x, y]
    return points


def _member(chance: random.Random, order: int) -> dict[str, Any]:
    base = dict(phone.answers()["members"][0])
    return base | {
        "m_name": chance.choice(SURNAMES) + chance.choice(GIVEN),
        "m_relation": "head" if not order else "child",
    }


def _photo(chance: random.Random, at: datetime) -> dict[str, Any]:
    return {
        "id": str(_uuid(chance)), "kind": "house", "sha256": chance.randbytes(32).hex(), "size": PHOTO_BYTES,
        "taken_at": at.isoformat(), "source": "camera",
    }  # fmt: skip


def _uuid(chance: random.Random) -> str:
    raw = chance.randbytes(16).hex()
    return f"{raw[:8]}-{raw[8:12]}-7{raw[13:16]}-8{raw[17:20]}-{raw[20:]}"


def size_of(payload: dict[str, Any]) -> int:
    """Bytes of the payload as JSON."""
    return len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode())


def photo(chance: random.Random) -> bytes:
    """A JPEG of about 250 KB that decodes: noise, since a camera's picture hardly compresses further."""
    noise = Image.frombytes("RGB", (560, 420), chance.randbytes(560 * 420 * 3))
    out = io.BytesIO()
    noise.resize((1280, 960)).save(out, "JPEG", quality=28)
    return out.getvalue()
