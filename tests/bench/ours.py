"""Ours under the same load: enrolled phones of a county's workers, sealed and signed visits, sealed photos."""

import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask_migrate import upgrade

from backend import clock, create_app
from backend.codebook import Role
from backend.config import Settings
from backend.domain import assignment, sessions
from backend.extensions import key_ring
from backend.models import Case, Posting, User, db
from backend.models.base import new_id
from tests.bench.load import Measured, request, run
from tests.bench.service import Service, serving
from tests.cast import MAOSHAN, PASSWORD, SINCE, Cast, hire_everybody
from tests.factories import publish
from tests.handset import Handset, b64u, enrolled
from tests.house import ROOT
from tests.served import free_port, surroundings

JSON = {"Content-Type": "application/json", "Accept-Encoding": "gzip", "X-Ruhu": "1"}
PACKED = JSON | {"Content-Encoding": "gzip"}
TUS = {"Tus-Resumable": "1.0.0", "X-Ruhu": "1"}
PIECE = 48 * 1024 - 16
# What a phone sends that was never told the server's mark.
NO_MARK = "none"
PATIENCE = 120


@dataclass
class Worker:
    """A person with a phone: the session's cookie and the households they are sent to."""

    user_id: str
    cookie: dict[str, str]
    handset: Handset
    cases: list[str]
    next_case: int = 0

    def take(self, count: int) -> list[str]:
        """The next households that were not visited yet, or the first ones again."""
        start = self.next_case if self.next_case + count <= len(self.cases) else 0
        self.next_case = start + count
        return self.cases[start : start + count]


def staff(folder: Path, *, households: Sequence[int], **declared: Any) -> list[Worker]:
    """A migrated folder with a worker for each of `households`, who has that many cases, `declared` like this."""
    app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        hire_everybody()
        made = [_equip(_hire(number), count, declared) for number, count in enumerate(households)]
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return made


def _hire(number: int) -> User:
    user = User(
        username=f"grid{number:03d}", name=f"马网格{number}", role=Role.GRID_WORKER, unit="恭门镇",
        password_hash=Cast().mi_jianjun.password_hash,
    )  # fmt: skip
    user.postings = [Posting(area_code=MAOSHAN, started_on=SINCE)]
    db.session.add(user)
    db.session.flush()
    return user


def _equip(user: User, households: int, declared: dict[str, Any]) -> Worker:
    companion, coordinator = Cast().ding_zhiqiang, Cast().bai_caixia
    cases: list[Case] = []
    for _ in range(households):
        case = publish(**declared)
        assignment.assign(case, main=user, companion=companion, actor=coordinator)
        cases.append(case)
    _, token = sessions.sign_in(user.username, PASSWORD)
    handset = enrolled(user)
    handset.deposit_key = key_ring().deposit_jwk()
    return Worker(user.id, {"Cookie": f"ruhu={token}"}, handset, [case.id for case in cases])


@contextmanager
def office(folder: Path, processes: int) -> Iterator[Service]:
    """The server as deploy/run.sh starts it, with that many processes; its job worker is `judging`'s."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--config", ROOT / "deploy/gunicorn.conf.py", "--workers", str(processes), "wsgi:app",
    ]  # fmt: skip
    env = surroundings(folder, port, RUHU_MODE="demo")
    log = folder.parent / "ours.log"
    with serving(command, port=port, health="/healthz", folder=ROOT, log=log, env=env) as service:
        yield service


@contextmanager
def judging(folder: Path) -> Iterator[None]:
    """The job worker that stands beside the server, as deploy/run.sh starts it."""
    command = ["nice", "-n", "5", sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"]
    with (folder.parent / "worker.log").open("ab") as out:
        env = surroundings(folder, 0, RUHU_MODE="demo")
        worker = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
        try:
            wait_until_judged(folder)
            yield
        finally:
            worker.terminate()
            worker.wait(30)


def wait_until_judged(folder: Path) -> None:
    """Returns as soon as nothing that was deposited waits; looked for fifty times a second."""
    with closing(sqlite3.connect(f"file:{folder / 'ruhu.sqlite3'}?mode=ro", uri=True)) as books:
        until = time.monotonic() + PATIENCE
        while books.execute("SELECT 1 FROM inbox_item WHERE verdict = 'pending' LIMIT 1").fetchone():
            assert time.monotonic() < until, "the worker does not judge"
            time.sleep(0.02)


def batch(service: Service, worker: Worker, visits: Sequence[dict[str, Any]]) -> bytes:
    """One deposit of sealed, signed visits and the phone's counts: packed as the phone packs it, without a cookie."""
    sealed = [worker.handset.sealed("visit", visit, author=worker.user_id) for visit in visits]
    told = {"items": sealed, "heartbeat": counts(worker, unsent=len(sealed))}
    body = json.dumps(told, separators=(",", ":")).encode()
    headers = PACKED | {"Ruhu-Mark": NO_MARK}
    return request("POST", service.address, "/api/v1/inbox", gzip.compress(body, 6), headers=headers)


