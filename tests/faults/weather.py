"""Three networks between a real browser and the server, and another build of the app on the way."""

import asyncio
import random
import re

from tests.faults.line import Line

FAULTS = {
    "good": (),
    "cut in the middle": ("cut while sending", "reset while sending", "cut while answering", "no answer after commit"),
    "slow and flaky": (
        "50 B/s sending", "50 B/s answering", "slow sending to the end", "slow answering to the end",
        "502 after commit", "portal instead",
    ),
}  # fmt: skip
NETWORKS = tuple(FAULTS)
TURNS = 5
OURS = (b"/api/v1/inbox", b"/api/v1/changes", b"/api/v1/uploads")
REVISION = re.compile(rb"(revision:`)[0-9a-f]{16}")


class Weather(Line):
    """Good until `breaks`, then it spoils the next few contacts. `build` other than 0 is another version of the app."""

    def __init__(self, server_port: int, chance: random.Random, network: str) -> None:
        super().__init__(server_port, chance, 0)
        self.build = 0
        self._network = network

    def breaks(self) -> None:
        """From now on the phone has this network."""
        self._target = self.injected.total() + (TURNS if FAULTS[self._network] else 0)

    def _draw(self) -> str:
        return ""

    async def _carry(self, fault: str, request: bytes, back: asyncio.StreamWriter) -> None:
        path = request.split(b" ", 2)[1]
        request = request.replace(b"Connection: keep-alive", b"Connection: close", 1)
        if path == b"/field/sw.js":
            return await self._give_worker(request, back)
        if path.startswith(OURS) and not self.is_good:
            fault = self._chance.choice(FAULTS[self._network])
            self.injected[fault] += 1
        return await super()._carry(fault, request, back)

    async def _give_worker(self, request: bytes, back: asyncio.StreamWriter) -> None:
        # Neither packed nor "unchanged": the bytes are looked into.
        request = request.replace(b"Accept-Encoding", b"X-Not-Encoding_").replace(b"If-None-Match", b"X-None-Match_")
        request = request.replace(b"If-Modified-Since", b"X-Modified-Since_")
        answer = await self._to_server(request)
        if self.build:
            answer = REVISION.sub(rb"\g<1>%016x" % self.build, answer, count=1)
        back.write(answer)
        await back.drain()
