"""Somebody in a yard waits for a receipt; nobody waits for a judgement. Who judges lets phones that hand in go first.

Known between processes by a file lock beside the data: shared by those who hand in, looked for by who judges.
A process that dies takes its share with it. It orders work and protects nothing: without it all is as safe.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

# Seconds for which a batch of judgements stands back when phones come without a pause, and between two looks.
LONGEST, LOOK = 1.0, 0.005


class Precedence:
    """Of one data folder; one for each process that works on it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = Lock()
        self._inside = 0
        self._descriptor, self._pid = -1, 0

    @contextmanager
    def first(self) -> Iterator[None]:
        """While a phone is served."""
        with self._guard:
            descriptor = self._open()
            self._inside += 1
            if self._inside == 1:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with self._guard:
                self._inside -= 1
                if not self._inside:
                    fcntl.flock(descriptor, fcntl.LOCK_UN)

    def stand_back(self) -> None:
        """Return as soon as no phone is being served, and after `LONGEST` in any case."""
        until = time.monotonic() + LONGEST
        while self._is_somebody_first() and time.monotonic() < until:
            time.sleep(LOOK)

    def _is_somebody_first(self) -> bool:
        with self._guard:
            descriptor = self._open()
            if self._inside:
                return True
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        return False

    def _open(self) -> int:
        # A forked process needs a lock of its own, not a share in its parent's.
        if self._pid != os.getpid():
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._pid, self._inside = os.getpid(), 0
        return self._descriptor
