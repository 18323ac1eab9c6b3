"""Somebody else's tus client, and a line that is really cut."""

import io
import json
import os
import random
import shutil
import socket
import subprocess
import time
from base64 import b64decode
from hashlib import sha256

import pytest
import requests
from tusclient.client import TusClient

from backend.domain import photos
from backend.extensions import objects
from backend.models import Photo, db
from tests import phone
from tests.faults.line import Line
from tests.house import ROOT


def state_of(photo_id):
    db.session.rollback()
    photo = db.session.get(Photo, photo_id)
    found = photo.state if photo else None
    db.session.rollback()
    return found


@pytest.mark.parametrize("is_checked", [False, True])
@pytest.mark.parametrize("chunk", [1000, 16_384, 10_000_000])
def test_tuspy_brings_a_photo(served, taken, chunk, is_checked):
    url, headers = served
    raw, told = taken
    uploader = TusClient(url, headers=headers).uploader(
        file_stream=io.BytesIO(raw), chunk_size=chunk, metadata=told, upload_checksum=is_checked
    )
    uploader.upload()
    assert b'"outcome": "stored"' in b64decode(uploader.request.response_headers["ruhu-receipt"])
    assert state_of(told["photo_id"]) == "received"


def test_tuspy_goes_on_where_it_was_cut(served, taken):
    url, headers = served
    raw, told = taken
    client = TusClient(url, headers=headers)
    first = client.uploader(file_stream=io.BytesIO(raw), chunk_size=7777, metadata=told)
    first.upload_chunk()
    second = client.uploader(file_stream=io.BytesIO(raw), chunk_size=7777, url=first.url)
    assert second.offset == 7777
    second.upload()
    assert state_of(told["photo_id"]) == "received"


