"""Bodies packed with gzip: fewer bytes on a village's network, never more work than a plain body may ask for."""

import gzip
import json

import pytest

from tests import factories, phone


@pytest.fixture
def worker(signed_in, cast):
    return signed_in(cast.mi_jianjun)


def _post(client, raw: bytes, coding: str = "gzip"):
    return client.post(
        "/api/v1/changes", data=raw, headers={"Content-Type": "application/json", "Content-Encoding": coding}
    )


def test_a_packed_question_is_understood(worker, cast):
    case = factories.assigned_case(cast)
    answer = _post(worker, gzip.compress(json.dumps({"known": {case.id: case.revision}}).encode()))
    assert answer.status_code == 200
    assert answer.json["cases"] == []


def test_an_answer_is_packed_for_whoever_can_read_it(worker, cast):
    factories.assigned_case(cast)
    packed = worker.post("/api/v1/changes", json={}, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    plain = worker.post("/api/v1/changes", json={})
    assert "Content-Encoding" not in plain.headers
    assert json.loads(gzip.decompress(packed.data))["cases"] == plain.json["cases"]
    assert len(packed.data) < len(plain.data) / 1.5


@pytest.mark.parametrize(
    ("raw", "coding", "status"),
    [
        (b"no gzip at all", "gzip", 400),
        (gzip.compress(b'{"known": {}}', mtime=0)[:-9], "gzip", 400),
        (gzip.compress(b'{"known": {}}', mtime=0), "br", 400),
        (gzip.compress(b'{"known": {}, "x": "' + b"a" * 2_000_000 + b'"}', mtime=0), "gzip", 413),
        (gzip.compress(b"[" * 900_000, mtime=0), "gzip", 400),
    ],
)
def test_what_cannot_be_unpacked_or_grows_too_large_is_refused(worker, raw, coding, status):
    assert _post(worker, raw, coding).status_code == status


def test_a_packed_deposit_is_stored(worker, cast):
    case = factories.assigned_case(cast)
    item = phone.envelope("visit", phone.visit(case))
    answer = worker.post(
        "/api/v1/inbox", data=gzip.compress(json.dumps({"items": [item]}).encode()),
        headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
    )  # fmt: skip
    assert [receipt["outcome"] for receipt in answer.json["receipts"]] == ["stored"]
