"""The line between phone and server, as it is in a mountain village: every connection may meet a fault.

One request a connection. The bytes are real: what is cut leaves the server with half a request or the
phone with half an answer, and nobody is told which.
"""

import asyncio
import random
import re
import socket
import struct
import threading
from collections import Counter

from tests.faults.tally import IS_FULL
from tests.served import free_port

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
PORTAL = "<!doctype html><title>欢迎使用免费无线网</title><form>手机号 <input></form>".encode()
GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
# 50 B/s, and the 20 seconds after which a phone gives up; in the first column all of that forty times as fast.
DROP, DROP_SECONDS, MOST_SLOW = 5, 0.1 / (1 if IS_FULL else 40), 50 * 20
# A line that is slow from the first byte to the last, and brings them all.
DROPS, LONG_SECONDS = 25, 16 / (1 if IS_FULL else 40)
FAULTS = (
    "cut while sending", "reset while sending", "cut while answering", "no answer after commit",
    "reset after sending", "50 B/s sending", "50 B/s answering", "slow sending to the end", "slow answering to the end",
    "portal instead", "portal after commit", "502 instead", "502 after commit", "sent twice", "an older answer",
)  # fmt: skip


def _answer(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


class Line:
    """Listens on `port` and passes on to `server_port`; injects `target` faults, then the line is good."""

    def __init__(self, server_port: int, chance: random.Random, target: int) -> None:
        self.port, self._server_port = free_port(), server_port
        self._chance, self._target = chance, target
        self.injected: Counter[str] = Counter()
        self._older: dict[bytes, bytes] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def is_good(self) -> bool:
        return self.injected.total() >= self._target

    def __enter__(self) -> "Line":
        self._thread.start()
        opening = asyncio.start_server(self._meet, "127.0.0.1", self.port, backlog=256)
        self._door = asyncio.run_coroutine_threadsafe(opening, self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._door.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _draw(self) -> str:
        if self.is_good or self._chance.random() < 0.2:
            return ""
        fault = self._chance.choice(FAULTS)
        self.injected[fault] += 1
        return fault

    async def _meet(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            head = await phone.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await phone.readexactly(int(length[1])) if length else b""
            await self._carry(self._draw(), head + body, back)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            back.close()

    async def _carry(self, fault: str, request: bytes, back: asyncio.StreamWriter) -> None:
        if fault.endswith("while sending"):
            cut = self._chance.randrange(1, len(request))
            await self._to_server(request[:cut], wants_answer=False, is_reset=fault.startswith("reset"))
            return self._reset(back) if fault.startswith("reset") else None
        if fault == "reset after sending":
            await self._to_server(request, wants_answer=False)
            return self._reset(back)
        if fault.endswith("instead"):
            return back.write(self._page(fault))
        if fault == "sent twice":
            await self._to_server(request)
        slowly = fault if fault in ("50 B/s sending", "slow sending to the end") else ""
        is_given_up = fault == "50 B/s sending" and len(request) > MOST_SLOW
        answer = await self._to_server(request, slowly=slowly, wants_answer=not is_given_up)
        # Nobody waits longer than that: the phone hangs up with the rest unsent.
        return None if is_given_up else await self._give_back(fault, request, answer, back)

    async def _give_back(self, fault: str, request: bytes, answer: bytes, back: asyncio.StreamWriter) -> None:
        path = request.split(b" ", 2)[1][:16]
        older, self._older[path] = self._older.get(path, answer), answer
        match fault:
            case "no answer after commit":
                return
            case "cut while answering":
                back.write(answer[: self._chance.randrange(len(answer))])
            case "portal after commit" | "502 after commit":
                back.write(self._page(fault))
            case "an older answer":
                back.write(older)
            case "50 B/s answering" | "slow answering to the end":
                await _trickle(back, answer, fault)
            case _:
                back.write(answer)
        await back.drain()

    async def _to_server(
        self, request: bytes, *, slowly: str = "", wants_answer: bool = True, is_reset: bool = False
    ) -> bytes:
        reader, server = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            await _trickle(server, request, slowly)
            if is_reset:
                self._reset(server)
            return await reader.read() if wants_answer else b""
        finally:
            server.close()

    @staticmethod
    def _page(fault: str) -> bytes:
        return _answer("200 OK", PORTAL) if fault.startswith("portal") else _answer("502 Bad Gateway", GATEWAY)

    @staticmethod
    def _reset(line: asyncio.StreamWriter) -> None:
        line.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.transport.abort()


async def _trickle(to: asyncio.StreamWriter, raw: bytes, fault: str) -> None:
    """All at once without a fault; else drop by drop: evenly to the end, or at 50 B/s for as long as a phone waits."""
    drop, seconds = len(raw), 0.0
    if fault.endswith("to the end"):
        drop, seconds = -(-len(raw) // DROPS), LONG_SECONDS / DROPS
    elif fault:
        raw, drop, seconds = raw[:MOST_SLOW], DROP, DROP_SECONDS
    for at in range(0, len(raw), drop or 1):
        to.write(raw[at : at + drop])
        await to.drain()
        await asyncio.sleep(seconds)
