"""The same work on other people's servers: Kinto on PostgreSQL, and PouchDB's own server."""

import json
import subprocess
import uuid
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.bench.load import Measured, request, run
from tests.bench.service import Service, serving
from tests.postgres import running
from tests.served import free_port

HERE = Path(__file__).parent
KINTO_BIN = HERE.parent.parent / ".bench" / "kinto" / "bin"
POUCHDB = HERE.parent.parent / ".bench" / "pouchdb" / "node_modules" / ".bin" / "pouchdb-server"
JSON = {"Content-Type": "application/json"}
TOKEN = {"Authorization": "Basic " + b64encode(b"grid01:token").decode()}
CLIENTS, BATCH, ASKED = 32, 20, 200

KINTO_SETTINGS = """
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {database}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {database}
kinto.cache_backend = kinto.core.cache.memory
kinto.storage_pool_size = 16
kinto.permission_pool_size = 16
kinto.userid_hmac_secret = bench
kinto.batch_max_requests = 60
multiauth.policies = basicauth
kinto.bucket_create_principals = system.Authenticated
kinto.includes = kinto_attachment
kinto.attachment.base_path = {folder}/attachments
"""


@contextmanager
def kinto(folder: Path, processes: int) -> Iterator[Service]:
    """Kinto behind the same gunicorn as ours, on a PostgreSQL that waits for the disk."""
    with running(is_durable=True) as postgres:
        port = free_port()
        settings = folder / "kinto.ini"
        (folder / "attachments").mkdir(exist_ok=True)
        plain = postgres.fresh().replace("postgresql+psycopg://", "postgresql://")
        settings.write_text(KINTO_SETTINGS.format(database=plain, folder=folder))
        subprocess.run([KINTO_BIN / "kinto", "migrate", "--ini", settings], check=True, capture_output=True)
        command = [
            KINTO_BIN / "gunicorn", "--paste", settings, "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", str(processes), "--threads", "8", "--keep-alive", "15",
        ]  # fmt: skip
        with serving(command, port=port, health="/v1/", folder=folder, log=folder / "kinto.log") as service:
            made = [
                "/v1/buckets/county",
                *(f"/v1{_records(client)}".removesuffix("/records") for client in range(CLIENTS)),
            ]
            puts = [request("PUT", service.address, path, b"{}", headers=TOKEN | JSON) for path in made]
            run(service.address, [puts]).require(201)
            yield service


def _records(client: int) -> str:
    # One collection a worker: Kinto answers 409 when two write to the same one within a millisecond.
    return f"/buckets/county/collections/worker{client}/records"


def kinto_deposit(service: Service, clients: Sequence[Sequence[Sequence[dict[str, Any]]]]) -> Measured:
    """`clients` × batches × visits, each batch one request of Kinto's batch endpoint."""

    def batch(client: int, visits: Sequence[dict[str, Any]]) -> bytes:
        told = [{"path": f"{_records(client)}/{uuid.uuid4()}", "body": {"data": visit}} for visit in visits]
        body = json.dumps({"defaults": {"method": "PUT"}, "requests": told}, ensure_ascii=False).encode()
        return request("POST", service.address, "/v1/batch", body, headers=TOKEN | JSON)

    measured = run(
        service.address, [[batch(client, visits) for visits in mine] for client, mine in enumerate(clients)]
    ).require(200)
    for _, body in measured.answers:
        wrong = [one for one in json.loads(body)["responses"] if one["status"] != 201]
        assert not wrong, wrong[:1]
    return measured


def kinto_photos(service: Service, clients: Sequence[Sequence[bytes]]) -> Measured:
    """`clients` × photos, each in a record of its own: Kinto itself has no other place, and commits it as durably."""

    def put(client: int, photo: bytes) -> bytes:
        body = json.dumps({"data": {"kind": "house", "photo": b64encode(photo).decode()}}).encode()
        return request("PUT", service.address, f"/v1{_records(client)}/{uuid.uuid4()}", body, headers=TOKEN | JSON)

    return run(
        service.address, [[put(client, photo) for photo in mine] for client, mine in enumerate(clients)]
    ).require(201)


def kinto_attachments(service: Service, clients: Sequence[Sequence[bytes]]) -> Measured:
    """`clients` × photos by kinto-attachment, each a file that a record names; it does not wait for the file's disk."""

    def attach(client: int, photo: bytes) -> bytes:
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="attachment"; filename="a.jpg"\r\n'
        body = f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + photo + f"\r\n--{mark}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return request(
            "POST", service.address, f"/v1{_records(client)}/{uuid.uuid4()}/attachment", body, headers=TOKEN | kind
        )

    sent = [[attach(client, photo) for photo in mine] for client, mine in enumerate(clients)]
    return run(service.address, sent, again=409).require(200, 201)


