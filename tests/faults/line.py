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

from tests.served import free_port

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
PORTAL = "<!doctype html><title>欢迎使用免费无线网</title><form>手机号 <input></form>".encode()
GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
SLOW_BYTES, BYTES_A_STEP, STEP_SECONDS = 20, 5, 0.1
FAULTS = (
    "cut while sending", "reset while sending", "cut while answering", "no answer after commit",
    "reset after sending", "50 B/s sending", "50 B/s answering, cut", "portal instead", "portal after commit",
    "502 instead", "502 after commit", "sent twice", "an older answer",
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
        slowly = SLOW_BYTES if fault == "50 B/s sending" else 0
        return await self._give_back(fault, request, await self._to_server(request, slowly=slowly), back)

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
            case "50 B/s answering, cut":
                await _trickle(back, answer[:SLOW_BYTES])
            case _:
                back.write(answer)
        await back.drain()

    async def _to_server(
        self, request: bytes, *, slowly: int = 0, wants_answer: bool = True, is_reset: bool = False
    ) -> bytes:
        reader, server = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            await _trickle(server, request[:slowly])
            server.write(request[slowly:])
            await server.drain()
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


async def _trickle(to: asyncio.StreamWriter, raw: bytes) -> None:
    for at in range(0, len(raw), BYTES_A_STEP):
        to.write(raw[at : at + BYTES_A_STEP])
        await to.drain()
        await asyncio.sleep(STEP_SECONDS)
