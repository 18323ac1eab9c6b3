"""Many clients at once, each with its own connection and its own prepared requests; the server is what is measured.

A client that the server sends away with "Connection: close" comes again by the door, as browsers do.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlsplit


@dataclass
class Measured:
    """One load: seconds per request, seconds on the wall, answers as they came, bytes both ways."""

    wall: float = 0.0
    seconds: list[float] = field(default_factory=list)
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    bytes_up: int = 0
    bytes_down: int = 0

    def rate(self, things: int) -> float:
        """Things per second over the whole load."""
        return things / self.wall

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many of a hundred requests were answered."""
        if len(self.seconds) < 2:
            return 1000 * self.seconds[0]
        return 1000 * quantiles(self.seconds, n=100, method="inclusive")[percent - 1]

    def require(self, *statuses: int) -> "Measured":
        """Raises AssertionError unless every answer has one of these statuses."""
        for status, body in self.answers:
            assert status in statuses, f"HTTP {status}: {body[:300]!r}"
        return self


def request(method: str, address: str, path: str, body: bytes = b"", *, headers: dict[str, str] | None = None) -> bytes:
    """One HTTP/1.1 request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(address).netloc}", "Connection: keep-alive"]
    told = {"Content-Length": str(len(body))} if body or method not in ("GET", "HEAD") else {}
    lines += [f"{name}: {value}" for name, value in (told | (headers or {})).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(address: str, requests: Sequence[Sequence[bytes]], *, again: int | None = None) -> Measured:
    """Each list of `requests` is one client, which sends the next when it has the answer to the last.

    A request answered with the status `again` is sent once more, as that server asks its clients to.
    """
    return asyncio.run(_run(address, requests, again))


async def _run(address: str, requests: Sequence[Sequence[bytes]], again: int | None) -> Measured:
    measured = Measured()
    parts = urlsplit(address)
    clients = [_Client(parts.hostname or "", parts.port or 80) for _ in requests]
    for client in clients:
        await client.open()
    started = time.perf_counter()
    await asyncio.gather(*(_speak(one, mine, measured, again) for one, mine in zip(clients, requests, strict=True)))
    measured.wall = time.perf_counter() - started
    for client in clients:
        client.close()
    return measured


class _Client:
    def __init__(self, host: str, port: int) -> None:
        self._place = host, port
        self._is_open = False

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(*self._place, limit=2**22)
        self._is_open = True

    def close(self) -> None:
        self._writer.close()
        self._is_open = False

    async def ask(self, raw: bytes) -> tuple[int, bytes, bytes]:
        """(status, head, body)."""
        if not self._is_open:
            await self.open()
        self._writer.write(raw)
        status, head, body = await _answer(self._reader, is_bare=raw.startswith(b"HEAD"))
        if b"\r\nconnection: close" in head.lower():
            self.close()
        return status, head, body


async def _speak(client: _Client, mine: Sequence[bytes], measured: Measured, again: int | None) -> None:
    for raw in mine:
        began = time.perf_counter()
        status, head, body = await client.ask(raw)
        while status == again:
            status, head, body = await client.ask(raw)
        measured.seconds.append(time.perf_counter() - began)
        measured.answers.append((status, body))
        measured.heads.append(head)
        measured.bytes_up += len(raw)
        measured.bytes_down += len(head) + len(body)


async def _answer(reader: asyncio.StreamReader, *, is_bare: bool) -> tuple[int, bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status = int(first.split(" ", 2)[1])
    if is_bare or status in (204, 304):
        return status, head, b""
    if headers.get("transfer-encoding") == "chunked":
        return status, head, await _chunks(reader)
    return status, head, await reader.readexactly(int(headers.get("content-length", "0")))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        length = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        body += (await reader.readexactly(length + 2))[:length]
        if length == 0:
            return body
