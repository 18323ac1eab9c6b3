"""Photos are decoded in a child process, each in a copy of it that may use only so much memory and time.

A picture made to break its reader breaks a copy, never the worker. `python -m backend.storage.darkroom`
is the child itself: length and bytes in, four numbers and two pictures out, until its input ends.
"""

import os
import resource
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from backend.domain.pictures import Picture, develop

ROOT = Path(__file__).resolve().parent.parent.parent
MEMORY = 1024**3
CPU_SECONDS = 20
WALL_SECONDS = 60
LENGTH = struct.Struct(">I")
# Bytes of the picture and of its small copy, width and height; all 0 for what is no picture.
ANSWER = struct.Struct(">4I")


class DarkroomClosed(RuntimeError):
    """The child is gone: what was to be developed waits for the next one."""


class Darkroom:
    """One running child."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child

    def develop(self, raw: bytes) -> Picture | None:
        """The picture in `raw` written anew; None for what is none, or takes too much to be read."""
        into, out = self._child.stdin, self._child.stdout
        if into is None or out is None:
            raise DarkroomClosed
        try:
            into.write(LENGTH.pack(len(raw)) + raw)
            into.flush()
            ready, _, _ = select.select([out], [], [], WALL_SECONDS * 2)
            if not ready:
                raise DarkroomClosed
            large, small, width, height = ANSWER.unpack(_read(out, ANSWER.size))
            jpeg, thumbnail = _read(out, large), _read(out, small)
        except (OSError, EOFError) as error:
            raise DarkroomClosed from error
        return Picture(jpeg, thumbnail, width, height) if large else None


@contextmanager
def darkroom() -> Iterator[Darkroom]:
    """A child for a row of photos; it ends with the block."""
    command = [sys.executable, "-m", "backend.storage.darkroom"]
    child = subprocess.Popen(  # noqa: S603 - our own module, without arguments
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        yield Darkroom(child)
    finally:
        child.kill()
        child.communicate()


def _read(out: IO[bytes], count: int) -> bytes:
    raw = out.read(count)
    if len(raw) < count:
        raise EOFError
    return raw


def _serve(into: IO[bytes], out: IO[bytes]) -> None:
    # Whoever ends the worker from a keyboard means the worker; this child ends with its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while head := into.read(LENGTH.size):
        answer = _in_a_copy(_read(into, LENGTH.unpack(head)[0]))
        out.write(answer)
        out.flush()


def _in_a_copy(raw: bytes) -> bytes:
    """What a copy of this process makes of `raw`; no picture when the copy dies or is too slow."""
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(reading)
        _limit()
        with os.fdopen(writing, "wb") as out:
            out.write(_answer(develop(raw)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        told = answer.read()
    _, status = os.waitpid(copy, 0)
    return told if status == 0 else _answer(None)


def _answer(picture: Picture | None) -> bytes:
    if picture is None:
        return ANSWER.pack(0, 0, 0, 0)
    head = ANSWER.pack(len(picture.jpeg), len(picture.thumbnail), picture.width, picture.height)
    return head + picture.jpeg + picture.thumbnail


def _limit() -> None:
    signal.alarm(WALL_SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