def kinto_day(service: Service, cases: Sequence[dict[str, Any]], visits: Sequence[dict[str, Any]]) -> list[int]:
    """Pull the cases, deposit the visits in one batch, ask again: the bytes of each request with the headers a browser sends."""
    kinto_deposit(service, [[cases]])
    pull = request("GET", service.address, f"/v1{_records(0)}?_limit={len(cases)}", headers=TOKEN)
    pulled = run(service.address, [[pull]]).require(200)
    told = kinto_deposit(service, [[visits]])
    since = (
        f'/v1{_records(0)}?_since="{json.loads(pulled.answers[0][1])["data"][0]["last_modified"]}"&_limit=1&_fields=id'
    )
    asked = run(service.address, [[request("GET", service.address, since, headers=TOKEN)]])
    return [part.bytes_up + part.bytes_down for part in (pulled, told, asked)]


def kinto_unchanged(service: Service, cases: Sequence[dict[str, Any]]) -> Measured:
    """A worker's collection of those cases, asked two hundred times what is new since the newest: nothing is."""
    path = f"/v1{_records(1)}"
    batches = [[cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]]
    kinto_deposit(service, [[], *batches])
    (head,) = run(service.address, [[request("HEAD", service.address, path, headers=TOKEN)]]).require(200).heads
    (tag,) = (line.split(": ")[1] for line in head.decode().split("\r\n") if line.lower().startswith("etag:"))
    asked = request("GET", service.address, f"{path}?_since={quote(tag)}", headers=TOKEN)
    return run(service.address, [[asked] * ASKED]).require(200)


@contextmanager
def pouchdb(folder: Path) -> Iterator[Service]:
    """PouchDB's server with its own LevelDB folder; it is one process and does not wait for the disk."""
    port = free_port()
    (folder / "pouchdb").mkdir(exist_ok=True)
    command = [POUCHDB, "--port", str(port), "--dir", folder / "pouchdb", "--no-stdout-logs"]
    with serving(command, port=port, health="/", folder=folder, log=folder / "pouchdb.log") as service:
        run(service.address, [[request("PUT", service.address, "/visits")]]).require(201)
        yield service


def pouchdb_deposit(service: Service, clients: Sequence[Sequence[Sequence[dict[str, Any]]]]) -> Measured:
    """`clients` × batches × visits by _bulk_docs."""

    def bulk(visits: Sequence[dict[str, Any]]) -> bytes:
        docs = [{"_id": str(uuid.uuid4()), **visit} for visit in visits]
        body = json.dumps({"docs": docs}, ensure_ascii=False).encode()
        return request("POST", service.address, "/visits/_bulk_docs", body, headers=JSON)

    return run(service.address, [[bulk(visits) for visits in mine] for mine in clients]).require(201)


def pouchdb_photos(service: Service, clients: Sequence[Sequence[bytes]]) -> Measured:
    """`clients` × photos, each as the attachment of a document of its own."""

    def attach(photo: bytes) -> bytes:
        path = f"/visits/{uuid.uuid4()}/photo.jpg"
        return request("PUT", service.address, path, photo, headers={"Content-Type": "image/jpeg"})

    return run(service.address, [[attach(photo) for photo in mine] for mine in clients]).require(201)


def pouchdb_day(service: Service, cases: Sequence[dict[str, Any]], visits: Sequence[dict[str, Any]]) -> list[int]:
    """The bytes of what one replication each way asks at least: _changes and _bulk_get; _revs_diff and _bulk_docs."""
    named = [{"_id": str(uuid.uuid4()), **case} for case in cases]
    post = {"Content-Type": "application/json"}
    made = request("POST", service.address, "/visits/_bulk_docs", json.dumps({"docs": named}).encode(), headers=post)
    revs = json.loads(run(service.address, [[made]]).require(201).answers[0][1])
    feed = request("GET", service.address, "/visits/_changes?since=0&limit=25&style=all_docs")
    wanted = json.dumps({"docs": [{"id": one["id"], "rev": one["rev"]} for one in revs]}).encode()
    get = request("POST", service.address, "/visits/_bulk_get?revs=true&latest=true", wanted, headers=post)
    ids = [str(uuid.uuid4()) for _ in visits]
    diff = json.dumps({name: ["1-0a9d3c2b"] for name in ids}).encode()
    docs = json.dumps(
        {"docs": [{"_id": i, **v} for i, v in zip(ids, visits, strict=True)]}, ensure_ascii=False
    ).encode()
    ask = request("POST", service.address, "/visits/_revs_diff", diff, headers=post)
    put = request("POST", service.address, "/visits/_bulk_docs", docs, headers=post)
    parts = [run(service.address, [[one]]).require(200, 201) for one in (feed, get, ask, put)]
    return [part.bytes_up + part.bytes_down for part in parts]