def bring_by_tus_js(served, taken, tmp_path, **more):
    """What tus-js-client, run by node, saw while it brought the photo."""
    (url, headers), (raw, told) = served, taken
    (tmp_path / "photo.jpg").write_bytes(raw)
    asked = {
        "url": url,
        "headers": headers,
        "metadata": told,
        "file": str(tmp_path / "photo.jpg"),
        "chunk": 16_384,
    } | more
    node = shutil.which("node", path=f"{ROOT / '.venv/bin'}:{os.environ['PATH']}")
    command = [node, ROOT / "tests/api/tus_js.mjs", json.dumps(asked)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    assert b'"outcome": "stored"' in b64decode(seen["last"]["receipt"])
    assert state_of(told["photo_id"]) == "received"
    return seen


@pytest.mark.parametrize("during", [False, True])
@pytest.mark.parametrize("chunk", [1000, 16_384, 10_000_000])
def test_tus_js_client_brings_a_photo(served, taken, tmp_path, chunk, during):
    seen = bring_by_tus_js(served, taken, tmp_path, chunk=chunk, during=during)
    assert seen["first"]["requests"][0] == "POST 201"
    is_one = during and chunk > len(taken[0])
    assert len(seen["first"]["requests"]) == 1 if is_one else "PATCH 204" in seen["first"]["requests"]


@pytest.mark.parametrize("cut", [1, 20_000])
def test_tus_js_client_goes_on_where_it_was_cut(served, taken, tmp_path, cut):
    seen = bring_by_tus_js(served, taken, tmp_path, cut=cut)
    assert seen["first"]["stoppedAt"] >= cut
    assert seen["last"]["requests"][0] == "HEAD 200"
    already = seen["first"]["stoppedAt"] // 16_384
    assert seen["last"]["requests"].count("PATCH 204") == -(-len(taken[0]) // 16_384) - already


class CutInChunks(Line):
    """Passes on what is sent, but resets one PATCH after another once so many bytes of its chunk are through."""

    def __init__(self, port, cuts):
        super().__init__(port, random.Random(7), 0)
        self.cuts = list(cuts)

    async def _carry(self, fault, request, back):
        # The line reads an answer to its end, which a server that keeps the connection does not tell.
        request = request.replace(b"Connection: keep-alive", b"Connection: close", 1)
        body_at = request.index(b"\r\n\r\n") + 4
        if not request.startswith(b"PATCH") or not self.cuts:
            return await super()._carry("", request, back)
        assert 0 < self.cuts[0] < len(request) - body_at
        await self._to_server(request[: body_at + self.cuts.pop(0)], wants_answer=False)
        return self._reset(back)


def bring_by_tuspy(served, taken, tmp_path):
    (url, headers), (raw, told) = served, taken
    uploader = TusClient(url, headers=headers).uploader(
        file_stream=io.BytesIO(raw), chunk_size=16_384, metadata=told, retries=20, retry_delay=0.05
    )
    uploader.upload()


@pytest.mark.parametrize("bring", [bring_by_tuspy, bring_by_tus_js])
@pytest.mark.parametrize("cuts", [[1], [8000], [16_383], [5000, 1, 12_345, 700]])
def test_a_client_goes_on_after_a_cut_in_the_middle_of_a_chunk(served, taken, tmp_path, cuts, bring):
    url, headers = served
    port = int(url.split(":")[2].split("/")[0])
    with CutInChunks(port, cuts) as line:
        bring((url.replace(str(port), str(line.port)), headers), taken, tmp_path)
        assert line.cuts == []
    _, told = taken
    assert state_of(told["photo_id"]) == "received"
    assert (
        sha256(objects().get(photos.received_name(db.session.get(Photo, told["photo_id"])))).hexdigest()
        == told["sha256"]
    )
    db.session.rollback()


def _begin(url, headers, raw, told):
    return requests.post(
        url, headers=headers | phone.TUS | {"Upload-Length": str(len(raw)), "Upload-Metadata": _told(told)}, timeout=10
    ).headers["Location"]


def _told(told):
    return phone.metadata({"id": told["photo_id"], "sha256": told["sha256"], "kind": "house"})


def _cut_after(url, location, headers, raw, count):
    """Promise all bytes, send `count` of them, and hang up."""
    host, port = url.split("/")[2].split(":")
    lines = [f"PATCH {location} HTTP/1.1", f"Host: {host}:{port}", f"Content-Length: {len(raw)}"]
    lines += [
        f"{k}: {v}" for k, v in (headers | phone.TUS | {"Upload-Offset": "0", "Content-Type": phone.BYTES}).items()
    ]
    with socket.create_connection((host, int(port))) as line:
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + raw[:count])


def _settled_offset(head, at_most):
    until = time.monotonic() + 5
    while (offset := int(head().headers["Upload-Offset"])) < at_most and time.monotonic() < until:
        time.sleep(0.02)
    return offset


def _patched(url, rest, headers):
    """Go on like any tus client: 423 says that the cut request has not let go yet."""
    until = time.monotonic() + 5
    while (answer := requests.patch(url, data=rest, headers=headers, timeout=10)).status_code == 423:
        assert time.monotonic() < until, "the lock of a cut upload stays"
        time.sleep(0.05)
    return answer


@pytest.mark.parametrize("count", [1, 1000, 20_000])
def test_what_came_before_a_cut_line_stays(served, taken, count):
    url, headers = served
    raw, told = taken
    location = _begin(url, headers, raw, told)
    whole = url.removesuffix("/api/v1/uploads") + location
    _cut_after(url, location, headers, raw, count)
    offset = _settled_offset(lambda: requests.head(whole, headers=headers | phone.TUS, timeout=10), count)
    assert offset == count
    rest = headers | phone.TUS | {"Upload-Offset": str(offset), "Content-Type": phone.BYTES}
    answer = _patched(whole, raw[offset:], rest)
    assert answer.status_code == 204
    assert "Ruhu-Receipt" in answer.headers
    assert state_of(told["photo_id"]) == "received"


def test_a_slow_phone_keeps_nobody_waiting(served, taken):
    url, headers = served
    raw, told = taken
    location = _begin(url, headers, raw, told)
    host, port = url.split("/")[2].split(":")
    lines = [f"PATCH {location} HTTP/1.1", f"Host: {host}:{port}", f"Content-Length: {len(raw)}"]
    lines += [
        f"{k}: {v}" for k, v in (headers | phone.TUS | {"Upload-Offset": "0", "Content-Type": phone.BYTES}).items()
    ]
    with socket.create_connection((host, int(port))) as line:
        line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + raw[:100])
        time.sleep(0.2)
        started = time.monotonic()
        changes = requests.post(url.replace("uploads", "changes"), json={}, headers=headers, timeout=10)
        assert changes.status_code == 200
        assert time.monotonic() - started < 3
        busy = headers | phone.TUS | {"Upload-Offset": "100", "Content-Type": phone.BYTES}
        second = requests.patch(url.removesuffix("/api/v1/uploads") + location, data=b"x", headers=busy, timeout=10)
        assert (second.status_code, second.json()["code"]) == (423, "upload_busy")