def counts(worker: Worker, *, unsent: int) -> dict[str, Any]:
    """What the phone tells of itself with a contact."""
    return {
        "device_id": worker.handset.id, "author": worker.user_id, "captured": unsent, "unsent": unsent,
        "photos_waiting": 0, "drafts": 0, "unsent_cases": worker.cases[:unsent], "app_version": "1.0.0",
        "storage_used": 52_428_800, "storage_quota": 6_442_450_944, "self_test": "ok",
        "device_time": clock.iso(clock.now()),
    }  # fmt: skip


def deposit(service: Service, prepared: Sequence[Sequence[bytes]]) -> Measured:
    """Send prepared batches; every visit must have been answered with a receipt that says stored."""
    measured = run(service.address, prepared).require(200)
    for _, body in measured.answers:
        receipts = json.loads(_plain(body))["receipts"]
        assert receipts, body[:200]
        assert all(one["outcome"] == "stored" and one["signature"] for one in receipts), receipts[:1]
    return measured


def pull(service: Service, workers: Sequence[Worker], **known: Any) -> Measured:
    """Each worker's phone asks once what is new."""
    body = json.dumps(known).encode()
    asked = [[request("POST", service.address, "/api/v1/changes", body, headers=JSON | one.cookie)] for one in workers]
    return run(service.address, asked).require(200)


def tags_of(service: Service, worker: Worker) -> tuple[dict[str, str], str]:
    """({parameters, office, words} as the phone names what it has of them, the server's mark)."""
    body = json.dumps({"known": {}, "parameters": "", "office": "", "words": ""}).encode()
    headers = JSON | worker.cookie | {"Ruhu-Mark": NO_MARK}
    asked = run(service.address, [[request("POST", service.address, "/api/v1/changes", body, headers=headers)]])
    told = answer_of(asked.require(200))
    (mark,) = (line[11:] for line in asked.heads[0].decode().split("\r\n") if line.lower().startswith("ruhu-mark:"))
    words = told.get("words", {}).get("tag", "")
    return {"parameters": told["parameters"]["tag"], "office": told["office"]["digest"], "words": words}, mark


def answer_of(measured: Measured, number: int = 0) -> dict[str, Any]:
    """One answer's JSON."""
    return json.loads(_plain(measured.answers[number][1]))


def _plain(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def photos(service: Service, workers: Sequence[Worker], clients: Sequence[Sequence[bytes]]) -> Measured:
    """`clients` × photos by tus as a phone on a fast line brings them: sealed, signed, announced and sent in one request."""
    made = [
        [_photo(service, worker, *_seal(worker, raw)) for raw in mine]
        for worker, mine in zip(workers, clients, strict=True)
    ]
    brought = run(service.address, made).require(201)
    assert all(b"Ruhu-Receipt" in head for head in brought.heads), brought.heads[:1]
    return brought


def _photo(service: Service, worker: Worker, told: dict[str, str], sealed: bytes) -> bytes:
    headers = TUS | worker.cookie | told | {"Content-Type": "application/offset+octet-stream", "Ruhu-Mark": NO_MARK}
    return request("POST", service.address, "/api/v1/uploads", sealed, headers=headers)


def _seal(worker: Worker, raw: bytes) -> tuple[dict[str, str], bytes]:
    photo_id, key = new_id(), os.urandom(32)
    bound, cipher = f"ruhu-photo-1|{photo_id}", AESGCM(key)
    pieces = [raw[start : start + PIECE] for start in range(0, len(raw), PIECE)]
    sealed = b"".join(cipher.encrypt(n.to_bytes(12, "big"), piece, bound.encode()) for n, piece in enumerate(pieces))
    key_id, blob = worker.handset.seal(bound, key)
    told = {
        "photo_id": photo_id, "sha256": sha256(raw).hexdigest(), "kind": "house", "case_id": worker.cases[0],
        "sealed_key": b64u(blob), "key_id": key_id, "size": str(len(raw)), "author": worker.user_id,
    }  # fmt: skip
    listed = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in told.items())
    text = "\n".join(("ruhu-upload-1", photo_id, told["sha256"], worker.handset.id, worker.user_id))
    proof = {
        "Ruhu-Device": worker.handset.id, "Ruhu-Author": worker.user_id, "Ruhu-Signature": worker.handset.sign(text),
    }  # fmt: skip
    return proof | {"Upload-Length": str(len(sealed)), "Upload-Metadata": listed}, sealed


def chance(number: int) -> random.Random:
    """A seeded source, another one for each number."""
    return random.Random(20260711 + number)
